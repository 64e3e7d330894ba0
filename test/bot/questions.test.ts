/** The living issue with the bot's questions: made only when there is one, edited in place, closed when there is none, and left alone by whoever closes it. */

import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { Forge } from "../../src/forges/forge.ts";
import { SPEC, type BotStage } from "./bot-stage.ts";
import { crashing, Died } from "./crashing-forge.ts";
import { meeting } from "./meeting.ts";
import { answered, applied, issue, issues, made, tick } from "./question-stage.ts";

/** Every write of a run. */
async function written(run: (forge: (one: Forge) => Forge) => Promise<unknown>): Promise<readonly string[]> {
  const names: string[] = [];
  await run((one) => crashing(one, { at: 0, when: "before" }, (name) => void names.push(name)));
  return names;
}

const pulling = (bot: BotStage): Promise<readonly string[]> => written((forge) => bot.pull({ forge }));
const applying = (bot: BotStage): Promise<readonly string[]> => written((forge) => bot.apply({ forge }));

describe("the issue", { timeout: 60_000 }, () => {
  it("is not made where there is nothing to ask", async () => {
    const bot = await applied();
    await bot.pull();
    expect([await pulling(bot), await applying(bot), await issues(bot)]).toEqual([[], [], []]);
  });

  it("is edited when its text changes, closed when nothing is left, and opened again: always the same one", async () => {
    const bot = await applied();
    const key = await made(bot);
    await bot.pull();
    const first = await issue(bot);
    expect(first).toMatchObject({ open: true, title: "Canon: questions", labels: ["canon"] });
    expect([await pulling(bot), await applying(bot)]).toEqual([[], []]);
    await made(bot, "Money laundering");
    expect(await pulling(bot)).toEqual(["editThread"]);
    expect((await issue(bot)).body).toMatch(/\*\*1\.\*\*.*Key ceremony[^]*\*\*2\.\*\*.*Money laundering/);
    for (const one of [key, "PAY-4"]) await bot.atDesk((desk) => desk.close(one));
    expect(await pulling(bot)).toEqual(["editThread"]);
    expect(await issue(bot)).toMatchObject({ number: first.number, open: false, body: expect.stringContaining("There is nothing to decide now.") });
    expect(await pulling(bot)).toEqual([]);
    await made(bot, "Chargebacks");
    await bot.pull();
    expect(await issue(bot)).toMatchObject({ number: first.number, open: true, body: expect.stringContaining("Chargebacks") });
  });

  it("stays closed when somebody closes it, until there is a question that was not in it", async () => {
    const bot = await applied();
    await made(bot);
    await bot.pull();
    const { number } = await issue(bot);
    await bot.dana.close(number);
    expect(await pulling(bot)).toEqual([]);
    // Answers are heard there all the same, and shown.
    await bot.dana.comment(number, "/canon answer PAY-3 out-of-scope");
    expect(await bot.apply()).toMatchObject({ answered: 1 });
    expect(await issue(bot)).toMatchObject({ open: false, body: expect.stringContaining("- PAY-3: **out-of-scope**, by dana") });
    await made(bot, "Money laundering");
    await bot.pull();
    expect(await issue(bot)).toMatchObject({ number, open: true });
  });

  it("is opened once by runs that overlap", async () => {
    const bot = await applied();
    await made(bot);
    const meet = meeting(3);
    // All of them have looked, and seen none, before one opens it.
    const forge = (one: Forge): Forge => {
      let isFirst = true;
      const threads: Forge["threads"] = async (query) => {
        const found = await one.threads(query);
        if (isFirst) await meet();
        isFirst = false;
        return found;
      };
      // Long enough for the others to look again.
      const openThread: Forge["openThread"] = async (thread) => setTimeout(2_000).then(() => one.openThread(thread));
      return { ...one, threads, openThread };
    };
    await Promise.all([1, 2, 3].map(() => bot.pull({ waits: true, forge })));
    expect((await issue(bot)).open).toBe(true);
  });

  it("is found again without the memory, and old comments are not carried out once more", async () => {
    const bot = await applied();
    await made(bot);
    await bot.pull();
    const { number } = await issue(bot);
    await bot.dana.comment(number, "/canon answer PAY-3 out-of-scope");
    await bot.stage.pass(60_000);
    await bot.stage.forge.move("refs/canon/bot", (await bot.stage.forge.head("refs/canon/bot")) ?? "", null);
    expect(await bot.apply()).toMatchObject({ answered: 0 });
    await bot.pull();
    expect(await bot.apply()).toMatchObject({ answered: 0 });
    expect((await issue(bot)).number).toBe(number);
    await bot.stage.pass(60_000);
    await bot.dana.comment(number, "/canon answer PAY-3 out-of-scope");
    expect(await bot.apply()).toMatchObject({ answered: 1 });
  });

  it("says nothing of a ticket where more people can read it, and lets nobody bring its words there", async () => {
    const bot = await applied();
    await bot.stage.setVisibility("public");
    const key = await made(bot, "Acme pays late");
    await bot.atDesk((desk) => desk.label(key, { add: ["canon:add"], remove: [] }));
    await bot.pull();
    const { number, body } = await issue(bot);
    expect([body.includes("Acme"), body.match(/^- \[ \] \*\*\S+\*\*/gm)]).toEqual([false, ["- [ ] **out-of-scope**"]]);
    await bot.dana.comment(number, `/canon answer ${key} add ${SPEC}#refunds`);
    expect(await bot.apply()).toMatchObject({ answered: 0 });
    expect(await bot.said(number)).toEqual([expect.stringContaining("It takes `out-of-scope`.")]);
    expect(await bot.stage.forge.pullRequests({})).toEqual([]);
  });

  it("takes back what waits to be merged once more people could read it", async () => {
    const bot = await applied();
    await made(bot, "Acme pays late");
    await answered(bot, "add");
    await bot.stage.setVisibility("public");
    await bot.pull();
    expect((await bot.stage.forge.pullRequests({})).map(({ state }) => state)).toEqual(["closed"]);
    expect((await issue(bot)).body).not.toContain("Acme");
  });
});

