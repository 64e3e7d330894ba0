/** Leases in a real bare remote: compare-and-swap, what is read back, and what of the clone is left alone. */

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fc } from "../harness/property.ts";
import { describe, expect, it } from "vitest";
import { announced, claimed, forgotten, freeLease, settled, type Lease, type LeaseIntent } from "../../src/core/plan/lease.ts";
import { leaseRefs } from "../../src/io/lease-refs.ts";
import { parseLease, printLease } from "../../src/io/lease-schema.ts";
import { silentLog } from "../../src/io/log.ts";
import { openLeases, type Leases } from "../../src/io/open-leases.ts";
import { intent } from "./journal-records.ts";
import { git, world } from "./git-world.ts";

const REF = "refs/canon/lock/main";
const AT = new Date("2026-11-21T10:00:00Z");
const HOLDER: Lease["holder"] = { nonce: "n1", host: "build-7\n;$(rm)", pid: 12, command: "canon apply", since: "s", until: "u", seconds: 300 };

function intentsOf(...tokens: readonly string[]): readonly LeaseIntent[] {
  const record = intent(...tokens);
  if (record.kind !== "intent") throw new Error("no intent");
  return record.creates.map((create) => ({ ...create, target: "main", watermark: "42", identity: "local:x", run: "3f2a" }));
}

function claimOf(token: string): Lease["claims"][number] {
  return { token, target: "main", identity: "local:x", key: `PAY-${token}`, id: token, path: "a.md", section: token, title: "ü", body: "b", run: "3f2a" };
}

async function storeAt(folder: string): Promise<Leases["store"]> {
  const leases = await openLeases(folder, { env: process.env, log: silentLog });
  if (leases === null) throw new Error("there is no remote");
  return leases.store;
}

describe("a lease in a remote", () => {
  it("is written once by whoever expects what stands there, and read by the other", async () => {
    const here = await world();
    const [a, b] = [await storeAt(here.a), await storeAt(here.b)];
    const lease = claimed(announced({ ...freeLease("main"), holder: HOLDER }, intentsOf("t1", "t2")), [claimOf("t1")]);
    expect(await b.read([REF])).toEqual({ state: "known", leases: new Map() });
    const first = await a.swap(REF, null, lease, AT);
    expect(first.state).toBe("done");
    expect(await b.swap(REF, null, freeLease("main"), AT)).toEqual({ state: "moved" });
    const seen = await b.read([REF, "refs/heads/canon/lock/main"]);
    expect(seen).toEqual({ state: "known", leases: new Map([[REF, { commit: first.state === "done" ? first.commit : "", lease }]]) });
    expect((await b.swap(REF, first.state === "done" ? first.commit : null, freeLease("main"), AT)).state).toBe("done");
    expect(await a.swap(REF, first.state === "done" ? first.commit : null, lease, AT)).toEqual({ state: "moved" });
  });

  it("is won by one of many that write at once", async () => {
    const here = await world();
    const stores = await Promise.all([here.a, here.b, here.a, here.b].map(storeAt));
    const swaps = await Promise.all(stores.map((store, index) => store.swap(REF, null, { ...freeLease("main"), serial: index + 1 }, AT)));
    expect(swaps.map(({ state }) => state).sort()).toEqual(["done", "moved", "moved", "moved"]);
  });

  it("leaves no trace in the clone: no reference, no work tree, no FETCH_HEAD, no hook", async () => {
    const here = await world();
    const before = [git(here.b, "for-each-ref"), git(here.b, "status", "--porcelain"), await readdir(join(here.b, ".git"))];
    const [a, b] = [await storeAt(here.a), await storeAt(here.b)];
    await a.swap(REF, null, freeLease("main"), AT);
    await b.read([REF]);
    expect([git(here.b, "for-each-ref"), git(here.b, "status", "--porcelain"), await readdir(join(here.b, ".git"))]).toEqual(before);
    expect(git(here.b, "rev-parse", "--is-shallow-repository")).toBe("false");
  });

  it("is kept where pushes go, if that is another place", async () => {
    const here = await world();
    const other = await world();
    git(here.a, "config", "remote.origin.pushurl", other.remote);
    const a = await storeAt(here.a);
    expect((await a.swap(REF, null, freeLease("main"), AT)).state).toBe("done");
    expect(git(other.remote, "for-each-ref", "--format=%(refname)", "refs/canon")).toBe(REF);
    expect(await a.read([REF])).toMatchObject({ state: "known", leases: new Map([[REF, expect.anything()]]) });
  });

  it("tells a remote that is gone, without its address", async () => {
    const here = await world();
    git(here.a, "remote", "set-url", "origin", "https://dana:secret@127.0.0.1:1/pay.git");
    const a = await storeAt(here.a);
    const answers = JSON.stringify([await a.read([REF]), await a.swap(REF, null, freeLease("main"), AT)]);
    expect(answers).toContain("unreachable");
    expect(answers).not.toContain("secret");
  });

  it("takes no option from an address", async () => {
    const here = await world();
    git(here.a, "config", "remote.origin.pushurl", `--upload-pack=touch ${join(here.root, "taken")};`);
    const a = await storeAt(here.a);
    expect(await a.read([REF])).toMatchObject({ state: "unreachable" });
    expect(await a.swap(REF, null, freeLease("main"), AT)).toMatchObject({ state: "unreachable" });
    expect(await readdir(here.root)).not.toContain("taken");
  });

  it("is one file in a commit without parents, with one line of words", async () => {
    const here = await world();
    await (await storeAt(here.a)).swap(REF, null, { ...freeLease("main"), holder: HOLDER }, AT);
    expect(git(here.remote, "rev-list", "--count", REF)).toBe("1");
    expect(git(here.remote, "ls-tree", "-r", "--name-only", REF)).toBe("lease.json");
    expect(git(here.remote, "log", "-1", "--format=%B", REF)).toBe("Lease: held by canon apply (process 12 on build-7 ;$(rm))");
    expect(await readFile(join(here.a, "specs/pay.md"), "utf8")).toBe("# Pay\n");
  });
});

