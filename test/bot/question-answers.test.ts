/** What each answer to a question of the bot does: to the ticket at once, to a spec by a pull request. */

import { describe, expect, it } from "vitest";
import type { PullRequest } from "../../src/forges/forge.ts";
import { CONFIG, SPEC, type BotStage } from "./bot-stage.ts";
import { answered, applied, issue, issues, made, ON_MOVED, tick } from "./question-stage.ts";

async function request({ stage }: BotStage): Promise<PullRequest> {
  const [only, another] = await stage.forge.pullRequests({ state: "open" });
  if (only === undefined || another !== undefined) throw new Error("not exactly one pull request is open");
  return only;
}

/** Both sides reworded the same paragraph. */
async function inConflict(bot: BotStage): Promise<void> {
  await reword(bot, "Money back.", "Money back within a month.");
  const text = await bot.text(SPEC);
  await bot.dana.push("main", [{ path: SPEC, content: text.replace("Money back.", "Money back within a week.") }]);
}

const words = ({ atDesk }: BotStage): Promise<string> => atDesk(async (desk) => (await desk.show("PAY-1")).ticket.body);

/** Somebody at the tracker. */
async function reword(bot: BotStage, before: string, after: string): Promise<void> {
  const body = await words(bot);
  await bot.atDesk((desk) => desk.edit("PAY-1", { body: body.replace(before, after) }));
}

/** Nothing is asked, planned, proposed or written any more. */
async function expectQuiet(bot: BotStage): Promise<void> {
  expect(await bot.apply()).toMatchObject({ exitCode: 0, applied: 0, answered: 0, waiting: [], markers: null });
  expect(await bot.pull()).toEqual([]);
  expect((await issue(bot)).open).toBe(false);
}

describe("about a ticket that people made", { timeout: 60_000 }, () => {
  it("out-of-scope labels it", async () => {
    const bot = await applied();
    const key = await made(bot);
    await answered(bot, "out-of-scope");
    expect((await bot.atDesk((desk) => desk.show(key))).ticket.labels).toEqual(["canon-ignore"]);
    expect((await issue(bot)).body).toContain(`- ${key}: **out-of-scope**, by a tick, 2026-01-05`);
    await expectQuiet(bot);
  });

  it("add writes its section as a pull request, and its ticket is linked once that is merged", async () => {
    const bot = await applied();
    const key = await made(bot);
    await answered(bot, "add");
    const { number, head, title, body } = await request(bot);
    expect(title).toBe("Canon: 1 answer to its questions");
    expect(body).toContain("Key ceremony");
    expect(await bot.text(SPEC, head.branch)).toContain(`### Key ceremony\n<!-- canon:ticket:local:${key} -->`);
    expect((await bot.atDesk((desk) => desk.show(key))).ticket.base).toBe(null);
    expect((await issue(bot)).body).toContain(`waits in #${number}`);
    // While it waits it is not asked again.
    await bot.pull();
    expect((await issue(bot)).body).not.toContain("- [ ]");
    expect((await request(bot)).head).toEqual(head);
    await bot.dana.merge(number);
    await bot.apply();
    expect((await bot.atDesk((desk) => desk.show(key))).ticket.base?.address).toBe(`${SPEC}#key-ceremony`);
    await bot.pull();
    expect((await issue(bot)).body).toContain(`**add**, by a tick, 2026-01-05 (#${number})`);
    await expectQuiet(bot);
  });

  it("a closed pull request is no answer: it is asked again", async () => {
    const bot = await applied();
    await made(bot);
    await answered(bot, "add");
    const { number } = await request(bot);
    await bot.dana.close(number);
    await bot.pull();
    const { body, open } = await issue(bot);
    expect([open, body.includes("- [ ] **add**"), body.includes(`#${number} (**add**) was closed without merging.`)]).toEqual([true, true, true]);
    expect(await bot.stage.forge.pullRequests({ state: "open" })).toEqual([]);
    await answered(bot, "out-of-scope");
    await expectQuiet(bot);
  });

  it("labels on it answer as well", async () => {
    const bot = await applied();
    const [one, two] = [await made(bot), await made(bot, "Money laundering")];
    await bot.atDesk((desk) => desk.label(one, { add: ["canon:out-of-scope"], remove: [] }));
    await bot.atDesk((desk) => desk.label(two, { add: ["Canon:add"], remove: [] }));
    await bot.pull();
    expect(await issues(bot)).toEqual([]);
    const { head } = await request(bot);
    expect(await bot.text(SPEC, head.branch)).toContain("### Money laundering\n");
    expect(await bot.text(SPEC, head.branch)).not.toContain("ceremony");
  });
});

