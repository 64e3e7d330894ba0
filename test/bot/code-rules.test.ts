/** The rules of merged code: whose word counts, which way a status moves, and what people took away stays away. */

import { describe, expect, it } from "vitest";
import { CONFIG, SPEC } from "./bot-stage.ts";
import { CODE, codeStage, KEYS, linksOf, openCode, PLAIN, realizedLines, REFUNDS, standing, statusOf } from "./code-stage.ts";

const IMPLEMENTS = { body: `Canon-Section: ${KEYS}` };

describe("whose word counts", { timeout: 60_000 }, () => {
  it("a fork's pull request is not linked while it is open; what was merged says what it implements", async () => {
    const bot = await codeStage();
    const mallory = await bot.stage.person("mallory", "read");
    const named = { title: "Fixes PAY-1", body: `Canon-Section: ${REFUNDS}` };
    const one = await mallory.openFromFork({ ...named, branch: "pay-1", files: [{ path: CODE, content: "x\n" }] });
    const two = await mallory.openFromFork({ title: "Words", branch: "words", files: [{ path: "src/two.ts", content: "x\n" }] });
    await bot.plan(one);
    expect(await bot.apply()).toMatchObject({ realized: [], linked: [] });
    expect([await bot.said(one), await linksOf(bot, "PAY-1")]).toEqual([[], []]);
    await bot.dana.merge(two);
    // Too late: nobody who merged it has read that.
    await mallory.edit(two, { title: "Fixes PAY-2", body: `Canon-Section: ${KEYS}` });
    expect(await bot.apply()).toMatchObject({ realized: [], linked: [], markers: null });
    // The commit that merges it says so, and somebody with write permission made that.
    await bot.dana.merge(one);
    expect(await bot.apply()).toMatchObject({ realized: [{ number: one, addresses: [REFUNDS] }], linked: [{ number: one, keys: ["PAY-1"] }] });
  });

  it("nothing is said, linked or marked before bot.enabled stands on the default branch", async () => {
    const bot = await codeStage({ words: "enabled: false" });
    const number = await openCode(bot, { ...IMPLEMENTS, title: "Fixes PAY-2" });
    await bot.plan(number);
    await bot.apply();
    await bot.dana.merge(number);
    expect(await bot.apply()).toMatchObject({ realized: [], linked: [], markers: null });
    expect([await bot.said(number), await realizedLines(bot), await linksOf(bot, "PAY-2")]).toEqual([[], [], []]);
  });

  it("what only shows a trailer names nothing, and what was closed implements nothing", async () => {
    const bot = await codeStage();
    const shown = await openCode(bot, { branch: "one", body: `Write it like this:\n\n\`\`\`\nCanon-Section: ${KEYS}\n\`\`\`\n\n> closes PAY-2` });
    const closed = await openCode(bot, { branch: "two", ...IMPLEMENTS });
    await bot.dana.merge(shown);
    await bot.dana.close(closed);
    expect(await bot.apply()).toMatchObject({ realized: [], linked: [], markers: null });
  });
});

