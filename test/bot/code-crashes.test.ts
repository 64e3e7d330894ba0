/** A run that marks merged code dies at each of its writes, or meets another run, or people who do not want it: nothing is lost, and nothing said or done twice. */

import { describe, expect, it } from "vitest";
import { SPEC, type BotStage, type RunOptions } from "./bot-stage.ts";
import { CODE, codeStage, KEYS, linksOf, openCode, realizedLines, REFUNDS, standing, statusOf } from "./code-stage.ts";
import { crashing, Died, type Crash } from "./crashing-forge.ts";

const BY_REQUEST = { words: "enabled: true, markers: pull-request" };

async function merged(options: Parameters<typeof codeStage>[0] = {}): Promise<BotStage> {
  const bot = await codeStage(options);
  const number = await openCode(bot, { body: `Canon-Section: ${KEYS}\nCanon-Section: ${REFUNDS}` });
  await bot.plan(number);
  await bot.apply();
  await bot.dana.merge(number);
  return bot;
}

/** Until the bot has nothing left to do; the pull request with markers is merged on the way. */
async function settled(bot: BotStage): Promise<void> {
  await bot.apply();
  const open = await bot.stage.forge.pullRequests({ state: "open" });
  expect(open.length).toBeLessThanOrEqual(1);
  for (const { number } of open) {
    await bot.dana.merge(number);
    await bot.apply();
  }
  expect(await bot.apply()).toMatchObject({ exitCode: 0, waiting: [] });
  const before = await standing(bot);
  expect(await bot.apply()).toMatchObject({ exitCode: 0, applied: 0, waiting: [], markers: null, linked: [], realized: [] });
  expect(await standing(bot)).toEqual(before);
  const line = `<!-- canon:realized-in:PR#1 ${CODE} -->`;
  expect(await realizedLines(bot)).toEqual([line, line]);
  expect([await statusOf(bot, "PAY-1"), await statusOf(bot, "PAY-2")]).toEqual(["In Progress", "In Progress"]);
  expect([await linksOf(bot, "PAY-1"), await linksOf(bot, "PAY-2")]).toEqual([[expect.any(String)], [expect.any(String)]]);
  expect(await bot.said(1)).toEqual([expect.stringContaining(`Merged: \`${KEYS}\`, \`${REFUNDS}\` are marked as realized (PR#1)`)]);
}

/** Dies once, at each write of a calm run; `prepare` is done anew for each. */
async function atEachWrite(prepare: () => Promise<BotStage>, run: (bot: BotStage, options: RunOptions) => Promise<unknown>, least: number): Promise<void> {
  const dying = (crash: Crash, seen: (name: string) => void = () => undefined): RunOptions => ({ forge: (forge) => crashing(forge, crash, seen) });
  const names: string[] = [];
  const calm = await prepare();
  await run(
    calm,
    dying({ at: 0, when: "before" }, (name) => void names.push(name)),
  );
  expect(names.length).toBeGreaterThanOrEqual(least);
  for (const [index, name] of names.entries()) {
    // Before a request is after the one before it.
    const bot = await prepare();
    await expect(run(bot, dying({ at: index + 1, when: "after" })), `after ${name}`).rejects.toThrow(Died);
    await settled(bot);
  }
}

describe("a crash at any write", { timeout: 300_000 }, () => {
  it("while code is marked", () => atEachWrite(merged, (bot, options) => bot.apply(options), 4));

  it("while its markers are proposed", () =>
    atEachWrite(
      () => merged(BY_REQUEST),
      (bot, options) => bot.apply(options),
      5,
    ));

  it("while the ticket hears of the status", () =>
    atEachWrite(
      async () => {
        const bot = await merged();
        await bot.apply();
        return bot;
      },
      (bot, options) => bot.apply(options),
      1,
    ));
});

it("two runs at once mark it once", { timeout: 60_000 }, async () => {
  for (const words of ["enabled: true", BY_REQUEST.words]) {
    const bot = await merged({ words });
    await Promise.allSettled([1, 2].map(() => bot.apply()));
    await settled(bot);
  }
});

