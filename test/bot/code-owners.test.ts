/** CODEOWNERS as GitHub reads it, and its owners as reviewers of a proposal. */

import { describe, expect, it } from "vitest";
import { codeOwnersOf } from "../../src/core/bot/code-owners.ts";
import { reviewersOf } from "../../src/operations/bot/reviewers.ts";
import { gitStage } from "../forges/git-stage.ts";
import { botStage, SPEC } from "./bot-stage.ts";
import { processorTimeSince } from "../harness/processor-time.ts";

const owners = (lines: string, path: string): readonly string[] => codeOwnersOf(lines, path);

describe("the owners of a file", () => {
  it.for([
    ["everything has one", "* @olga", "specs/a/b.md", ["olga"]],
    ["hidden folders too", "* @olga", ".specify/specs/a.md", ["olga"]],
    ["the last that fits wins", "specs/ @olga\n*.md @dana @acme/docs\n", "specs/a.md", ["dana", "acme/docs"]],
    ["also one that names nobody", "* @olga\n/specs/drafts\n", "specs/drafts/a.md", []],
    ["a later one that does not fit changes nothing", "* @olga\n/docs/ @dana\n", "specs/a.md", ["olga"]],
    ["a folder is meant at any depth", "specs/ @olga", "services/pay/specs/a.md", ["olga"]],
    ["and at the top where it begins with a slash", "/specs/ @olga", "services/pay/specs/a.md", []],
    ["a slash within roots it as well", "services/pay @olga", "x/services/pay/a.md", []],
    ["a folder's name without a slash means what is in it", "/services/pay @olga", "services/pay/specs/a.md", ["olga"]],
    ["a star is one folder", "/specs/* @olga", "specs/a.md", ["olga"]],
    ["and nothing below", "/specs/* @olga", "specs/x/a.md", []],
    ["two stars are any", "/specs/**/api.md @olga", "specs/x/y/api.md", ["olga"]],
    ["or none", "specs/**/api.md @olga", "specs/api.md", ["olga"]],
    ["blanks stand behind a backslash", "/our\\ specs/ @olga", "our specs/a.md", ["olga"]],
    ["comments say nothing", "# * @no\n* @olga # @no\n", "a.md", ["olga"]],
    ["addresses cannot be asked", "* olga@example.com @dana\r\n", "a.md", ["dana"]],
    ["what GitHub does not take is no line", "* @olga\n!specs/ @no\n[a-z].md @no\n/ @no\n", "a.md", ["olga"]],
    ["case counts", "/Specs/ @olga", "specs/a.md", []],
  ] as const)("%s", ([, lines, path, expected]) => {
    expect(owners(lines, path)).toEqual(expected);
  });

  it("are found in bounded time", () => {
    const started = process.cpuUsage();
    expect(owners(`${"*a".repeat(400)}b @olga`, `${"a".repeat(400)}.md`)).toEqual([]);
    expect(processorTimeSince(started)).toBeLessThan(1_000);
  });
});

describe("reviewers", () => {
  it("are read from the first of GitHub's places, at the default branch", async () => {
    const stage = await gitStage();
    const dana = await stage.person("dana");
    const root = await dana.push("main", [{ path: "CODEOWNERS", content: "* @root\n" }]);
    const hidden = await dana.push("main", [{ path: ".github/CODEOWNERS", content: `* @first @${stage.account}\n` }]);
    expect(await reviewersOf(null, "specs/a.md", stage.first, stage.forge)).toEqual([]);
    expect(await reviewersOf(null, "specs/a.md", root, stage.forge)).toEqual(["root"]);
    expect(await reviewersOf("@rita", "specs/a.md", hidden, stage.forge)).toEqual(["rita", "first"]);
    expect(await reviewersOf("first", "specs/a.md", hidden, stage.forge)).toEqual(["first"]);
    await stage.end();
  });

  it("of a proposal are the owner of its spec and of its file", { timeout: 60_000 }, async () => {
    const spec = "---\nowner: olga\n---\n\n# Payments\n\n## Refunds\n\n- [ ] within 14 days\n";
    const bot = await botStage({ [SPEC]: spec, ".github/CODEOWNERS": "* @dana\n/specs/ @rita @acme/specs @nobody\n" });
    for (const name of ["olga", "rita"]) await bot.stage.person(name, "write");
    await bot.dana.push("feature", [{ path: SPEC, content: `${spec}- [ ] with a receipt\n` }]);
    await bot.plan(await bot.dana.open({ title: "Receipt", head: "feature" }));
    await bot.dana.merge(1);
    await bot.apply();
    await bot.atDesk((desk) => desk.criterion("PAY-1", { kind: "add", text: "by mail" }));
    expect(await bot.pull()).toMatchObject([{ state: "opened" }]);
    const [request] = await bot.stage.forge.pullRequests({ author: bot.stage.account });
    expect(await bot.stage.reviewers(request?.number ?? 0)).toEqual(["olga", "rita"]);
  });
});
