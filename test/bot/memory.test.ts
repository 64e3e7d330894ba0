/** What the bot remembers: nothing of runs that overlap is lost, what is no memory is none, and no id in it makes the bot write into what is somebody else's. */

import { expect, it } from "vitest";
import { NO_MEMORY, type Proposal } from "../../src/core/model/bot-memory.ts";
import type { Forge } from "../../src/forges/forge.ts";
import { recall, remember } from "../../src/operations/bot/remember.ts";
import { botStage, CONFIG, SPEC, type BotStage } from "./bot-stage.ts";
import { ticked } from "../forges/stage.ts";

const BEFORE = "# Payments\n\n## Refunds\n\n- [ ] within 14 days\n";

function proposal(number: number): Proposal {
  const nothing = "0".repeat(40);
  return {
    ...{ spec: SPEC, branch: `canon/sync/${number}`, number, print: String(number), own: nothing, head: nothing },
    ...{ state: "open", addresses: [], openedAt: "2026-01-05T09:00:00Z" },
  };
}

it("holds what each of several runs wrote at once", async () => {
  const { stage } = await botStage();
  await Promise.all(
    [1, 2, 3, 4].map(async (number) => remember(await stage.again(), (memory) => ({ ...memory, proposals: [...memory.proposals, proposal(number)] }))),
  );
  const { proposals } = await recall(stage.forge);
  expect(proposals.map(({ number }) => number).toSorted()).toEqual([1, 2, 3, 4]);
});

it("is written where there is something new, and nowhere else", async () => {
  const { stage } = await botStage();
  await remember(stage.forge, (memory) => ({ ...memory, proposals: [proposal(1)] }));
  const stood = await stage.forge.head("refs/canon/bot");
  await remember(stage.forge, (memory) => memory);
  expect(await stage.forge.head("refs/canon/bot")).toBe(stood);
});

it("is lost where somebody wrote something else there, and nothing fails", async () => {
  const { stage } = await botStage();
  await remember(stage.forge, (memory) => ({ ...memory, proposals: [proposal(1)] }));
  const stood = await stage.forge.head("refs/canon/bot");
  await stage.forge.commit({ ref: "refs/canon/bot", expected: stood, parent: null, files: [{ path: "bot.json", text: '{"format": 1}' }], message: "Mine" });
  expect(await recall(stage.forge)).toEqual(NO_MEMORY);
  const content = new Uint8Array([0xff, 0xfe, 0, 1]);
  const broken = await (await stage.person("dana")).push("broken", [{ path: "bot.json", content }]);
  await stage.forge.move("refs/canon/bot", (await stage.forge.head("refs/canon/bot")) ?? "", broken);
  expect(await recall(stage.forge)).toEqual(NO_MEMORY);
});

it("that came with a copy of another repository says so, and how to be rid of it", async () => {
  const bot = await botStage();
  await remember(bot.stage.forge, (memory) => ({ ...memory, proposals: [proposal(41)] }));
  const said = {
    kind: "not-found",
    message: expect.stringContaining("names pull request 41"),
    hint: expect.stringContaining("git push origin :refs/canon/bot"),
  };
  await expect(bot.pull()).rejects.toMatchObject(said);
  await expect(bot.apply()).rejects.toMatchObject(said);
});

/** A pull request with a plan to show, and a comment of Dana's on it. */
async function commented(): Promise<{ readonly bot: BotStage; readonly number: number; readonly hers: string }> {
  const bot = await botStage({ [SPEC]: BEFORE });
  await bot.dana.push("feature", [{ path: SPEC, content: `${BEFORE}\n## Keys\n` }]);
  const number = await bot.dana.open({ title: "Keys", head: "feature" });
  return { bot, number, hers: await bot.dana.comment(number, "Mine.") };
}

it("that names somebody else's comment makes the bot write its own", async () => {
  const { bot, number, hers } = await commented();
  const review = { comment: hers, writing: null, shown: "", specs: [SPEC], changes: [], head: "" };
  await remember(bot.stage.forge, (memory) => ({ ...memory, reviews: { [String(number)]: review } }));
  await bot.plan(number);
  expect((await bot.stage.forge.readComment(hers))?.body).toBe("Mine.");
  expect(await bot.said(number)).toEqual([expect.stringContaining("2 creates")]);
});

