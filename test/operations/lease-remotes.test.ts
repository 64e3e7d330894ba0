/** Remotes that do not take every lease: a branch instead, then the lock of the clone with a notice, in CI an error. And ones that answer strangely. */

import { existsSync } from "node:fs";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findProgram } from "../../src/io/find-program.ts";
import { failureDiagnostic } from "../../src/operations/failure-diagnostic.ts";
import { connect } from "../../src/wiring.ts";
import { CONFIG, LEASE_BRANCH, leaseAt, leaseWorld, pushesOf, refuse, type LeaseWorld } from "../harness/lease-world.ts";
import { projectAt } from "../harness/project-at.ts";
import { skippingClock } from "../harness/skipping-clock.ts";
import { git } from "../io/git-world.ts";

/** Every push is tried again; nobody needs to wait for that here. */
async function hasty(...of: Parameters<typeof leaseWorld>): Promise<LeaseWorld> {
  const here = await leaseWorld(...of);
  const clock = skippingClock();
  return { ...here, a: here.a.within({ clock }), b: here.b.within({ clock }) };
}

async function refusing(pattern: string): Promise<LeaseWorld> {
  const here = await hasty();
  await refuse(here, pattern);
  await here.started();
  return here;
}

describe("a remote that refuses references of our own", () => {
  it.each([
    ["by a hook", async (here: LeaseWorld) => refuse(here, "refs/canon/*")],
    ["by hiding them", async ({ remote }: LeaseWorld) => void git(remote, "config", "receive.hideRefs", "refs/canon")],
  ])("%s gets a branch, and every clone uses it", async (_name, make) => {
    const here = await hasty();
    await make(here);
    expect((await here.a.apply()).diagnostics.filter(({ code }) => code.startsWith("lease"))).toEqual([]);
    expect(leaseAt(here)).toBeNull();
    expect(leaseAt(here, LEASE_BRANCH)).toMatchObject({ holder: null, claims: [{ key: "PAY-1" }, { key: "PAY-2" }] });
    await here.started();
    const report = await here.b.apply();
    expect(report.results.map(({ state, key }) => `${state} ${key ?? ""}`)).toEqual(["done PAY-1", "done PAY-2"]);
    expect(await pushesOf(here)).toBe(2);
    expect(await here.b.tickets()).toHaveLength(2);
  });

  it("keeps what stood there before it refused", async () => {
    const here = await hasty({ searchLag: 3_600_000 });
    await here.a.apply();
    await refuse(here, "refs/canon/*");
    expect((await here.b.apply()).exitCode).toBe(0);
    expect(leaseAt(here, LEASE_BRANCH)?.claims).toHaveLength(2);
    const desk = await here.desk();
    expect(await desk.list()).toHaveLength(2);
    await desk.end();
  });
});

describe("a remote that refuses branches too", () => {
  it("leaves the lock of the clone, says so, and claims stay in the clone", async () => {
    const here = await refusing("refs/*");
    const report = await here.a.apply();
    expect(report.exitCode).toBe(0);
    expect(report.diagnostics.filter(({ code }) => code === "lease-local").map(({ severity }) => severity)).toEqual(["notice"]);
    expect(leaseAt(here)).toBeNull();
    git(here.a.root, "checkout", "-q", "--", "specs");
    expect((await here.a.plan()).changes.map(({ action }) => action)).toEqual(["marker", "marker"]);
  });

  it("is an error in CI that names the permission, and nothing is written", async () => {
    const here = await refusing("refs/*");
    const { env } = await here.a.open();
    const ci = here.a.within({ env: { ...env, CI: "true" } });
    await expect(ci.apply()).rejects.toThrow(/takes no lease on main.*contents: write.*"exitCode":1/);
    expect(await here.a.tickets()).toEqual([]);
    expect(await here.a.read("specs/pay.md")).not.toContain("canon:");
  });

  it("still tells what a dead run announced, while it can be read", async () => {
    const here = await hasty({ searchLag: 3_600_000 });
    await here.a.apply();
    await refuse(here, "refs/*");
    expect((await here.b.apply()).exitCode).toBe(0);
    const desk = await here.desk();
    expect(await desk.list()).toHaveLength(2);
    await desk.end();
  });
});

