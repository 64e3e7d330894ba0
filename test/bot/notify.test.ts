/** One comment on a ticket says what became of what people changed there: promptly, in place, once, and nothing where nobody asked for it. */

import { expect, it, describe } from "vitest";
import { notifyFromBranch, notifyTickets, type Told } from "../../src/operations/bot/notify-tickets.ts";
import { openAtCommit } from "../../src/operations/bot/open-at-commit.ts";
import type { BotWorld } from "../../src/operations/bot/bot-world.ts";
import type { Check, Tracker } from "../../src/trackers/tracker.ts";
import { followProposals } from "../../src/operations/bot/follow-proposals.ts";
import { botStage, CONFIG, SPEC, type BotStage } from "./bot-stage.ts";
import { crashing, Died, type Crash } from "./crashing-forge.ts";

const NOTIFY = CONFIG.replace("enabled: true", "enabled: true, on_moved: apply, notify: { ticket: true }");

/** Tickets with their markers on the default branch. */
async function applied(config = NOTIFY): Promise<BotStage> {
  const bot = await botStage({ "canon.config.yaml": config, [SPEC]: "# Payments\n\n## Refunds\n\n- [ ] within 14 days\n\n## Keys\n" });
  expect(await bot.apply()).toMatchObject({ exitCode: 0, markers: { state: "committed" }, told: { tickets: 0, problems: [] } });
  return bot;
}

const add = ({ atDesk }: BotStage, text: string): Promise<unknown> => atDesk((desk) => desk.criterion("PAY-1", { kind: "add", text }));

const comments = ({ atDesk }: BotStage, key = "PAY-1"): Promise<readonly string[]> =>
  atDesk(async (desk) => (await desk.show(key)).comments.map(({ text }) => text));

async function open({ stage }: BotStage): Promise<number> {
  const [request, another] = await stage.forge.pullRequests({ state: "open" });
  if (request === undefined || another !== undefined) throw new Error("not exactly one pull request is open");
  return request.number;
}

describe("a ticket whose change is proposed", () => {
  it("hears of it at once, and in the same comment of the merge and by whom", async () => {
    const bot = await applied();
    await add(bot, "one");
    await bot.pull();
    expect(await comments(bot)).toEqual(["Canon proposed what changed here to the spec, in pull request 1.\n\nIt waits to be merged."]);
    await bot.dana.merge(await open(bot));
    expect(await bot.apply()).toMatchObject({ exitCode: 0, told: { tickets: 1, problems: [] } });
    expect(await comments(bot)).toEqual(["Canon proposed what changed here to the spec, in pull request 1.\n\nMerged into the spec by dana."]);
    expect(await comments(bot, "PAY-2")).toEqual([]);
  });

  it("hears that it was declined, then of the next proposal, then that it was withdrawn, always in one comment", async () => {
    const bot = await applied();
    await add(bot, "one");
    await bot.pull();
    await bot.dana.close(await open(bot));
    await bot.pull();
    expect(await comments(bot)).toEqual([expect.stringContaining("Declined by dana")]);
    await add(bot, "two");
    await bot.pull();
    const second = await open(bot);
    expect(await comments(bot)).toEqual([expect.stringMatching(new RegExp(`pull request ${second}\\..*waits`, "s"))]);
    for (const which of ["one", "two"]) await bot.atDesk((desk) => desk.criterion("PAY-1", { kind: "remove", which }));
    await bot.pull();
    expect(await comments(bot)).toEqual([expect.stringContaining("Withdrawn")]);
  });

  it("hears that its proposal goes on without it", async () => {
    const bot = await applied();
    await add(bot, "one");
    await bot.atDesk((desk) => desk.criterion("PAY-2", { kind: "add", text: "other" }));
    await bot.pull();
    await bot.atDesk((desk) => desk.criterion("PAY-2", { kind: "remove", which: "other" }));
    await bot.pull();
    await bot.dana.merge(await open(bot));
    await bot.apply();
    expect(await comments(bot)).toEqual([expect.stringContaining("Merged into the spec by dana")]);
    expect(await comments(bot, "PAY-2")).toEqual([expect.stringContaining("Withdrawn")]);
  });

  it.each([
    ["a criterion", (bot: BotStage) => add(bot, "one")],
    ["a status", ({ atDesk }: BotStage) => atDesk((desk) => desk.move("PAY-1", "In Progress"))],
  ])("hears of the end of %s also where the memory was lost", async (_name, change) => {
    const bot = await applied();
    await change(bot);
    await bot.pull();
    await bot.stage.forge.move("refs/canon/bot", (await bot.stage.forge.head("refs/canon/bot")) ?? "", null);
    await bot.pull();
    await bot.dana.merge(await open(bot));
    await bot.apply();
    expect(await comments(bot)).toEqual([expect.stringContaining("Merged into the spec by dana")]);
  });

  it("hears of the end also where only the pull requests are looked at", async () => {
    const bot = await applied();
    await add(bot, "one");
    await bot.pull();
    await bot.dana.close(await open(bot));
    const world = await bot.bot();
    await followProposals(world);
    expect(await notifyFromBranch(world)).toEqual({ tickets: 1, problems: [] });
    expect(await comments(bot)).toEqual([expect.stringContaining("Declined by dana")]);
  });
});

