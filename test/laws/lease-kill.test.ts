/** Laws 4 to 6 between clones: a runner killed at every step, then one that knows nothing of it, then the first again. No section gets two tickets. */

import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { twoAtATime } from "../harness/kill.ts";
import { copyOfWorld, leaseAt, leaseWorld, type LeaseWorld } from "../harness/lease-world.ts";
import { unrest } from "../harness/outcome.ts";
import { skippingClock } from "../harness/skipping-clock.ts";
import { git } from "../io/git-world.ts";

const CHILD = join(import.meta.dirname, "../harness/lease-child.ts");

type End = { readonly killed: true } | { readonly killed: false; readonly labels: readonly string[]; readonly exitCode: number };

function applyInChild({ a, killing }: LeaseWorld, moment: number, push: readonly [number, "before" | "after"] = [0, "before"]): Promise<End> {
  const env = { ...killing(...push), CANON_USER: "dana", NODE_COMPILE_CACHE: join(tmpdir(), "canon-test-compile-cache") };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [CHILD, a.root, String(moment)], { env }, (error, stdout, stderr) => {
      if (error?.signal === "SIGKILL") resolve({ killed: true });
      else if (error) reject(new Error(`the child failed: ${stderr}`));
      else resolve({ killed: false, ...JSON.parse(stdout) });
    });
  });
}

/** A run from nothing takes over; then the first runner, with its own journal, comes back to what the other merged. */
async function othersGoOn(here: LeaseWorld, what: string): Promise<void> {
  const { a, b, desk } = here;
  const titles = async (): Promise<readonly string[]> => {
    const open = await desk();
    const tickets = await open.list();
    await open.end();
    return tickets.map(({ title }) => title).sort();
  };
  expect((await b.within({ clock: skippingClock() }).apply()).exitCode, what).toBe(0);
  expect(await titles(), what).toEqual(["Keys", "Rotation"]);
  expect(leaseAt(here), what).toMatchObject({ holder: null, intents: [] });
  expect((await a.within({ clock: skippingClock() }).apply()).exitCode, what).toBe(0);
  expect(await titles(), what).toEqual(["Keys", "Rotation"]);
  expect(await a.read("specs/pay.md"), what).toBe(await b.read("specs/pay.md"));
  git(b.root, "commit", "-qam", "markers");
  git(b.root, "push", "-q");
  expect(unrest(await b.plan()), what).toEqual([]);
}

it("is killed before every file operation and around every request", { timeout: 120_000 }, async () => {
  const start = await leaseWorld({ searchLag: 3_600_000 });
  const whole = await applyInChild(await copyOfWorld(start), 0);
  if (whole.killed) throw new Error("nobody was to be killed");
  expect(whole.exitCode).toBe(0);
  // What lies between two of these differs in nothing that another clone could see.
  const moments = whole.labels.flatMap((label, index) => (/^create|^update \d+$|^append .*runs|^rename .*(specs|leases)/.test(label) ? [index + 1] : []));
  expect(moments.length).toBeGreaterThan(12);
  await twoAtATime(moments, async (moment) => {
    const here = await copyOfWorld(start);
    const what = `killed before ${whole.labels[moment - 1] ?? "?"}`;
    expect(await applyInChild(here, moment), what).toEqual({ killed: true });
    await othersGoOn(here, what);
  });
});

it("is killed before and after every push", { timeout: 120_000 }, async () => {
  const start = await leaseWorld({ searchLag: 3_600_000 });
  const deaths = [1, 2, 3, 4].flatMap((push) => (["before", "after"] as const).map((when) => [push, when] as const));
  await twoAtATime(deaths, async ([push, when]) => {
    const here = await copyOfWorld(start);
    expect(await applyInChild(here, 0, [push, when])).toEqual({ killed: true });
    await othersGoOn(here, `killed ${when} push ${push}`);
  });
});

it("is killed while its request is on the way, which lands when another has taken over", { timeout: 60_000 }, async () => {
  const start = await leaseWorld();
  const whole = await applyInChild(await copyOfWorld(start), 0);
  if (whole.killed) throw new Error("nobody was to be killed");
  const moment = whole.labels.indexOf("create 1") + 1;
  const here = await copyOfWorld(start);
  await applyInChild(here, moment);
  // The ticket comes to be as b waits for D: what it asked before that moment would prove nothing.
  const clock = skippingClock();
  const created: string[] = [];
  const b = here.b.within({
    clock,
    onEvent: (event) => {
      if (event.kind !== "waiting" || event.seconds > 2 || !event.why.includes("may still arrive") || created.length > 0) return;
      created.push(leaseAt(here)?.intents[0]?.token ?? "");
    },
  });
  const late = b.within({
    clock: {
      ...clock,
      sleep: async (ms) => {
        await clock.sleep(ms);
        if (created.length !== 1) return;
        created.push("landed");
        const intent = leaseAt(here)?.intents[0];
        const { connect, config } = await here.a.open();
        const [target] = config.targets;
        const connection = target ? await connect(target) : null;
        if (!intent || !connection?.ok) throw new Error("there is nothing to land");
        const { token, title, base } = intent;
        await connection.tracker.create([{ token, title, base, type: "Epic", parent: null, status: null, labels: [], body: "Text of keys.", extra: {} }]);
        await connection.tracker.close();
      },
    },
  });
  expect((await late.apply()).exitCode).toBe(0);
  expect(created).toHaveLength(2);
  const desk = await here.desk();
  expect((await desk.list()).map(({ title }) => title).sort()).toEqual(["Keys", "Rotation"]);
  await desk.end();
});

it("comes back to its own clone and need not wait until its lease runs out", { timeout: 60_000 }, async () => {
  const here = await leaseWorld({ clientIds: true });
  expect(await applyInChild(here, 0, [2, "after"])).toEqual({ killed: true });
  expect(leaseAt(here)).toMatchObject({ holder: { command: "canon apply" }, intents: [{ title: "Keys" }] });
  const clock = skippingClock();
  expect((await here.a.within({ clock }).apply()).exitCode).toBe(0);
  expect(clock.waited()).toBeLessThan(65_000);
  expect(await here.a.tickets()).toHaveLength(2);
});

it("lets one of two clones write that begin at the same moment", { timeout: 60_000 }, async () => {
  const start = await leaseWorld({ searchLag: 3_600_000 });
  const ends: string[] = [];
  for (let round = 0; round < 4; round += 1) {
    const here = await copyOfWorld(start);
    const both = await Promise.allSettled([here.a, here.b].map((clone) => applyInChild({ ...here, a: clone }, 0)));
    for (const end of both)
      ends.push(end.status === "fulfilled" ? "done" : (/"code":"([a-z-]+)"| is writing to main /.exec(String(end.reason))?.[1] ?? "locked"));
    expect(both.some(({ status }) => status === "fulfilled")).toBe(true);
    await othersGoOn(here, ends.slice(-2).join(" and "));
  }
  expect(
    ends.every((end) => ["done", "locked", "lease-changed"].includes(end)),
    ends.join(),
  ).toBe(true);
});
