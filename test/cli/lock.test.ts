/** `canon lock show` and `canon lock break` as people and programs meet them. */

import { expect, it } from "vitest";
import { run } from "../../src/cli/main.ts";
import type { Sink, World } from "../../src/cli/world.ts";
import { announced, claimed, freeLease, type Lease } from "../../src/core/plan/lease.ts";
import { silentLog } from "../../src/io/log.ts";
import { openLeases } from "../../src/io/open-leases.ts";
import { LEASE_REF, leaseAt, leaseWorld, type LeaseWorld } from "../harness/lease-world.ts";
import { intent } from "../io/journal-records.ts";

const NOW = "2026-11-21T10:03:00Z";

interface Ran {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** `answers` null: nobody can be asked. */
async function canon({ root }: LeaseWorld["a"], words: readonly string[], answers: string[] | null = null): Promise<Ran> {
  const written = { out: "", err: "" };
  const sink = (name: "out" | "err"): Sink => ({
    write: (text) => void (written[name] += text),
    isTerminal: false,
    stream: null,
    size: () => ({ columns: 80, rows: 24 }),
  });
  const ask: World["ask"] = async (question) => {
    written.err += question;
    return answers?.shift() ?? null;
  };
  const world: World = {
    cwd: root,
    env: { PATH: process.env["PATH"], CANON_NOW: NOW, CANON_USER: "dana" },
    ...{ stdout: sink("out"), stderr: sink("err"), ask: answers === null ? null : ask },
    onInterrupt: () => () => undefined,
    exit: (code) => {
      throw new Error(`exit ${code}`);
    },
  };
  return { exitCode: await run(words, world), ...written };
}

/** A lease that a run on another machine holds, with a create in doubt and a ticket that waits for its marker. */
async function heldWorld(): Promise<LeaseWorld> {
  const here = await leaseWorld();
  const desk = await here.a.desk();
  await desk.behave({ embedded: false });
  await desk.end();
  const record = intent("t1");
  if (record.kind !== "intent") throw new Error("no intent");
  const intents = record.creates.map((create) => ({ ...create, target: "main", watermark: "42", identity: "local:x", run: "3f2a" }));
  const claim = { token: "t2", target: "main", identity: "local:x", key: "PAY-2", id: "2", path: "a.md", section: "b", title: "B", body: "b", run: "3f2a" };
  const holder: Lease["holder"] = {
    nonce: "n1",
    host: "build-7\u001b[31m",
    pid: 12,
    command: "canon apply",
    since: "2026-11-21T10:00:00Z",
    until: "2026-11-21T10:05:00Z",
    seconds: 300,
  };
  const leases = await openLeases(here.b.root, { env: process.env, log: silentLog });
  await leases?.store.swap(LEASE_REF, null, claimed(announced({ ...freeLease("main"), holder }, intents), [claim]), new Date(NOW));
  return here;
}

it("shows who writes, and what runs left open", async () => {
  const here = await heldWorld();
  const shown = await canon(here.a, ["lock", "show"]);
  expect(shown).toMatchObject({ exitCode: 0, err: "" });
  expect(shown.out).toBe(`  This clone
    nobody is writing

  main
    canon apply (process 12 on build-7), since 3 min ago, until 10:05:00 UTC by
    its clock unless renewed
    1 create in doubt; the next canon apply settles it first
      a.md#t1  Zahlung ü 💶
    1 ticket whose marker is not merged yet
      PAY-2  a.md#b
    refs/canon/lock/main of origin
`);
  const json: unknown = JSON.parse((await canon(here.a, ["lock", "show", "--json"])).out);
  expect(json).toMatchObject({
    command: "lock show",
    exitCode: 0,
    clone: null,
    leases: [{ target: "main", remote: "origin", ref: LEASE_REF, lease: { holder: { pid: 12 } } }],
  });
});

it("says so where no lease is needed", async () => {
  const here = await leaseWorld();
  expect((await canon(here.a, ["lock", "show"])).out).toContain("Only the lock of this clone guards main.");
  expect((await canon(here.a, ["lock", "break", "main", "--auto-approve"])).out).toMatch(/there\s+is nothing to break/);
});

it("breaks a lease after a yes, and keeps what was announced", async () => {
  const here = await heldWorld();
  const no = await canon(here.a, ["lock", "break", "main"], ["y"]);
  expect(no).toMatchObject({ exitCode: 1 });
  expect(no.out).toMatch(/If that run is\s+alive/);
  expect(leaseAt(here)?.holder).not.toBeNull();
  const yes = await canon(here.a, ["lock", "break", "main"], ["yes"]);
  expect(yes).toMatchObject({ exitCode: 0 });
  expect(leaseAt(here)).toMatchObject({ holder: null, serial: 1, intents: [{ token: "t1" }], claims: [{ token: "t2" }] });
  expect((await canon(here.a, ["lock", "break", "main"], [])).out).toContain("Nobody holds the lease on main.");
});

it("asks nobody where nobody is, and knows its targets", async () => {
  const here = await heldWorld();
  expect(await canon(here.a, ["lock", "break", "main"])).toMatchObject({ exitCode: 64, err: expect.stringContaining("--auto-approve") });
  expect(await canon(here.a, ["lock", "break", "mian", "--auto-approve"])).toMatchObject({ exitCode: 64, err: expect.stringContaining("Did you mean main?") });
  const broken = await canon(here.a, ["lock", "break", "main", "--auto-approve", "--json"]);
  expect(JSON.parse(broken.out)).toMatchObject({ type: "summary", exitCode: 0, broken: { pid: 12 } });
});