describe("a section that is not there", { timeout: 60_000 }, () => {
  it("is told on the pull request with the nearest one, and not any more once it is put right", async () => {
    const bot = await codeStage();
    const number = await openCode(bot, { body: `Canon-Section: specs/payment.md#key\nCanon-Section: ${KEYS}` });
    await bot.plan(number);
    const [first] = await bot.said(number);
    expect(first).toContain(`- \`Canon-Section:\` \`specs/payment.md#key\` is no section of these specs. Did you mean \`${KEYS}\`?`);
    expect(first).toContain(`Merging this marks \`${KEYS}\``);
    const { head } = await bot.stage.forge.pullRequest(number);
    expect(await bot.stage.checks(head.commit)).toMatchObject([{ conclusion: "neutral" }]);
    await bot.dana.edit(number, IMPLEMENTS);
    await bot.plan(number);
    expect(await bot.said(number)).toEqual([expect.not.stringContaining("is no section")]);
    expect(await bot.stage.checks(head.commit)).toMatchObject([{ conclusion: "success" }]);
  });

  it("because it was taken away before the merge, is marked nowhere", async () => {
    const bot = await codeStage();
    const number = await openCode(bot, IMPLEMENTS);
    await bot.dana.push("main", [{ path: SPEC, content: (await bot.text(SPEC)).replace(/## Keys[^]*/, "") }]);
    await bot.dana.merge(number);
    expect(await bot.apply()).toMatchObject({ exitCode: 0, realized: [], markers: null });
  });
});

describe("a status", { timeout: 60_000 }, () => {
  it.for([
    ["draft", "in_progress"],
    ["todo", "in_progress"],
    ["in_progress", "in_progress"],
    ["blocked", "blocked"],
    ["done", "done"],
    ["deprecated", "deprecated"],
  ] as const)("that is %s is %s after the merge", async ([before, after]) => {
    const bot = await codeStage();
    await bot.dana.push("main", [{ path: SPEC, content: (await bot.text(SPEC)).replace(/(system:keys status:)\w+/, `$1${before}`) }]);
    const number = await openCode(bot, IMPLEMENTS);
    await bot.dana.merge(number);
    await bot.apply();
    expect(await bot.text(SPEC)).toContain(`<!-- canon:system:keys status:${after} -->\n<!-- canon:realized-in:PR#${number} ${CODE} -->\n`);
  });

  it("follows the ticket where that moved: closing words close it on many hosts", async () => {
    const bot = await codeStage();
    await bot.dana.merge(await openCode(bot, { title: "Fixes PAY-2" }));
    await bot.atDesk((desk) => desk.close("PAY-2"));
    await bot.apply();
    expect(await bot.text(SPEC)).toContain(`<!-- canon:system:keys status:draft -->\n<!-- canon:realized-in:PR#1 ${CODE} -->\n`);
    await bot.apply();
    await bot.stage.pass(86_400_000);
    expect(await bot.pull()).toMatchObject([{ state: "opened" }]);
    const [proposed] = await bot.stage.forge.pullRequests({ state: "open" });
    expect(await bot.text(SPEC, proposed?.head.branch)).toContain("<!-- canon:system:keys status:done -->");
  });

  it("that the tracker owns is left to it", async () => {
    const bot = await codeStage();
    const owned = CONFIG.replace("settle: 0s", "settle: 0s, fields: { status: tracker }");
    await bot.dana.push("main", [{ path: "canon.config.yaml", content: owned }]);
    await bot.dana.merge(await openCode(bot, IMPLEMENTS));
    await bot.apply();
    expect(await bot.text(SPEC)).toContain(`<!-- canon:system:keys status:draft -->\n<!-- canon:realized-in:PR#1 ${CODE} -->\n`);
  });

  it("that a person sets behind the bot's back is nobody's review", async () => {
    const bot = await codeStage();
    await bot.dana.merge(await openCode(bot, IMPLEMENTS));
    await bot.apply();
    await bot.dana.push("main", [{ path: SPEC, content: (await bot.text(SPEC)).replace("status:in_progress", "status:done") }]);
    expect(await bot.apply()).toMatchObject({ applied: 0, waiting: [{ address: KEYS }] });
    expect(await statusOf(bot, "PAY-2")).toBe("Backlog");
  });

  it("of a section without a ticket is left alone, and the code marked", async () => {
    const bot = await codeStage();
    const files = [{ path: SPEC, content: `${await bot.text(SPEC)}\n## Later\n<!-- canon:realized-in:PR#1 old.ts -->\n` }];
    await bot.dana.push("main", files);
    const number = await openCode(bot, { body: `Canon-Section: ${SPEC}#later` });
    await bot.dana.merge(number);
    await bot.apply();
    expect(await bot.text(SPEC)).toContain(`## Later\n<!-- canon:realized-in:PR#1 old.ts -->\n<!-- canon:realized-in:PR#${number} ${CODE} -->\n`);
  });
});

describe("files", { timeout: 60_000 }, () => {
  it("are those that are no specs and still there; many are named by their folders", async () => {
    const bot = await codeStage();
    const many = Array.from({ length: 12 }, (_, index) => ({ path: `src/pay/f${index}.ts`, content: "x\n" }));
    await bot.dana.push("main", [{ path: "old.ts", content: "x\n" }]);
    const number = await openCode(bot, { ...IMPLEMENTS, files: [...many, { path: "test/pay.ts", content: "x\n" }, { path: "old.ts", content: null }] });
    await bot.dana.merge(number, "squash");
    await bot.apply();
    expect(await realizedLines(bot)).toEqual([`<!-- canon:realized-in:PR#${number} src/pay/ -->`, `<!-- canon:realized-in:PR#${number} test/pay.ts -->`]);
  });

  it("of a pull request that changes specs alone are none: it implements nothing", async () => {
    const bot = await codeStage();
    const number = await openCode(bot, { ...IMPLEMENTS, files: [{ path: SPEC, content: `${await bot.text(SPEC)}\nMore.\n` }] });
    await bot.plan(number);
    expect((await bot.said(number)).join()).not.toContain("Merging this marks");
    await bot.dana.merge(number);
    expect(await bot.apply()).toMatchObject({ realized: [] });
    expect(await realizedLines(bot)).toEqual([]);
  });

  it("are written into a spec with CRLF in its own line ends, and nothing else of it changes", async () => {
    const bot = await codeStage({ spec: PLAIN.replaceAll("\n", "\r\n") });
    const before = await bot.text(SPEC);
    const number = await openCode(bot, IMPLEMENTS);
    await bot.dana.merge(number);
    await bot.apply();
    const line = `<!-- canon:realized-in:PR#${number} ${CODE} -->\r\n`;
    expect(await bot.text(SPEC)).toBe(before.replace(/(system:keys status:)draft -->\r\n/, `$1in_progress -->\r\n${line}`));
  });
});

describe("what people take away", { timeout: 60_000 }, () => {
  it("stays away: a revert takes nothing back, and a marker that is gone does not return", async () => {
    const bot = await codeStage();
    const number = await openCode(bot, IMPLEMENTS);
    await bot.dana.merge(number);
    await bot.apply();
    await bot.apply();
    const revert = await openCode(bot, { branch: "revert-1", title: 'Revert "Fixes PAY-2"', files: [{ path: CODE, content: null }] });
    await bot.dana.merge(revert);
    expect(await bot.apply()).toMatchObject({ realized: [], markers: null });
    expect(await realizedLines(bot)).toHaveLength(1);
    await bot.dana.push("main", [{ path: SPEC, content: (await bot.text(SPEC)).replace(/<!-- canon:realized-in.*\n/, "") }]);
    await bot.dana.comment(number, "Out again.");
    expect(await bot.apply()).toMatchObject({ realized: [], markers: null });
    expect(await realizedLines(bot)).toEqual([]);
  });

  it("stays away although the memory was lost, and nothing is done twice", async () => {
    const bot = await codeStage();
    const number = await openCode(bot, { ...IMPLEMENTS, title: "PAY-2" });
    await bot.dana.merge(number);
    await bot.apply();
    await bot.apply();
    const lose = async (): Promise<void> => {
      const head = await bot.stage.forge.head("refs/canon/bot");
      if (head !== null) await bot.stage.forge.move("refs/canon/bot", head, null);
    };
    await lose();
    expect(await bot.apply()).toMatchObject({ applied: 0, waiting: [], markers: null });
    expect([await realizedLines(bot), await linksOf(bot, "PAY-2")]).toEqual([[expect.any(String)], [expect.any(String)]]);
    await bot.dana.push("main", [{ path: SPEC, content: (await bot.text(SPEC)).replace(/<!-- canon:realized-in.*\n/, "") }]);
    await lose();
    expect(await bot.apply()).toMatchObject({ markers: null });
    expect(await realizedLines(bot)).toEqual([]);
  });
});

it("is silent in a quiet world, also with an open pull request that is linked and renamed", async () => {
  const bot = await codeStage();
  const number = await openCode(bot, { title: "PAY-2" });
  await openCode(bot, { branch: "other", title: "Nothing named" });
  await bot.apply();
  await bot.dana.edit(number, { title: "PAY-2, better said" });
  expect(await bot.apply()).toMatchObject({ linked: [{ number, keys: ["PAY-2"] }] });
  expect(await linksOf(bot, "PAY-2")).toHaveLength(1);
  const before = await standing(bot);
  expect(await bot.apply()).toMatchObject({ linked: [], realized: [], markers: null, applied: 0 });
  expect(await standing(bot)).toEqual(before);
});
