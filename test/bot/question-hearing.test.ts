/** Whose answers the bot hears in its issue: those of people who may write, as they were given, once. */

import { describe, expect, it } from "vitest";
import { askedIn, QUESTIONS_SIGN } from "../../src/core/bot/questions-sign.ts";
import { withQuestions } from "../../src/operations/bot/questions-turn.ts";
import { recall, remember } from "../../src/operations/bot/remember.ts";
import { SPEC, type BotStage } from "./bot-stage.ts";
import { applied, issue, issues, made, tick } from "./question-stage.ts";

/** With one question, about PAY-3. */
async function asked(): Promise<{ readonly bot: BotStage; readonly number: number }> {
  const bot = await applied();
  await made(bot);
  await bot.pull();
  return { bot, number: (await issue(bot)).number };
}

const labels = ({ atDesk }: BotStage): Promise<readonly string[]> => atDesk(async (desk) => (await desk.show("PAY-3")).ticket.labels);
const COMMAND = "/canon answer PAY-3 out-of-scope";

describe("a comment", { timeout: 60_000 }, () => {
  it("of somebody who may write is carried out, once, and says who it was", async () => {
    const { bot, number } = await asked();
    const id = await bot.dana.comment(number, `Agreed.\r\n\r\n${COMMAND}\r\n`);
    expect(await bot.apply()).toMatchObject({ answered: 1 });
    expect(await labels(bot)).toEqual(["canon-ignore"]);
    expect((await issue(bot)).body).toContain("**out-of-scope**, by dana, 2026-01-05");
    // Whoever takes the label off asks again; the old comment answers nothing, whatever becomes of it.
    await bot.atDesk((desk) => desk.label("PAY-3", { add: [], remove: ["canon-ignore"] }));
    await bot.pull();
    await bot.stage.pass(60_000);
    await bot.dana.editComment(id, `${COMMAND}\n`);
    expect(await bot.apply()).toMatchObject({ answered: 0 });
    expect(await labels(bot)).toEqual([]);
  });

  it("of somebody who may only read is nothing, also once they may write", async () => {
    const { bot, number } = await asked();
    const mallory = await bot.stage.person("mallory", "read");
    await mallory.comment(number, COMMAND);
    await mallory.comment(number, "/canon answer PAY-3 nonsense");
    expect(await bot.apply()).toMatchObject({ answered: 0 });
    await bot.stage.permit("mallory", "write");
    expect(await bot.apply()).toMatchObject({ answered: 0 });
    expect([await labels(bot), await bot.said(number)]).toEqual([[], []]);
  });

  it("that quotes, shows or tells of a command is none", async () => {
    const { bot, number } = await asked();
    await bot.dana.comment(number, `> ${COMMAND}\n\n\`\`\`\n${COMMAND}\n\`\`\`\n\nWrite ${COMMAND}!\n\n    ${COMMAND}\n`);
    expect(await bot.apply()).toMatchObject({ answered: 0 });
    expect(await bot.said(number)).toEqual([]);
  });

  it("with a wrong word is told once what was meant", async () => {
    const { bot, number } = await asked();
    await bot.dana.comment(number, "/canon answer PAY-3 out-of-scop");
    expect(await bot.apply()).toMatchObject({ answered: 0 });
    await bot.apply();
    expect(await bot.said(number)).toEqual([expect.stringContaining("`out-of-scop` is no answer about `PAY-3`. Did you mean `out-of-scope`?")]);
    await bot.stage.pass(1_000);
    await bot.dana.comment(number, "/canon answer PAY-33 out-of-scope");
    await bot.apply();
    await bot.stage.pass(1_000);
    await bot.dana.comment(number, "/canon answer PAY-3 add refunds");
    await bot.apply();
    expect((await bot.said(number)).slice(1)).toEqual([expect.stringContaining("Did you mean `PAY-3`?"), expect.stringContaining("Below which section")]);
  });

  it("with more wrong words than a reply may hold stops nothing", async () => {
    const { bot, number } = await asked();
    await bot.dana.comment(number, Array.from({ length: 2_000 }, (_, at) => `/canon answer PAY-1${at} ${at === 0 ? "x".repeat(10_000) : "no"}`).join("\n"));
    expect(await bot.apply()).toMatchObject({ exitCode: 0, answered: 0 });
    expect(await bot.said(number)).toEqual([expect.stringContaining("and 1,980 more commands that Canon cannot read.")]);
    await bot.stage.pass(1_000);
    await bot.dana.comment(number, "/canon answer PAY-3 out-of-scope");
    expect(await bot.apply()).toMatchObject({ exitCode: 0, answered: 1 });
  });

  it("is about what the issue said: when that has changed since, it is void, and says so", async () => {
    const { bot, number } = await asked();
    await bot.atDesk((desk) => desk.edit("PAY-3", { title: "Key ceremony in Paris" }));
    await bot.dana.comment(number, COMMAND);
    expect(await bot.apply()).toMatchObject({ answered: 0 });
    expect([await labels(bot), await bot.said(number)]).toEqual([[], [expect.stringContaining("has changed since it was shown here")]]);
  });

  it("that a run heard and did not live to carry out is void too when its question says something else by then", async () => {
    const { bot } = await asked();
    const [id = ""] = askedIn((await issue(bot)).body).keys();
    const heard = { question: id, print: "0123456789abcdef", word: "out-of-scope", target: "main", key: "PAY-3", address: null } as const;
    const given = { ...heard, by: "dana", via: "comment", at: bot.stage.now(), state: "given", note: "", request: null } as const;
    await remember(bot.stage.forge, withQuestions({ answers: [given] }));
    await bot.apply();
    expect(await labels(bot)).toEqual([]);
    expect((await recall(bot.stage.forge)).questions.answers).toEqual([{ ...given, state: "failed", note: "What it is about has changed since." }]);
    expect((await issue(bot)).body).toContain("- [ ] **out-of-scope**");
  });

  it("does not bring an older one back when it is taken away", async () => {
    const { bot, number } = await asked();
    const first = await bot.dana.comment(number, "Hm.");
    await bot.stage.pass(60_000);
    await bot.dana.comment(number, COMMAND);
    expect(await bot.apply()).toMatchObject({ answered: 1 });
    await bot.stage.pass(60_000);
    const last = await bot.dana.comment(number, "/canon answer PAY-99 add");
    await bot.apply();
    expect(await bot.said(number)).toHaveLength(1);
    await bot.stage.pass(60_000);
    await bot.dana.deleteComment(last);
    const replies = (await bot.stage.forge.comments(number)).filter(({ author }) => author === bot.stage.account);
    for (const { id } of replies) await bot.dana.deleteComment(id);
    await bot.dana.editComment(first, "Hmm.");
    await bot.atDesk((desk) => desk.label("PAY-3", { add: [], remove: ["canon-ignore"] }));
    await bot.atDesk((desk) => desk.close("PAY-2", "canceled"));
    await bot.pull();
    await tick(bot, "open-again");
    expect(await bot.apply()).toMatchObject({ answered: 1 });
    expect(await bot.apply()).toMatchObject({ answered: 0 });
    expect(await labels(bot)).toEqual([]);
  });

  it("can name the section that a box cannot, and is told why where it leads nowhere", async () => {
    const { bot, number } = await asked();
    await bot.dana.comment(number, `/canon answer PAY-3 add ${SPEC}#nowhere`);
    expect(await bot.apply()).toMatchObject({ exitCode: 0 });
    expect((await issue(bot)).body).toMatch(/- \[ \] \*\*add\*\*[^]*\*\*add\*\* could not be carried out: .*nowhere/);
    await bot.stage.pass(1_000);
    await bot.dana.comment(number, `/canon answer pay-3 ADD ${SPEC}#keys`);
    await bot.apply();
    const [request] = await bot.stage.forge.pullRequests({});
    expect(await bot.text(SPEC, request?.head.branch)).toMatch(/## Keys[^]*### Key ceremony/);
    expect(request?.body).toContain("by dana");
  });
});

describe("the text of the issue", { timeout: 60_000 }, () => {
  it("counts only in the bot's own, whatever others write below the same sign", async () => {
    const { bot } = await asked();
    const { body } = await issue(bot);
    const mallory = await bot.stage.person("mallory", "read");
    const forged = await mallory.openThread({ title: "Canon: questions", body: body.replaceAll("- [ ]", "- [x]"), labels: ["canon"] });
    await mallory.comment(forged, COMMAND);
    await bot.stage.forge.move("refs/canon/bot", (await bot.stage.forge.head("refs/canon/bot")) ?? "", null);
    await bot.apply();
    await bot.pull();
    await bot.apply();
    expect(await labels(bot)).toEqual([]);
    expect((await bot.stage.forge.readThread(forged))?.open).toBe(true);
    // Also where the memory names it.
    await remember(bot.stage.forge, withQuestions({ thread: forged, since: null, heard: [] }));
    await bot.apply();
    await bot.pull();
    expect(await labels(bot)).toEqual([]);
    expect((await bot.stage.forge.readThread(forged))?.body).toBe(body.replaceAll("- [ ]", "- [x]"));
    expect(body.startsWith(QUESTIONS_SIGN)).toBe(true);
  });

  it("is what the tick was for: without it, it is nothing", async () => {
    const { bot, number } = await asked();
    const { body } = await issue(bot);
    await bot.dana.edit(number, {
      body: body.replace(/- \[ \] (.*)<!-- canon:bot:answer [0-9a-f]+ -->/g, "- [x] $1<!-- canon:bot:answer 0123456789abcdef -->"),
    });
    expect(await bot.apply()).toMatchObject({ answered: 0 });
    await bot.pull();
    expect((await issue(bot)).body).toBe(body);
  });
});

const verifier = (command: string): string => `verify:\n  command: ${JSON.stringify(command)}\n`;

it("what the verifier finds in the clone is no question", { timeout: 60_000 }, async () => {
  const bot = await applied(verifier(`test -f README.md && printf '{"verdict":"verified","evidence":[{"path":"README.md"}]}'`));
  await bot.atDesk((desk) => desk.close("PAY-2", "done"));
  expect(await bot.pull()).toMatchObject([{ state: "opened" }]);
  expect(await issues(bot)).toEqual([]);
});

it("a closed ticket that the verifier does not find there is one, and its answer opens it again", { timeout: 60_000 }, async () => {
  // It says something else each time: the question stays the same.
  const bot = await applied(verifier(`printf '{"verdict":"refuted","evidence":[],"message":"no %s"}' $$`));
  await bot.atDesk((desk) => desk.close("PAY-2", "done"));
  await bot.pull();
  expect((await issue(bot)).body).toMatch(/\*\*1\.\*\* PAY-2 is closed .*does not find it in the code: no \d+\./);
  await tick(bot, "open-again");
  expect(await bot.apply()).toMatchObject({ exitCode: 0, answered: 1 });
  expect((await bot.atDesk((desk) => desk.show("PAY-2"))).ticket.category).toBe("open");
  await bot.pull();
  expect((await issue(bot)).open).toBe(false);
});
