/** A plan that is longer than a comment may be: the comment begins it, and leads to the whole. */

import { expect, it } from "vitest";
import { githubStage } from "../forges/github-stage.ts";
import { git } from "../io/git-world.ts";
import { keepWhole } from "../../src/operations/bot/keep-whole.ts";
import { botStage, SPEC } from "./bot-stage.ts";

const SECTIONS = 2_000;

function manySections(from: number): string {
  const sections = Array.from({ length: SECTIONS }, (_, at) => `## Section ${from + at}\n\n- [ ] It works in case ${from + at}\n`);
  return `# Payments\n\n${sections.join("\n")}`;
}

it("is kept whole where git shows it, cut in the comment and the check, and written once", { timeout: 120_000 }, async () => {
  const bot = await botStage();
  await bot.dana.push("feature", [{ path: SPEC, content: manySections(1) }]);
  const number = await bot.dana.open({ title: "Many", head: "feature" });
  await bot.plan(number);
  const [comment = ""] = await bot.said(number);
  expect(comment.length).toBeGreaterThan(50_000);
  expect(comment.length).toBeLessThan(61_000);
  expect(comment).toContain("Section 300");
  expect(comment).not.toContain(`Section ${SECTIONS}`);
  const command = /`git fetch origin (refs\/canon\/plans\/1) && git show FETCH_HEAD:(plan\.md)`/.exec(comment);
  const ref = command?.[1] ?? "";
  // As somebody types it.
  const { clone } = await bot.bot();
  git(clone.top, "fetch", "-q", "origin", ref);
  const whole = git(clone.top, "show", `FETCH_HEAD:${command?.[2]}`);
  for (let section = 1; section <= SECTIONS; section += 1) expect(whole).toContain(`Section ${section} `);
  const [check] = await bot.stage.checks((await bot.stage.forge.pullRequest(number)).head.commit);
  expect(check?.summary.length).toBeLessThan(65_535);
  expect(check?.summary).toContain(ref);

  // The same plan at another commit: nothing new is kept, and nothing is said again.
  const kept = await bot.stage.forge.head(ref);
  await bot.dana.push("feature", [{ path: "README.md", content: "Words\n" }]);
  await bot.plan(number);
  expect([await bot.stage.forge.head(ref), await bot.said(number)]).toEqual([kept, [comment]]);
  await bot.dana.push("feature", [{ path: SPEC, content: manySections(2) }]);
  await bot.plan(number);
  expect(await bot.stage.forge.head(ref)).not.toBe(kept);
  expect(await bot.said(number)).toHaveLength(1);
});

it("is a page on GitHub, by the address that GitHub itself gives the file", async () => {
  const stage = await githubStage();
  try {
    const text = `${"word ".repeat(20_000)}\n`;
    const whole = await keepWhole(stage.forge, 41, text);
    const commit = (await stage.forge.head("refs/canon/plans/41")) ?? "";
    expect(await stage.forge.branches("")).toEqual([{ name: "main", head: stage.first }]);
    const { url, headers } = {
      url: `${stage.github.url}/repos/${stage.github.project}/contents/plan.md?ref=${commit}`,
      headers: authorised(stage.github.credentials),
    };
    const answer: unknown = await (await fetch(url, { headers })).json();
    expect(answer).toMatchObject({ html_url: whole?.url, size: text.length });
    // Kept once: a later commit would be another.
    await stage.pass(60_000);
    expect(await keepWhole(stage.forge, 41, text)).toEqual(whole);
    expect(await stage.forge.fileUrl(commit, "a b/c#d.md")).toMatch(/\/blob\/[0-9a-f]{40}\/a%20b\/c%23d\.md$/);
  } finally {
    await stage.end();
  }
});

function authorised({ GITHUB_TOKEN: token = "" }: Readonly<Record<string, string>>): Record<string, string> {
  return { authorization: `Bearer ${token}`, "user-agent": "canon-test" };
}