describe("the name of a lease", () => {
  it("is the target's where that is plain, and otherwise never another's", () => {
    expect(leaseRefs("main", "").custom).toBe(REF);
    expect(leaseRefs("main", "").branch).toBe("refs/heads/canon/lock/main");
    const names = ["Main", "main", "ma in", "ma/in", "--upload-pack=x", "ü", "", "..", "a.lock", "@{-1}"];
    const refs = names.flatMap((name) => ["", "services/pay/"].map((prefix) => leaseRefs(name, prefix).custom));
    expect(new Set(refs.map((ref) => ref.toLowerCase())).size).toBe(refs.length);
    for (const ref of refs) expect(ref).toMatch(/^refs\/canon\/lock\/[a-z0-9_][a-z0-9_-]*$/);
  });

  it("is one that git takes, whatever the target is called", async () => {
    const here = await world();
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 80 }), (name) => {
        git(here.a, "check-ref-format", leaseRefs(name, "x/").custom);
      }),
      { numRuns: 30 },
    );
  });
});

describe("what a lease says", () => {
  it("comes back as it was written, and nothing else is taken for one", () => {
    const lease = claimed(announced({ ...freeLease("main"), holder: HOLDER }, intentsOf("t1")), [claimOf("t9")]);
    expect(parseLease(printLease(lease))).toEqual(lease);
    for (const text of ["", "null", "[]", "{}", '{"format":2}', printLease(lease).replace('"format":1', '"format":2'), printLease(lease).slice(1)])
      expect(parseLease(text)).toBeNull();
  });

  it("a create has an intent or a claim, never both, and leaves by being settled or forgotten", () => {
    const both = claimed(announced(freeLease("main"), intentsOf("t1", "t2")), [claimOf("t1")]);
    expect(both.intents.map(({ token }) => token)).toEqual(["t2"]);
    expect(settled(both, new Set(["t2", "t1"]))).toMatchObject({ intents: [], claims: [{ token: "t1" }] });
    expect(forgotten(both, new Set(["t2", "t1"]))).toMatchObject({ intents: [{ token: "t2" }], claims: [] });
    expect(announced(both, intentsOf("t2")).intents).toHaveLength(1);
  });
});
