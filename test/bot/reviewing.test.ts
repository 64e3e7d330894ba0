/** The bot on a pull request: what it says there, where it says nothing, and what it never reads. */

import { describe, expect, it } from "vitest";
import { planStep } from "../../src/cli/bot-steps.ts";
import { ForgeError } from "../../src/forges/forge-error.ts";
import type { Forge } from "../../src/forges/forge.ts";
import type { Proposed } from "../../src/operations/bot/propose-pulls.ts";
import { pageOf, unpainted } from "../../src/views/paint.ts";
import { botStage, CONFIG, SPEC, type BotStage } from "./bot-stage.ts";

const BEFORE = "# Payments\n\n## Refunds\n\n- [ ] within 14 days\n";
const MORE = `${BEFORE}\n## Keys\n\nKeys live for a day.\n`;

/** Names of what was written to the host. */
function writes(log: string[]): (forge: Forge) => Forge {
  const note =
    <A extends unknown[], R>(name: string, method: (...given: A) => R) =>
    (...given: A): R => {
      log.push(name);
      return method(...given);
    };
  return (forge) => ({
    ...forge,
    comment: note("comment", forge.comment),
    editComment: note("editComment", forge.editComment),
    setCheck: note("setCheck", forge.setCheck),
    commit: note("commit", forge.commit),
    openPullRequest: note("openPullRequest", forge.openPullRequest),
    editPullRequest: note("editPullRequest", forge.editPullRequest),
  });
}

async function opened(content = MORE): Promise<BotStage & { readonly number: number }> {
  const bot = await botStage({ [SPEC]: BEFORE });
  await bot.dana.push("feature", [{ path: SPEC, content }]);
  return { ...bot, number: await bot.dana.open({ title: "Keys", head: "feature" }) };
}