describe("markers in a pull request", { timeout: 60_000 }, () => {
  it("are said to wait, and are not proposed again once somebody closed it, whatever else its spec says by then", async () => {
    const bot = await merged(BY_REQUEST);
    expect(await bot.apply()).toMatchObject({ markers: { state: "proposed", pullRequest: 2 } });
    expect((await bot.said(1)).join()).toMatch(/are marked as realized \(PR#1\) once \S+ is merged\./);
    const before = await standing(bot);
    expect(await bot.apply()).toMatchObject({ markers: { state: "proposed", pullRequest: 2 }, applied: 0 });
    expect(await standing(bot)).toEqual(before);
    await bot.dana.close(2);
    await bot.dana.push("main", [{ path: SPEC, content: (await bot.text(SPEC)).replace("Text.", "Other text.") }]);
    expect(await bot.apply()).toMatchObject({ markers: null, realized: [] });
    expect(await bot.apply()).toMatchObject({ markers: null, realized: [] });
    expect(await bot.stage.forge.pullRequests({ state: "open" })).toEqual([]);
    expect(await realizedLines(bot)).toEqual([]);
    expect(await statusOf(bot, "PAY-2")).toBe("Backlog");
  });

  it("follow what is merged meanwhile, and never go over a person's commit", async () => {
    const bot = await merged(BY_REQUEST);
    await bot.apply();
    const other = await openCode(bot, { branch: "other", title: "Fixes PAY-2", files: [{ path: "src/other.ts", content: "x\n" }] });
    await bot.dana.merge(other);
    await bot.apply();
    expect(await bot.text(SPEC, "canon/markers")).toContain(`PR#${other} src/other.ts`);
    const head = await bot.dana.push("canon/markers", [{ path: "NOTES.md", content: "Mine.\n" }]);
    const third = await openCode(bot, { branch: "third", title: "Fixes PAY-1", files: [{ path: "src/third.ts", content: "x\n" }] });
    await bot.dana.merge(third);
    expect(await bot.apply()).toMatchObject({ markers: { state: "later" } });
    expect(await bot.stage.forge.head("refs/heads/canon/markers")).toBe(head);
    await bot.dana.merge(2);
    await bot.apply();
    const [again] = await bot.stage.forge.pullRequests({ state: "open" });
    expect(again?.head.branch).toBe("canon/markers");
    await bot.dana.merge(again?.number ?? 0);
    await bot.apply();
    const lines = await realizedLines(bot);
    expect(lines.map((line) => /PR#\d+ \S+/.exec(line)?.[0])).toEqual([`PR#1 ${CODE}`, `PR#${third} src/third.ts`, `PR#1 ${CODE}`, `PR#${other} src/other.ts`]);
  });

  it("are declined too where somebody worked on them before closing them", async () => {
    const bot = await merged(BY_REQUEST);
    await bot.apply();
    await bot.dana.push("canon/markers", [{ path: SPEC, content: (await bot.text(SPEC, "canon/markers")).replace("Text.", "Mine.") }]);
    expect(await bot.apply()).toMatchObject({ markers: { state: "later" } });
    await bot.dana.close(2);
    const other = await openCode(bot, { branch: "other", title: "Fixes PAY-2", files: [{ path: "src/other.ts", content: "x\n" }] });
    await bot.dana.merge(other);
    expect(await bot.apply()).toMatchObject({ realized: [{ number: other }], markers: { state: "proposed" } });
    const [again] = await bot.stage.forge.pullRequests({ state: "open" });
    const text = await bot.text(SPEC, again?.head.branch);
    expect([text.includes("PR#1 "), text.includes(`PR#${other} `)]).toEqual([false, true]);
  });

  it("come that way where the branch takes no commit", async () => {
    const bot = await merged();
    await bot.stage.protect("main");
    expect(await bot.apply()).toMatchObject({ markers: { state: "proposed" } });
    await settled(bot);
  });
});