describe("nothing is said", () => {
  it("where nothing is new: no tracker is asked, and nothing is remembered", async () => {
    const bot = await applied();
    await add(bot, "one");
    await bot.pull();
    const world = await bot.bot();
    const [asked, memory] = [bot.asked(), await bot.stage.forge.head("refs/canon/bot")];
    expect(await notifyFromBranch(world)).toEqual({ tickets: 0, problems: [] });
    expect(bot.asked()).toBe(asked);
    expect(await bot.stage.forge.head("refs/canon/bot")).toBe(memory);
  });

  it("where nobody asked for it, nor later of what ended before", async () => {
    const bot = await applied(NOTIFY.replace("ticket: true", "ticket: false"));
    await add(bot, "one");
    await bot.pull();
    await bot.dana.merge(await open(bot));
    await bot.apply();
    await bot.dana.push("main", [{ path: "canon.config.yaml", content: NOTIFY }]);
    await bot.apply();
    await bot.pull();
    expect(await comments(bot)).toEqual([]);
  });

  it("any more once nobody asks for it", async () => {
    const bot = await applied();
    await add(bot, "one");
    await bot.pull();
    await bot.dana.merge(await open(bot));
    await bot.dana.push("main", [{ path: "canon.config.yaml", content: NOTIFY.replace("ticket: true", "ticket: false") }]);
    await bot.apply();
    expect(await comments(bot)).toEqual([expect.stringContaining("It waits to be merged.")]);
  });

  it("of a private repository in a tracker that anybody may read", async () => {
    const bot = await applied(NOTIFY.replace("settle: 0s", "settle: 0s, public: true"));
    await add(bot, "one");
    await bot.pull();
    expect(await open(bot)).toBe(1);
    expect(await comments(bot)).toEqual([]);
  });

  it("of it either where only the tracker itself says that anybody may read there", async () => {
    const bot = await applied();
    await add(bot, "one");
    await bot.atDesk((desk) => desk.setFaults([{ operation: "comment", nth: 1, kind: "unavailable" }]));
    await bot.pull();
    const world = await bot.bot();
    const told = await withTracker(world, (tracker) => ({ ...tracker, check: async () => openToAll(await tracker.check()) }));
    expect(told).toEqual({ tickets: 0, problems: [] });
    expect(await comments(bot)).toEqual([]);
  });

  it("again on a ticket that takes no comment, until there is something else to say", async () => {
    const bot = await applied();
    await add(bot, "one");
    await bot.atDesk((desk) => desk.setFaults([{ operation: "comment", nth: 1, kind: "unavailable" }]));
    await bot.pull();
    expect(await comments(bot)).toEqual([]);
    await bot.pull();
    expect(await comments(bot)).toHaveLength(1);
    await bot.dana.close(await open(bot));
    await bot.atDesk((desk) => desk.archive("PAY-1", true));
    const world = await bot.bot();
    await followProposals(world);
    expect(await notifyFromBranch(world)).toMatchObject({ tickets: 0, problems: [expect.stringContaining("PAY-1 was not told: PAY-1 is archived")] });
    expect(await notifyFromBranch(world)).toEqual({ tickets: 0, problems: [] });
  });
});

