/** What people changed on tickets, as pull requests: one per spec, never twice, never over somebody's work, closed when there is nothing left to propose. */

import { describe, expect, it } from "vitest";
import type { PullRequest } from "../../src/forges/forge.ts";
import { START, ticked } from "../forges/stage.ts";
import { botStage, CONFIG, SPEC, type BotStage } from "./bot-stage.ts";

const APPLY = CONFIG.replace("enabled: true", "enabled: true, on_moved: apply");
const OTHER = "specs/other.md";

/** Specs with tickets and their markers on the default branch. */
async function applied(files: Readonly<Record<string, string>> = {}, config = APPLY): Promise<BotStage> {
  const bot = await botStage({ "canon.config.yaml": config, ...files });
  expect(await bot.apply()).toMatchObject({ exitCode: 0, markers: { state: "committed" } });
  return bot;
}

const add = ({ atDesk }: BotStage, key: string, text: string): Promise<unknown> => atDesk((desk) => desk.criterion(key, { kind: "add", text }));

/** The one that is open. */
async function open({ stage }: BotStage): Promise<PullRequest> {
  const [request, another] = await stage.forge.pullRequests({ state: "open" });
  if (request === undefined || another !== undefined) throw new Error("not exactly one pull request is open");
  return request;
}

const states = async (bot: BotStage): Promise<readonly string[]> => (await bot.pull()).map(({ state, what }) => (state === "left" ? what : state));