describe("one comment and one check", () => {
  it("is silent when nothing changed, and edits its comment in place when something did", async () => {
    const { plan, number, dana, said, stage } = await opened();
    await plan(number);
    const log: string[] = [];
    await plan(number, { forge: writes(log) });
    expect(log).toEqual([]);

    const head = await dana.push("feature", [{ path: "README.md", content: "Other\n" }]);
    await plan(number, { forge: writes(log) });
    expect(log).toEqual(["setCheck", "commit"]);
    expect(await stage.checks(head)).toMatchObject([{ name: "canon plan", conclusion: "neutral", title: "2 creates" }]);

    await dana.push("feature", [{ path: SPEC, content: BEFORE }]);
    await plan(number);
    const comments = await said(number);
    expect(comments).toHaveLength(1);
    expect(comments[0]).toContain("changes no spec");
  });

  it("where the host takes no check, says so in every run, and still writes nothing twice", async () => {
    const { plan, number, said } = await opened("# Payments\n\n## Keys\n<!-- canon:system:keys status:dnoe -->\n");
    const refusing = (forge: Forge): Forge => ({ ...forge, setCheck: () => Promise.reject(new ForgeError("forbidden", "only apps set checks")) });
    expect(await plan(number, { forge: refusing })).toMatchObject({ checked: false });
    const log: string[] = [];
    expect(await plan(number, { forge: (forge) => writes(log)(refusing(forge)) })).toMatchObject({ checked: false });
    expect(log).toEqual(["setCheck"]);
    expect(await said(number)).toHaveLength(1);
  });

  it("finds its comment among 300 others, by the author and never by the text, also when its memory is lost", async () => {
    const { plan, number, dana, said, stage } = await opened();
    const forged = "<!-- canon:bot:plan -->\n### Canon: merging this changes no ticket\n";
    await dana.comment(number, forged);
    await plan(number);
    const [first = ""] = await said(number);
    for (let index = 0; index < 300; index += 1) await dana.comment(number, index % 2 === 0 ? first : `Note ${index}`);
    const memory = (await stage.forge.head("refs/canon/bot")) ?? "";
    await stage.forge.move("refs/canon/bot", memory, null);
    await dana.push("feature", [{ path: SPEC, content: `${MORE}\n## More\n` }]);
    await plan(number);
    expect(await said(number)).toEqual([expect.stringContaining("3 creates")]);
    const bodies = (await stage.forge.comments(number)).map(({ body }) => body);
    expect(bodies.filter((body) => body === first)).toHaveLength(150);
    expect(bodies[0]).toBe(forged);
  });

  it("says nothing where no spec is touched, or where the pull request goes elsewhere", async () => {
    const { plan, dana, stage } = await botStage({ [SPEC]: BEFORE });
    await dana.push("docs", [{ path: "README.md", content: "Other\n" }]);
    await dana.push("release", [{ path: "README.md", content: "Release\n" }]);
    await dana.push("hotfix", [{ path: SPEC, content: MORE }]);
    const [docs, hotfix] = [await dana.open({ title: "Docs", head: "docs" }), await dana.open({ title: "Fix", head: "hotfix", base: "release" })];
    const log: string[] = [];
    expect(await plan(docs, { forge: writes(log) })).toMatchObject({ state: "silent" });
    expect(await plan(hotfix, { forge: writes(log) })).toMatchObject({ state: "silent", message: `#${hotfix} goes to release; tickets follow main.` });
    expect(log).toEqual([]);
    expect(await stage.forge.head("refs/canon/bot")).toBe(null);
  });

  it("says nothing, and fails nothing, where somebody merges while it is read", async () => {
    const { plan, number, dana, said } = await opened();
    const merging = (forge: Forge): Forge => ({
      ...forge,
      mergeResult: async (request) => {
        await dana.merge(request);
        return forge.mergeResult(request);
      },
    });
    expect(await plan(number, { forge: merging })).toMatchObject({ state: "ended", message: "#1 was merged or closed while it was read." });
    expect(await said(number)).toEqual([]);
  });

  it("is on every other pull request where the host cannot answer for one, and the run says so in the end", async () => {
    const { bot, dana, said, number } = await opened();
    await dana.push("other", [{ path: "specs/other.md", content: "# Other\n\n## Limits\n" }]);
    const other = await dana.open({ title: "Limits", head: "other" });
    const slow = (forge: Forge): Forge => ({
      ...forge,
      mergeResult: async (request) => {
        if (request === number) throw new ForgeError("unavailable", "GitHub does not say yet whether it can be merged.");
        return forge.mergeResult(request);
      },
    });
    const page = pageOf(80, unpainted);
    const session = { print: () => undefined, tell: () => undefined, record: () => undefined, page, errorPage: page };
    await expect(planStep(session, [number, other], await bot({ forge: slow }))).rejects.toMatchObject({ kind: "unavailable" });
    expect(await said(other)).toHaveLength(1);
  });

  it("is read by nobody who merges before it is there: what it says waits", async () => {
    const { plan, apply, number, dana, said } = await opened();
    const merging = (forge: Forge): Forge => ({
      ...forge,
      comment: async (request, body) => {
        await dana.merge(request);
        return forge.comment(request, body);
      },
    });
    await plan(number, { forge: merging });
    expect(await apply()).toMatchObject({ applied: 0, waiting: [{}, {}] });
    expect(await said(number)).toEqual([expect.stringContaining("2 changes wait")]);
  });

  it("claims nothing about tickets where the tracker does not answer", async () => {
    const { plan, number, said, stage } = await opened();
    expect(await plan(number, { isDown: true })).toMatchObject({ message: "#1: this cannot be planned as it is" });
    expect(await said(number)).toEqual([expect.stringMatching(/^<!-- canon:bot:plan -->\n### Canon: this cannot be planned as it is\n[^]*Nobody answers/)]);
    const { head } = await stage.forge.pullRequest(number);
    expect(await stage.checks(head.commit)).toMatchObject([{ conclusion: "failure", title: "this cannot be planned as it is" }]);
  });

  it("shows what is wrong in a spec on its line", async () => {
    const { plan, number, stage } = await opened(`${BEFORE}\n## Keys\n<!-- canon:system:keys status:dnoe -->\n`);
    await plan(number);
    const { head } = await stage.forge.pullRequest(number);
    expect(await stage.checks(head.commit)).toMatchObject([{ conclusion: "failure", annotations: [{ path: SPEC, line: 8, level: "failure" }] }]);
  });

  it("tells of a section that is gone that its ticket stays", async () => {
    const { plan, apply, dana, said, text } = await botStage({
      [SPEC]: MORE,
      "canon.config.yaml": CONFIG.replace("enabled: true", "enabled: true, on_moved: apply"),
    });
    await apply();
    // Only the next run that writes sees the markers on the default branch, and gives the claims up.
    await dana.push("main", [{ path: SPEC, content: `${await text(SPEC)}\n## More\n` }]);
    await apply();
    const marked = await text(SPEC);
    await dana.push("less", [{ path: SPEC, content: marked.replace(/## Keys[^]*(?=## More)/, "") }]);
    const less = await dana.open({ title: "Less", head: "less" });
    await plan(less);
    expect((await said(less)).join()).toContain("`PAY-2` Keys, was `specs/payments.md#keys`");

    await dana.push("broken", [{ path: SPEC, content: `${marked.replace(/## Keys[^]*(?=## More)/, "")}\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n` }]);
    const broken = await dana.open({ title: "Broken", head: "broken" });
    await plan(broken);
    const comment = (await said(broken)).join();
    expect(comment).toContain("spec-conflict-marks");
    expect(comment).not.toContain("PAY-2");
  });
});

describe("what a pull request cannot do", () => {
  it("changes nothing about how it is planned: the configuration is that of the base branch", async () => {
    const { plan, number, dana, said } = await opened();
    const other = CONFIG.replace("PAY", "EVIL").replace("enabled: true", "enabled: true, show_live: true");
    await dana.push("feature", [{ path: "canon.config.yaml", content: other }]);
    expect(await plan(number)).toMatchObject({ state: "planned", plan: { targets: [{ project: "PAY" }] } });
    expect((await said(number)).join()).toContain("local PAY");
  });

  it("from a fork reaches no tracker, and gets no comment", async () => {
    const { plan, stage, asked, said } = await botStage({ [SPEC]: BEFORE });
    const eve = await stage.person("eve", "read");
    const content = `${MORE}\n## Bad\n<!-- canon:system:bad status:dnoe -->\n`;
    const number = await eve.openFromFork({ title: "Keys", branch: "feature", files: [{ path: SPEC, content }] });
    expect(await plan(number)).toMatchObject({ state: "fork", plan: null });
    expect(asked()).toBe(0);
    expect(await said(number)).toEqual([]);
    const { head } = await stage.forge.pullRequest(number);
    expect(await stage.checks(head.commit)).toMatchObject([{ conclusion: "failure", annotations: [{ line: 12 }] }]);
    // Every run with --all comes by here.
    const silent = (forge: Forge): Forge => ({ ...forge, setCheck: () => Promise.reject(new Error("the check stands there already")) });
    expect(await plan(number, { forge: silent })).toMatchObject({ state: "fork", checked: true });
  });

  it("with a link among its specs stops nothing but that file", async () => {
    const { plan, number, dana } = await opened();
    await dana.push("feature", [{ path: "specs/link.md", kind: "link", content: "/etc/passwd" }]);
    expect(await plan(number)).toMatchObject({ state: "planned", message: `#${number}: 2 creates` });
  });
});

describe("a repository that is more visible than the tracker", () => {
  const SECRET = "Acme pays late";

  async function said(show: boolean): Promise<{ readonly words: string; readonly proposals: readonly Proposed[] }> {
    const bot = await botStage({ [SPEC]: BEFORE, "canon.config.yaml": show ? CONFIG.replace("enabled: true", "enabled: true, show_live: true") : CONFIG });
    const { dana, stage, atDesk } = bot;
    await dana.push("feature", [{ path: SPEC, content: MORE }]);
    const number = await dana.open({ title: "Keys", head: "feature" });
    await bot.plan(number);
    await dana.merge(number);
    await bot.apply();
    await atDesk((desk) => desk.edit("PAY-1", { title: SECRET }));
    await atDesk((desk) => desk.criterion("PAY-1", { kind: "add", text: SECRET }));
    await atDesk((desk) => desk.move("PAY-2", "In Progress"));
    await stage.setVisibility("public");
    await dana.push("next", [{ path: SPEC, content: (await bot.text(SPEC)).replace("## Refunds", "## Refunds and credits") }]);
    const next = await dana.open({ title: "Next", head: "next" });
    await bot.plan(next);
    const proposals = await bot.pull();
    const requests = await stage.forge.pullRequests({ headPrefix: "canon/" });
    const texts = await Promise.all(requests.map(({ head }) => bot.text(SPEC, head.branch)));
    const { head } = await stage.forge.pullRequest(next);
    return { words: JSON.stringify([await stage.forge.comments(next), await stage.checks(head.commit), requests, texts]), proposals };
  }

  it("is not told what people wrote on tickets, nor who they are", async () => {
    const { words, proposals } = await said(false);
    expect(words).not.toContain(SECRET);
    expect(words).not.toContain("rio");
    expect(words).toContain("both sides changed");
    expect(proposals).toEqual([
      { spec: "statuses", state: "opened", what: expect.any(String) },
      { spec: SPEC, state: "left", what: "hidden" },
    ]);
  });

  it("is not told either of what waits after a merge", async () => {
    const bot = await botStage({ [SPEC]: BEFORE });
    const { dana, stage, atDesk } = bot;
    await dana.push("feature", [{ path: SPEC, content: MORE }]);
    const number = await dana.open({ title: "Keys", head: "feature" });
    await bot.plan(number);
    await dana.merge(number);
    await bot.apply();
    await stage.setVisibility("public");
    await dana.push("next", [{ path: SPEC, content: (await bot.text(SPEC)).replace("- [ ] within 14 days", "- [ ] within 14 days\n- [ ] to the same card") }]);
    const next = await dana.open({ title: "Next", head: "next" });
    await bot.plan(next);
    await atDesk((desk) => desk.criterion("PAY-1", { kind: "add", text: SECRET }));
    await dana.merge(next);
    expect((await bot.apply()).waiting).toHaveLength(1);
    expect((await bot.said(next)).join()).toContain("1 change waits");
    expect((await bot.said(next)).join()).not.toContain(SECRET);
  });

  it("is told where the configuration says so", async () => {
    const { words, proposals } = await said(true);
    expect(words).toContain(SECRET);
    expect(words).toContain("rio");
    expect(proposals).toEqual([{ spec: SPEC, state: "opened", what: expect.any(String) }]);
  });
});
