/** Two runners on one target: two clones, a bare remote that keeps the lease, and a tracker that both write to (semantics 8). */

import { describe, expect, it } from "vitest";
import { LEASE_SECONDS } from "../../src/core/plan/lease.ts";
import { systemClock } from "../../src/io/clock.ts";
import { startApply } from "../../src/operations/apply.ts";
import { breakableLease } from "../../src/operations/lock.ts";
import type { ConnectTracker } from "../../src/operations/workspace.ts";
import { sharedTracker } from "../harness/lease-tracker.ts";
import { CONFIG, leaseAt, leaseWorld, pushesOf } from "../harness/lease-world.ts";
import { ALL } from "../harness/project-at.ts";
import { skippingClock } from "../harness/skipping-clock.ts";
import { watching } from "../harness/watched-tracker.ts";
import { git } from "../io/git-world.ts";

describe("what it costs", () => {
  it("one push to begin, one per batch of creates, one at the end; none where nothing is written", async () => {
    const here = await leaseWorld();
    await here.started();
    const report = await here.a.apply();
    expect(report.exitCode).toBe(0);
    expect(await pushesOf(here)).toBe(4);
    git(here.a.root, "commit", "-qam", "markers");
    git(here.a.root, "push", "-q");
    expect((await here.a.apply()).results).toEqual([]);
    expect((await here.started()).filter((line) => / (push|hash-object) /.test(line))).toEqual([]);
    expect(await here.a.plan()).toMatchObject({ changes: [], questions: [] });
  });

  it("nothing with lock: local, and no git at all for embedded targets", async () => {
    const local = await leaseWorld({}, `lock: local\n${CONFIG}`);
    await local.started();
    expect((await local.a.apply()).exitCode).toBe(0);
    expect((await local.started()).filter((line) => /canon\/lock/.test(line))).toEqual([]);
    const embedded = await leaseWorld({ embedded: true });
    await embedded.started();
    expect((await embedded.a.apply()).exitCode).toBe(0);
    expect(await embedded.started()).toEqual([]);
  });
});

describe("a runner that starts from nothing", () => {
  it("finds the tickets of markers that are not merged, though the tracker lists none of them yet and the section has another name", async () => {
    const here = await leaseWorld({ searchLag: 3_600_000 });
    expect((await here.a.apply()).exitCode).toBe(0);
    expect(leaseAt(here)).toMatchObject({ holder: null, intents: [], claims: [{ key: "PAY-1" }, { key: "PAY-2" }] });
    await here.b.write("specs/pay.md", (await here.b.read("specs/pay.md")).replace("## Keys", "## Key storage"));
    git(here.b.root, "commit", "-qam", "another name");
    git(here.b.root, "push", "-q");
    const plan = await here.b.plan();
    expect(plan.changes.map(({ action, key }) => `${action} ${key ?? ""}`)).toEqual(["move PAY-1", "marker PAY-2"]);
    expect((await here.b.apply()).exitCode).toBe(0);
    expect((await here.desk().then(async (desk) => desk.list())).map(({ title }) => title).sort()).toEqual(["Key storage", "Rotation"]);
  });

  it("forgets claims once their markers are merged", async () => {
    const here = await leaseWorld();
    await here.a.apply();
    git(here.a.root, "commit", "-qam", "markers");
    git(here.a.root, "push", "-q");
    git(here.b.root, "pull", "-q");
    await here.b.write("specs/pay.md", (await here.b.read("specs/pay.md")).replace("Every day.", "Every hour."));
    git(here.b.root, "commit", "-qam", "hourly");
    git(here.b.root, "push", "-q");
    expect(leaseAt(here)?.claims).toHaveLength(2);
    expect((await here.b.apply()).exitCode).toBe(0);
    expect(leaseAt(here)).toMatchObject({ holder: null, intents: [], claims: [] });
  });
});