describe("about a conflict", { timeout: 60_000 }, () => {
  it("shows both sides; keep-spec writes the ticket", async () => {
    const bot = await applied();
    await inConflict(bot);
    await bot.pull();
    expect((await issue(bot)).body).toMatch(/\*\*1\.\*\* PAY-1 Refunds.*both sides changed[^]*month[^]*week/);
    await answered(bot, "keep-spec");
    expect(await words(bot)).toContain("within a week.");
    await expectQuiet(bot);
  });

  it("keep-tracker proposes the spec, and the next edit on the ticket is its own", async () => {
    const bot = await applied();
    await inConflict(bot);
    await answered(bot, "keep-tracker");
    expect(await words(bot)).toContain("within a month.");
    const { number, head } = await request(bot);
    expect(await bot.text(SPEC, head.branch)).toBe((await bot.text(SPEC)).replace("within a week", "within a month"));
    await bot.dana.merge(number);
    await bot.apply();
    await bot.pull();
    await expectQuiet(bot);
    // Of words the spec decides, so nothing comes of them; that they are asked about would mean that both sides changed them.
    await reword(bot, "a month", "a year");
    await bot.atDesk((desk) => desk.criterion("PAY-1", { kind: "add", text: "a receipt is sent" }));
    expect(await bot.pull()).toMatchObject([{ state: "opened" }]);
    expect((await issue(bot)).open).toBe(false);
  });

  it("a tick means what its reader saw: after another edit it is void", async () => {
    const bot = await applied();
    await inConflict(bot);
    await bot.pull();
    await tick(bot, "keep-spec");
    await reword(bot, "a month", "a decade");
    expect(await bot.apply()).toMatchObject({ answered: 0 });
    expect(await words(bot)).toContain("a decade");
    const { body } = await issue(bot);
    expect([body.includes("- [x]"), body.includes("decade")]).toEqual([false, true]);
  });

  it("two ticked boxes are no answer, and stay", async () => {
    const bot = await applied();
    await inConflict(bot);
    await bot.pull();
    await tick(bot, "keep-spec");
    await tick(bot, "keep-tracker");
    expect(await bot.apply()).toMatchObject({ answered: 0 });
    expect(await words(bot)).toContain("within a month.");
    expect((await issue(bot)).body).toMatch(/- \[x\] \*\*keep-spec[^]*- \[x\] \*\*keep-tracker[^]*Two boxes are ticked/);
  });
});

describe("about a section's own ticket", { timeout: 60_000 }, () => {
  it("recreate makes a new one, and its marker comes back", async () => {
    const bot = await applied();
    await bot.atDesk((desk) => desk.remove("PAY-1"));
    await answered(bot, "recreate");
    expect(await bot.text(SPEC)).toContain("## Refunds\n<!-- canon:ticket:local:PAY-3 -->");
    await expectQuiet(bot);
  });

  it("skip takes the section out by a pull request", async () => {
    const bot = await applied();
    await bot.atDesk((desk) => desk.remove("PAY-1"));
    await answered(bot, "skip");
    const { number, head } = await request(bot);
    expect(await bot.text(SPEC, head.branch)).toMatch(/## Refunds\n(?:<!--.*-->\n)*<!-- canon:skip -->/);
    await bot.dana.merge(number);
    await bot.pull();
    await expectQuiet(bot);
  });

  it("open-again gives a cancelled one its status back", async () => {
    const bot = await applied();
    await bot.atDesk((desk) => desk.close("PAY-2", "canceled"));
    await answered(bot, "open-again");
    expect((await bot.atDesk((desk) => desk.show("PAY-2"))).ticket.category).toBe("open");
    await expectQuiet(bot);
  });

  it("deprecated says so in the spec", async () => {
    const bot = await applied();
    await bot.atDesk((desk) => desk.close("PAY-2", "canceled"));
    await answered(bot, "deprecated");
    const { number, head } = await request(bot);
    expect(await bot.text(SPEC, head.branch)).toContain("<!-- canon:system:keys status:deprecated -->");
    await bot.dana.merge(number);
    await bot.apply();
    await bot.pull();
    await expectQuiet(bot);
  });
});

describe("about an orphan", { timeout: 60_000 }, () => {
  it.for([
    ["close", "done", true],
    ["forget", "open", true],
  ] as const)("%s writes a tombstone, and the ticket follows once it is merged", async ([word, category, released]) => {
    const bot = await applied();
    // The next run that writes notes that markers have arrived: before that the section may stand on another branch.
    const edited = (await bot.text(SPEC)).replace("Money back", "All money back");
    await bot.dana.push("main", [
      { path: "canon.config.yaml", content: ON_MOVED },
      { path: SPEC, content: edited },
    ]);
    expect(await bot.apply()).toMatchObject({ applied: 1, markers: null });
    await bot.dana.push("main", [{ path: "canon.config.yaml", content: CONFIG }]);
    const before = (await bot.text(SPEC)).replace(/\n## Keys[^]*$/, "");
    await bot.dana.push("main", [{ path: SPEC, content: before }]);
    await answered(bot, word);
    const { number, head } = await request(bot);
    expect(await bot.text(SPEC, head.branch)).toBe(`${before.trimEnd()}\n\n<!-- canon:removed:local:PAY-2 ${word} -->\n`);
    await bot.dana.merge(number);
    expect(await bot.apply()).toMatchObject({ exitCode: 0, applied: 1, waiting: [] });
    const { ticket } = await bot.atDesk((desk) => desk.show("PAY-2"));
    expect([ticket.category === "open" ? "open" : "done", ticket.base?.released]).toEqual([category, released]);
    await bot.pull();
    await expectQuiet(bot);
  });
});

it("several answers that change specs share one pull request, also when they come one after the other", { timeout: 60_000 }, async () => {
  const bot = await applied();
  await made(bot);
  await answered(bot, "add");
  const first = await request(bot);
  await bot.atDesk((desk) => desk.close("PAY-2", "canceled"));
  await answered(bot, "deprecated");
  const second = await request(bot);
  expect([second.number, second.title]).toEqual([first.number, "Canon: 2 answers to its questions"]);
  const text = await bot.text(SPEC, second.head.branch);
  expect([text.includes("### Key ceremony"), text.includes("status:deprecated")]).toEqual([true, true]);
  expect(await bot.stage.forge.commits(first.head.commit, second.head.commit)).toHaveLength(1);
  await bot.dana.merge(second.number);
  await bot.apply();
  await bot.pull();
  await expectQuiet(bot);
});