describe("a tracker that does not answer", { timeout: 60_000 }, () => {
  it("ends no question, and no answer", async () => {
    const bot = await applied();
    await made(bot);
    await answered(bot, "add");
    const [request] = await bot.stage.forge.pullRequests({});
    await made(bot, "Money laundering");
    await bot.pull();
    await tick(bot, "out-of-scope");
    const { number, body } = await issue(bot);
    await bot.dana.comment(number, "/canon answer PAY-4 out-of-scope");
    await bot.stage.pass(1_000);
    // What is proposed must be built anew, and cannot be.
    await bot.dana.push("main", [{ path: SPEC, content: (await bot.text(SPEC)).replace("Text of keys", "All about keys") }]);
    await bot.apply({ isDown: true });
    await bot.pull({ isDown: true });
    expect(await issue(bot)).toMatchObject({ open: true, body });
    expect(await bot.said(number)).toEqual([]);
    expect((await bot.stage.forge.pullRequests({})).map(({ state, head }) => [state, head])).toEqual([["open", request?.head]]);
    expect(await bot.apply()).toMatchObject({ answered: 1 });
    expect((await bot.atDesk((desk) => desk.show("PAY-4"))).ticket.labels).toEqual(["canon-ignore"]);
    await bot.dana.merge(request?.number ?? 0);
    await bot.apply({ isDown: true });
    expect((await issue(bot)).body).toContain("waits in");
    await bot.apply();
    expect((await bot.atDesk((desk) => desk.show("PAY-3"))).ticket.base?.address).toBe(`${SPEC}#key-ceremony`);
  });
});

it("is asked again where the pull request was closed before the bot could remember that it had opened it", { timeout: 60_000 }, async () => {
  const bot = await applied();
  await made(bot);
  await bot.pull();
  await tick(bot, "add");
  const names: string[] = [];
  const dying = async (at: number): Promise<void> =>
    expect(bot.apply({ forge: (forge) => crashing(forge, { at, when: "after" }, (name) => void names.push(name)) })).rejects.toThrow(Died);
  // Its answer, its branch, its pull request.
  await dying(3);
  expect(names).toEqual(["commit", "commit", "openPullRequest"]);
  const [request] = await bot.stage.forge.pullRequests({});
  await bot.dana.close(request?.number ?? 0);
  await bot.apply();
  expect((await bot.stage.forge.pullRequests({})).map(({ state }) => state)).toEqual(["closed"]);
  expect((await issue(bot)).body).toMatch(/- \[ \] \*\*add\*\*[^]*was closed without merging/);
});