const openToAll = (check: Check): Check => (check.ok ? { ...check, project: { ...check.project, isPublic: true } } : check);

/** Tells, with something between it and the tracker. */
async function withTracker(world: BotWorld, between: (tracker: Tracker) => Tracker): Promise<Told> {
  const opened = await openAtCommit(world, (await world.forge.head("refs/heads/main")) ?? "");
  if (opened?.ok !== true) throw new Error("main has no configuration");
  const { workspace, remove } = opened.at;
  const connect: typeof workspace.connect = async (target) => {
    const connection = await workspace.connect(target);
    return connection.ok ? { ...connection, tracker: between(connection.tracker) } : connection;
  };
  try {
    return await notifyTickets({ ...workspace, connect }, world);
  } finally {
    await remove();
  }
}

describe("what is public on both sides", () => {
  it("is told", async () => {
    const bot = await applied(NOTIFY.replace("settle: 0s", "settle: 0s, public: true"));
    await bot.stage.setVisibility("public");
    await add(bot, "one");
    await bot.pull();
    expect(await comments(bot)).toHaveLength(1);
  });
});

describe("runs that die or overlap", () => {
  const cycle = async (bot: BotStage, crash: Crash, seen: (name: string) => void): Promise<void> => {
    const world = await bot.bot({ forge: (forge) => crashing(forge, crash, seen) });
    await followProposals(world);
    await notifyFromBranch(world);
  };

  const REQUESTS = ["what became of the proposal", "whose turn it is", "that it was told"];

  it("write as often as the next test lets them die", async () => {
    const names: string[] = [];
    await cycle(await ended(), { at: 0, when: "before" }, (name) => void names.push(name));
    expect(names).toEqual(REQUESTS.map(() => "commit"));
  });

  it.each(REQUESTS.flatMap((what, index) => (["before", "after"] as const).map((when) => ({ what, when, at: index + 1 }))))(
    "leave one comment with the last word: died $when remembering $what",
    async ({ at, when }) => {
      const bot = await ended();
      await expect(cycle(bot, { at, when }, () => undefined)).rejects.toThrow(Died);
      await cycle(bot, { at: 0, when: "before" }, () => undefined);
      expect(await comments(bot)).toEqual([expect.stringContaining("Declined by dana")]);
    },
  );

  it("tell one after the other when two of them begin at once", async () => {
    const bot = await ended();
    await followProposals(await bot.bot());
    const [calls, another]: [number[], PromiseWithResolvers<void>] = [[], Promise.withResolvers()];
    const run = async (number: number): Promise<Told> => {
      // Skipped, a minute's patience would be over at once.
      const { clock, ...world } = await bot.bot({ waits: true });
      // Who must wait lets the first go on.
      const sleep: typeof clock.sleep = async (...given) => {
        another.resolve();
        await clock.sleep(...given);
      };
      return withTracker({ ...world, clock: { ...clock, sleep } }, (tracker) => ({
        ...tracker,
        comment: async (notes) => {
          if (calls.push(number) > 1) another.resolve();
          await another.promise;
          return tracker.comment(notes);
        },
      }));
    };
    const told = await Promise.all([run(1), run(2)]);
    expect(calls).toHaveLength(1);
    expect(told.map(({ tickets }) => tickets).toSorted()).toEqual([0, 1]);
  });
});

/** Proposed, told and declined; nobody has looked since. */
async function ended(): Promise<BotStage> {
  const bot = await applied();
  await add(bot, "one");
  await bot.pull();
  await bot.dana.close(await open(bot));
  return bot;
}