describe("a remote that cannot be reached, or was tampered with", () => {
  it("lets nothing be written, even with --any-branch", async () => {
    const here = await hasty();
    git(here.a.root, "remote", "set-url", "origin", join(here.root, "gone.git"));
    await expect(here.a.apply()).rejects.toThrow(/cannot be reached/);
    await expect(here.a.within({ anyBranch: true }).apply()).rejects.toThrow(/keeps the lease on main, and cannot be reached/);
    expect(await here.a.tickets()).toEqual([]);
  });

  it("stops where no lease can be read from what stands there", async () => {
    const here = await hasty();
    git(here.a.root, "push", "-q", "origin", "HEAD:refs/canon/lock/main");
    const error: unknown = await here.a.apply().catch((thrown: unknown) => thrown);
    expect(failureDiagnostic(error)).toMatchObject({ code: "lease-damaged", message: expect.stringContaining("refs/canon/lock/main of origin") });
    await expect(here.a.plan()).rejects.toThrow(/is no lease/);
  });

  it.each([
    ["the push did not arrive", 1, ""],
    ["it was carried out and its answer lost: the first", 1, "REAL"],
    ["it was carried out and its answer lost: an announcement", 2, "REAL"],
    ["it was carried out and its answer lost: the last", 4, "REAL"],
  ])("that fails for a moment is tried again: %s", async (_name, nth, landed) => {
    const here = await hasty();
    const wrapper = join(here.root, "bin", "git");
    const real = findProgram("git", process.env) ?? "git";
    const count = join(here.root, "count");
    // Its nth push fails, and the look-up after it.
    const lines = [
      "#!/bin/sh",
      `case " $* " in *" push "*) echo x >> ${count};; esac`,
      `n=$(wc -l < ${count} 2>/dev/null || echo 0)`,
      `if [ "$n" -eq ${nth} ] && [ ! -f ${count}.over ]; then`,
      `  case " $* " in *" push "*) ${landed === "" ? "true" : `${real} "$@" >/dev/null 2>&1`}; exit 128;; *" ls-remote "*) touch ${count}.over; exit 128;; esac`,
      "fi",
      `exec ${real} "$@"`,
    ];
    await writeFile(wrapper, `${lines.join("\n")}\n`);
    await chmod(wrapper, 0o755);
    const report = await here.a.apply();
    expect(report.exitCode).toBe(0);
    expect(report.diagnostics.filter(({ code }) => code.startsWith("lease"))).toEqual([]);
    expect(existsSync(`${count}.over`)).toBe(true);
    expect(leaseAt(here)).toMatchObject({ holder: null, intents: [], claims: [{ key: "PAY-1" }, { key: "PAY-2" }] });
  });
});

describe("where leases make no sense", () => {
  it("lock: git without a remote is told", async () => {
    const here = await hasty({}, `id: pay\nlock: git\n${CONFIG}`);
    git(here.a.root, "remote", "remove", "origin");
    await expect(here.a.apply()).rejects.toThrow(/no git remote/);
  });

  it("two workspaces of one repository do not share the lease of a target that both call the same", async () => {
    const here = await hasty();
    const ship = projectAt(join(here.a.root, "services/ship"), {
      connect: (target, context) => connect({ ...target, path: "../../../tracker.sqlite" }, context),
      env: process.env,
    });
    await ship.write("canon.config.yaml", `id: ship\n${CONFIG}`);
    await ship.write("specs/ship.md", "## Boxes\n\nOf wood.\n");
    git(here.a.root, "add", "-A");
    git(here.a.root, "commit", "-qm", "ship");
    git(here.a.root, "push", "-q");
    await here.a.apply();
    await ship.apply();
    expect(git(here.remote, "for-each-ref", "--format=%(refname)", "refs/canon").split("\n")).toEqual([
      "refs/canon/lock/main",
      expect.stringMatching(/^refs\/canon\/lock\/main-[a-z0-9]{8}$/),
    ]);
  });
});