it("that was lost while a person worked on a proposal costs neither their commit nor the next proposals", async () => {
  const { apply, pull, atDesk, dana, stage, text } = await botStage({
    [SPEC]: BEFORE,
    "canon.config.yaml": CONFIG.replace("enabled: true", "enabled: true, on_moved: apply"),
  });
  await apply();
  await atDesk((desk) => desk.criterion("PAY-1", { kind: "add", text: "one" }));
  await pull();
  const [request] = await stage.forge.pullRequests({ state: "open" });
  const { number = 0, head: { branch } = { branch: "" } } = request ?? {};
  const lose = async (): Promise<void> => void (await stage.forge.move("refs/canon/bot", (await stage.forge.head("refs/canon/bot")) ?? "", null));
  const hers = await dana.push(branch, [{ path: SPEC, content: (await text(SPEC, branch)).replace("# Payments\n", "# Payments\n\nHers.\n") }]);
  await lose();
  expect(await pull()).toMatchObject([{ state: "left", what: "paused" }]);
  await lose();
  expect(await pull()).toMatchObject([{ state: "left", what: "paused" }]);
  const { body } = await stage.forge.pullRequest(number);
  expect(body.match(/canon:bot:paused/g)).toHaveLength(1);
  await dana.edit(number, { body: ticked(body, "Go on") });
  await atDesk((desk) => desk.criterion("PAY-1", { kind: "add", text: "two" }));
  expect(await pull()).toMatchObject([{ state: "updated" }]);
  expect(
    (await stage.forge.commits((await stage.forge.head("refs/heads/main")) ?? "", (await stage.forge.head(`refs/heads/${branch}`)) ?? "")).map(({ id }) => id),
  ).toContain(hers);
  expect(await text(SPEC, branch)).toMatch(/Hers\.[^]*- \[ \] within 14 days\n- \[ \] one\n- \[ \] two\n/);
});

it("that is lost in the middle of a run makes nobody think that nothing was proposed", async () => {
  const OTHER = "specs/other.md";
  const { apply, pull, atDesk, stage } = await botStage({
    [SPEC]: BEFORE,
    [OTHER]: BEFORE.replace("Refunds", "Keys"),
    "canon.config.yaml": CONFIG.replace("enabled: true", "enabled: true, on_moved: apply, limits: { per_hour: 1 }"),
  });
  await apply();
  const keys = await atDesk(async (desk) => (await desk.list()).map(({ key }) => key));
  await atDesk((desk) => desk.criterion(keys[0] ?? "", { kind: "add", text: "one" }));
  expect(await pull()).toMatchObject([{ state: "opened" }]);
  await atDesk((desk) => desk.criterion(keys[1] ?? "", { kind: "add", text: "two" }));
  let isLost = false;
  const forge = (one: Forge): Forge => ({
    ...one,
    pullRequest: async (number) => {
      const stood = await one.head("refs/canon/bot");
      if (!isLost && stood !== null) await one.move("refs/canon/bot", stood, null);
      isLost = true;
      return one.pullRequest(number);
    },
  });
  expect((await pull({ forge })).map(({ what }) => what)).toEqual(["open-already", "too-many-now"]);
  expect(isLost).toBe(true);
  expect(await stage.forge.pullRequests({})).toHaveLength(1);
});

it("that is lost before a new proposal is noted does not bring back what was declined", async () => {
  const OTHER = "specs/other.md";
  const { apply, pull, dana, atDesk, stage } = await botStage({
    [SPEC]: BEFORE,
    [OTHER]: BEFORE.replace("Refunds", "Keys"),
    "canon.config.yaml": CONFIG.replace("enabled: true", "enabled: true, on_moved: apply, limits: { per_hour: 9 }"),
  });
  await apply();
  const keys = await atDesk(async (desk) => (await desk.list()).map(({ key }) => key));
  await atDesk((desk) => desk.criterion(keys[0] ?? "", { kind: "add", text: "one" }));
  await pull();
  const [declined] = await stage.forge.pullRequests({ state: "open" });
  await dana.close(declined?.number ?? 0);
  await stage.pass(60_000);
  await atDesk((desk) => desk.criterion(keys[1] ?? "", { kind: "add", text: "two" }));
  const forge = (one: Forge): Forge => ({
    ...one,
    openPullRequest: async (wish) => {
      await one.move("refs/canon/bot", (await one.head("refs/canon/bot")) ?? "", null);
      return one.openPullRequest(wish);
    },
  });
  expect((await pull({ forge })).map(({ what }) => what)).toContain("declined");
  expect((await pull()).map(({ what }) => what).toSorted()).toEqual(["declined", "open-already"]);
  expect(await stage.forge.pullRequests({})).toHaveLength(2);
});