describe("a live holder", () => {
  /** Stops the run of clone a after its first batch has landed, lets `meanwhile` happen, and lets it go on. */
  async function interruptedBy(meanwhile: (here: Awaited<ReturnType<typeof leaseWorld>>) => Promise<void>, jump: { monotonic: number; wall: number }) {
    const here = await leaseWorld();
    let [batches, passed] = [0, { monotonic: 0, wall: 0 }];
    const clock = {
      ...systemClock,
      now: () => new Date(systemClock.now().getTime() + passed.wall),
      monotonic: () => systemClock.monotonic() + passed.monotonic,
    };
    const connect = watching(sharedTracker, async (request, send) => {
      batches += 1;
      const outcomes = await send();
      if (request.operation === "create" && batches === 1) {
        await meanwhile(here);
        passed = jump;
      }
      return outcomes;
    });
    const report = await here.a.within({ connect, clock }).apply();
    return { here, report, batches };
  }

  const long = (LEASE_SECONDS + 600) * 1000;

  it.each([
    ["its clocks show it", { monotonic: long, wall: long }],
    ["its machine slept, and only the date moved", { monotonic: 0, wall: long }],
    ["its date was put back", { monotonic: long, wall: -long }],
  ])("that was too slow loses it to another and writes nothing more: %s", async (_name, jump) => {
    const { here, report, batches } = await interruptedBy(async ({ b }) => {
      const clock = skippingClock();
      expect((await b.within({ clock }).apply()).exitCode).toBe(0);
      expect(clock.waited()).toBeGreaterThanOrEqual((LEASE_SECONDS + 60) * 1000);
    }, jump);
    // Its echo of the first batch is not sent either.
    expect(batches).toBe(1);
    expect(report.diagnostics.map(({ code }) => code)).toContain("lease-lost");
    expect(report.exitCode).toBe(5);
    const desk = await here.desk();
    expect((await desk.list()).map(({ title }) => title).sort()).toEqual(["Keys", "Rotation"]);
    await desk.end();
    expect(leaseAt(here)).toMatchObject({ holder: null, intents: [] });
  });

  it("that lost it before anything was sent says that it is locked, and leaves nothing in doubt", async () => {
    const here = await leaseWorld();
    let passed = 0;
    const clock = { ...systemClock, monotonic: () => systemClock.monotonic() + passed };
    const slow: ConnectTracker = async (target, context) => {
      const connection = await sharedTracker(target, context);
      if (!connection.ok) return connection;
      const { tracker } = connection;
      const watermark = async (): Promise<string> => {
        await here.b.within({ clock: skippingClock() }).apply();
        passed = long;
        return tracker.watermark();
      };
      return { ok: true, tracker: { ...tracker, watermark } };
    };
    const report = await here.a.within({ connect: slow, clock }).apply();
    expect(report.exitCode).toBe(7);
    expect(report.results.map(({ state }) => state)).toEqual(["held", "held"]);
    expect(await here.a.tickets()).toHaveLength(2);
    expect((await here.a.apply()).exitCode).toBe(0);
    expect(await here.a.tickets()).toHaveLength(2);
  });

  it("whose lease was broken writes nothing that it has to announce, and what it announced stays known", async () => {
    const { here, report, batches } = await interruptedBy(
      async ({ b }) => {
        const workspace = await b.open();
        const [target] = workspace.config.targets;
        const lease = target === undefined ? null : await breakableLease(workspace, target);
        expect(lease?.holder?.command).toBe("canon apply");
        await lease?.break();
      },
      { monotonic: 0, wall: 0 },
    );
    // The echo of the first batch was sent within its time.
    expect(batches).toBe(2);
    expect(report.exitCode).toBe(5);
    expect(report.diagnostics.map(({ code }) => code)).toContain("lease-lost");
    expect(leaseAt(here)).toMatchObject({ holder: null, intents: [{ title: "Keys" }] });
    expect((await here.b.within({ clock: skippingClock() }).apply()).exitCode).toBe(0);
    expect(await here.b.tickets()).toHaveLength(2);
  });

  it("that was slow, and nobody came, goes on", async () => {
    const { here, report } = await interruptedBy(async () => undefined, { monotonic: long, wall: long });
    expect(report.exitCode).toBe(0);
    expect(await here.a.tickets()).toHaveLength(2);
  });

  it("keeps another out, who is told about it as soon as it shows that it lives", async () => {
    let refused: unknown = null;
    const { report } = await interruptedBy(
      async ({ a, b }) => {
        const events: string[] = [];
        const clock = skippingClock();
        const waiting = b.within({
          clock: { ...clock, sleep: async (ms) => (clock.waited() > 60_000 ? renew(a.root) : clock.sleep(ms)) },
          onEvent: (event) => events.push(event.kind),
        });
        refused = await waiting.apply().catch((error: unknown) => error);
        expect(events).toContain("waiting");
      },
      { monotonic: 0, wall: 0 },
    );
    expect(String(refused)).toMatch(/canon apply on .+ \(process \d+\) is writing to main since/);
    // What stands there is its own, whoever pushed it.
    expect(report.exitCode).toBe(0);
  });

  /** What a renewal looks like from outside: another commit with the same holder. */
  function renew(folder: string): void {
    const [old] = git(folder, "ls-remote", "origin", "refs/canon/lock/main").split("\t");
    const tree = git(folder, "rev-parse", `${old}^{tree}`);
    const next = git(folder, "commit-tree", tree, "-m", "renewed");
    git(folder, "push", "-q", `--force-with-lease=refs/canon/lock/main:${old}`, "origin", `${next}:refs/canon/lock/main`);
  }
});

describe("between the plan and the yes", () => {
  it("another run makes the plan too old to be applied", async () => {
    const here = await leaseWorld();
    const sent: string[] = [];
    const connect = watching(sharedTracker, async (request, send) => {
      sent.push(request.operation);
      return send();
    });
    const started = await startApply(await here.a.within({ connect }).open(), {
      selection: ALL,
      anyBranch: false,
      command: "canon apply",
      onEvent: () => undefined,
      signal: new AbortController().signal,
    });
    if (!started.ok) throw new Error("it was free");
    expect((await here.b.apply()).exitCode).toBe(0);
    const outcome = await started.session.run({ create: [], close: [] });
    await started.session.end();
    expect(outcome).toMatchObject({ ok: false, why: "refused", refusal: { exitCode: 6, diagnostics: [{ code: "lease-changed" }] } });
    expect(sent).toEqual([]);
    expect((await here.a.apply()).exitCode).toBe(0);
    expect(await here.a.tickets()).toHaveLength(2);
  });
});