describe("a proposal", () => {
  it("is one per spec: what comes later is another commit on it, and nothing new is silence", async () => {
    const bot = await applied();
    await add(bot, "PAY-1", "one");
    expect(await states(bot)).toEqual(["opened"]);
    const first = await open(bot);
    expect(await states(bot)).toEqual(["open-already"]);
    await add(bot, "PAY-1", "two");
    expect(await states(bot)).toEqual(["updated"]);
    const second = await open(bot);
    expect(second.number).toBe(first.number);
    expect((await bot.stage.forge.commits(first.head.commit, second.head.commit)).map(({ parents }) => parents)).toEqual([[first.head.commit]]);
    expect(await bot.text(SPEC, second.head.branch)).toContain("- [ ] one\n- [ ] two\n");
  });

  it("that was declined never returns, also when the memory is lost; a different one may", async () => {
    const bot = await applied();
    await add(bot, "PAY-1", "one");
    await bot.pull();
    const first = await open(bot);
    await bot.dana.close(first.number);
    expect(await states(bot)).toEqual(["declined"]);
    await bot.stage.forge.move("refs/canon/bot", (await bot.stage.forge.head("refs/canon/bot")) ?? "", null);
    expect(await states(bot)).toEqual(["declined"]);
    await add(bot, "PAY-1", "two");
    expect(await states(bot)).toEqual(["opened"]);
    expect((await open(bot)).number).not.toBe(first.number);
  });

  it("that somebody closed with the bot's own account, or another job did, was declined as well", async () => {
    const bot = await applied();
    await add(bot, "PAY-1", "one");
    await bot.pull();
    await (await bot.stage.person(bot.stage.account)).close((await open(bot)).number);
    expect(await states(bot)).toEqual(["declined"]);
    await bot.stage.forge.move("refs/canon/bot", (await bot.stage.forge.head("refs/canon/bot")) ?? "", null);
    expect(await states(bot)).toEqual(["declined"]);
    expect(await bot.stage.forge.pullRequests({ state: "open" })).toEqual([]);
  });

  it("that somebody opens again is open: it is kept up to date, and its tickets take note of its merge", async () => {
    const bot = await applied({}, APPLY.replace("on_moved: apply", "on_moved: apply, notify: { ticket: true }"));
    const told = (): Promise<readonly string[]> => bot.atDesk(async (desk) => (await desk.show("PAY-1")).comments.map(({ text }) => text));
    await add(bot, "PAY-1", "one");
    await bot.pull();
    const { number } = await open(bot);
    await bot.dana.close(number);
    expect(await states(bot)).toEqual(["declined"]);
    await bot.apply();
    expect(await told()).toMatchObject([expect.stringContaining("Declined by dana")]);

    await bot.dana.reopen(number);
    expect(await states(bot)).toEqual(["open-already"]);
    expect(await told()).toMatchObject([expect.stringContaining("It waits to be merged")]);
    await add(bot, "PAY-1", "two");
    expect(await states(bot)).toEqual(["updated"]);
    expect((await open(bot)).number).toBe(number);
    await bot.dana.merge(number);
    await bot.apply();
    expect(await told()).toMatchObject([expect.stringContaining("Merged into the spec by dana")]);
    // Both sides have agreed on it: taking it out of the spec is the spec's own news, and never proposed as the ticket's.
    await bot.dana.push("main", [{ path: SPEC, content: (await bot.text(SPEC)).replace("- [ ] one\n", "") }]);
    expect(await states(bot)).toEqual([]);
  });

  it("is closed when the tickets say again what the spec says", async () => {
    const bot = await applied();
    await add(bot, "PAY-1", "one");
    await bot.pull();
    const { number } = await open(bot);
    await bot.atDesk((desk) => desk.criterion("PAY-1", { kind: "remove", which: "one" }));
    expect(await states(bot)).toEqual(["withdrawn"]);
    expect(await bot.stage.forge.pullRequest(number)).toMatchObject({ state: "closed" });
    expect((await bot.said(number)).join()).toContain("The tickets say again what the spec says");
    await bot.stage.forge.move("refs/canon/bot", (await bot.stage.forge.head("refs/canon/bot")) ?? "", null);
    await add(bot, "PAY-1", "one");
    expect(await states(bot)).toEqual(["opened"]);
  });

  it("for a spec that was renamed is closed with the reason, and comes for the new name", async () => {
    const bot = await applied();
    await add(bot, "PAY-1", "one");
    await bot.pull();
    const { number } = await open(bot);
    await bot.dana.push("main", [
      { path: SPEC, content: null },
      { path: "specs/money.md", content: await bot.text(SPEC) },
    ]);
    await bot.apply();
    expect(await states(bot)).toEqual(["withdrawn", "opened"]);
    expect(await bot.said(number)).toEqual([expect.stringContaining("This spec was renamed or taken away")]);
    expect((await open(bot)).title).toContain("specs/money.md");
    expect(await states(bot)).toEqual(["open-already"]);
  });

  it("is built anew where its spec moved on the default branch, and undoes nothing of it", async () => {
    const bot = await applied();
    await add(bot, "PAY-1", "one");
    await bot.pull();
    const first = await open(bot);
    await bot.dana.push("main", [{ path: "README.md", content: "Other\n" }]);
    expect(await states(bot)).toEqual(["open-already"]);
    const intro = (await bot.text(SPEC)).replace("# Payments\n", "# Payments\n\nAn introduction.\n");
    await bot.dana.push("main", [{ path: SPEC, content: intro }]);
    expect(await states(bot)).toEqual(["updated"]);
    const second = await open(bot);
    expect(second.number).toBe(first.number);
    expect(await bot.text(SPEC, second.head.branch)).toBe(intro.replace("within 14 days\n", "within 14 days\n- [ ] one\n"));
    expect(await bot.stage.forge.mergeResult(second.number)).not.toBe(null);
  });

  it("asks the owner of the spec, and says whose change it brings with no effect of its words", async () => {
    const bot = await applied({ [SPEC]: `---\nowner: olga\n---\n${START[SPEC] ?? ""}` });
    await bot.stage.person("olga");
    await add(bot, "PAY-1", "see @olga <!-- canon:skip --> ```");
    await bot.pull();
    const { number, body, title } = await open(bot);
    expect(await bot.stage.reviewers(number)).toEqual(["olga"]);
    expect(title).toBe("Canon: what changed on 1 ticket, in specs/payments.md");
    expect(body).toContain("(rio, 2026-01-05)");
    const outsideOfCode = body.replace(/(`{3,})diff[^]*?\n\1/g, "");
    expect(outsideOfCode).not.toMatch(/@olga|<!-- canon:skip/);
  });
});

describe("a merged proposal", () => {
  it("is known to its tickets, so that what people change next is theirs alone", async () => {
    const bot = await applied();
    await bot.atDesk((desk) => desk.move("PAY-1", "In Progress"));
    await add(bot, "PAY-1", "one");
    expect(await states(bot)).toEqual(["opened"]);
    await bot.dana.merge((await open(bot)).number);
    expect(await bot.apply()).toMatchObject({ exitCode: 0, applied: 0, waiting: [] });

    await bot.atDesk((desk) => desk.move("PAY-1", "Done"));
    await bot.atDesk((desk) => desk.criterion("PAY-1", { kind: "reword", which: "one", text: "one, in other words" }));
    expect(await states(bot)).toEqual(["opened"]);
    const { head } = await open(bot);
    const text = await bot.text(SPEC, head.branch);
    expect(text).toContain("status:done");
    expect(text).toContain("- [ ] within 14 days\n- [ ] one, in other words\n");
    expect(text).not.toContain("- [ ] one\n");
  });

  it("is known to a ticket also where people went on with another meanwhile", async () => {
    const bot = await applied({ [SPEC]: "# Payments\n\n## Refunds\n\n- [ ] within 14 days\n\n## Keys\n\n- [ ] rotate\n" });
    await add(bot, "PAY-1", "one");
    await add(bot, "PAY-2", "two");
    expect(await states(bot)).toEqual(["opened"]);
    await bot.dana.merge((await open(bot)).number);
    await add(bot, "PAY-2", "three");
    await bot.apply();
    await bot.atDesk((desk) => desk.criterion("PAY-1", { kind: "reword", which: "one", text: "one, in other words" }));
    expect(await states(bot)).toEqual(["opened"]);
    const text = await bot.text(SPEC, (await open(bot)).head.branch);
    expect(text).toContain("- [ ] within 14 days\n- [ ] one, in other words\n");
    expect(text).toContain("- [ ] rotate\n- [ ] two\n- [ ] three\n");
    expect(text).not.toContain("- [ ] one\n");
  });

  it("is written to its tickets once, and to none where it was declined", async () => {
    const bot = await applied();
    await add(bot, "PAY-1", "one");
    await bot.pull();
    const { number } = await open(bot);
    const before = await bot.atDesk((desk) => desk.list());
    await bot.dana.merge(number);
    await bot.apply();
    const after = await bot.atDesk((desk) => desk.list());
    expect(after.map(({ revision }) => revision)).not.toEqual(before.map(({ revision }) => revision));
    expect(after.map(({ body, status }) => [body, status])).toEqual(before.map(({ body, status }) => [body, status]));
    await bot.apply();
    expect(await bot.atDesk((desk) => desk.list())).toEqual(after);
    await add(bot, "PAY-1", "two");
    await bot.pull();
    await bot.dana.close((await open(bot)).number);
    const declined = await bot.atDesk((desk) => desk.list());
    await bot.apply();
    expect(await bot.atDesk((desk) => desk.list())).toEqual(declined);
  });
});

describe("people on the bot's branch", () => {
  it("stop it there, until a ticked box tells it to go on with what they made", async () => {
    const bot = await applied();
    await add(bot, "PAY-1", "one");
    await bot.pull();
    const { head, number } = await open(bot);
    const theirs = (await bot.text(SPEC, head.branch)).replace("# Payments\n", "# Payments\n\nA person's words.\n");
    const commit = await bot.dana.push(head.branch, [{ path: SPEC, content: theirs }]);
    await add(bot, "PAY-1", "two");
    expect(await states(bot)).toEqual(["paused"]);
    expect(await states(bot)).toEqual(["paused"]);
    expect((await open(bot)).head.commit).toBe(commit);
    expect((await open(bot)).body.match(/canon:resume/g)).toHaveLength(1);

    await bot.dana.edit(number, { body: ticked((await open(bot)).body, "Go on") });
    expect(await states(bot)).toEqual(["updated"]);
    const { head: next, body } = await open(bot);
    expect(body).not.toContain("canon:resume");
    expect((await bot.stage.forge.commits(commit, next.commit)).map(({ parents }) => parents)).toEqual([[commit]]);
    expect(await bot.text(SPEC, head.branch)).toContain("A person's words.");
    expect(await bot.text(SPEC, head.branch)).toContain("- [ ] one\n- [ ] two\n");
  });

  it("keep what they committed, also where they amended the bot's own commit", async () => {
    const bot = await applied();
    await add(bot, "PAY-1", "one");
    await bot.pull();
    const { head } = await open(bot);
    const [made] = await bot.stage.forge.commits((await bot.stage.forge.head("refs/heads/main")) ?? "", head.commit);
    const content = (await bot.text(SPEC, head.branch)).replace("one", "one, in words of mine");
    const amended = await bot.dana.push(head.branch, [{ path: SPEC, content }], { onto: made?.parents[0] ?? "", message: made?.message ?? "" });
    await add(bot, "PAY-1", "two");
    expect(await states(bot)).toEqual(["paused"]);
    expect((await open(bot)).head.commit).toBe(amended);
  });

  it("keep a branch of that name", async () => {
    const bot = await applied();
    await add(bot, "PAY-1", "one");
    await bot.pull();
    const { head, number } = await open(bot);
    await bot.dana.push(head.branch, [{ path: "mine.md", content: "mine\n" }]);
    await bot.dana.close(number);
    await add(bot, "PAY-1", "two");
    expect(await states(bot)).toEqual(["opened"]);
    expect((await open(bot)).head.branch).toBe(`${head.branch}-2`);
    expect(await bot.text("mine.md", head.branch)).toBe("mine\n");
  });
});

describe("room", () => {
  it("is for so many at once and so many an hour", async () => {
    const names = ["a", "b", "c", "d"];
    const files = Object.fromEntries(names.map((name) => [`specs/${name}.md`, `# ${name}\n\n## Section ${name}\n`]));
    const bot = await applied({ ...files, [SPEC]: "# Payments\n" }, APPLY.replace("on_moved", "limits: { open: 3 }, on_moved"));
    for (const ticket of await bot.atDesk((desk) => desk.list())) await add(bot, ticket.key, "one");
    expect(await states(bot)).toEqual(["opened", "opened", "too-many-now", "too-many-now"]);
    await bot.stage.pass(3_600_001);
    expect(await states(bot)).toEqual(["open-already", "open-already", "opened", "too-many-open"]);
  });

  it("is once a day for statuses alone, all in one", async () => {
    const bot = await applied({ [OTHER]: "# Other\n\n## More\n\n## Third\n" });
    const [one = "", three = "", two = ""] = (await bot.atDesk((desk) => desk.list())).map(({ key }) => key);
    await bot.atDesk((desk) => desk.move(one, "In Progress"));
    await bot.atDesk((desk) => desk.move(two, "In Progress"));
    expect(await bot.pull()).toMatchObject([{ spec: "statuses", state: "opened" }]);
    const { number, head } = await open(bot);
    for (const path of [SPEC, OTHER]) expect(await bot.text(path, head.branch)).toContain("status:in_progress");
    await bot.dana.merge(number);
    await bot.atDesk((desk) => desk.move(three, "In Progress"));
    expect(await states(bot)).toEqual(["statuses-wait"]);
    await bot.stage.pass(86_400_001);
    expect(await states(bot)).toEqual(["opened"]);
  });
});
