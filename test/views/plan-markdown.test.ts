/** The comment on a pull request: the same view, and text of strangers that does nothing in it. */

import { describe, expect, test } from "vitest";
import { codeSpan, escapeMarkdown } from "../../src/views/escape-markdown.ts";
import { planMarkdown } from "../../src/views/plan-markdown.ts";
import { planView } from "../../src/views/plan-view.ts";
import { expectGolden } from "./golden.ts";
import { manyCreates, PLAN_CASES } from "./plan-cases.ts";

describe("a plan as Markdown", () => {
  for (const [name, plan] of Object.entries(PLAN_CASES)) test(name, () => expectGolden(`markdown/${name}.md`, planMarkdown(planView(plan))));

  test("a plan that is too long for a comment ends with its summary, and says so", () => {
    const text = planMarkdown(planView(manyCreates(3000)));
    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain("the rest is longer than a comment may be");
    expect(text).toContain("next: `canon apply`");
  });
});

describe("text of strangers", () => {
  test.each([
    ["<!-- canon:skip -->", "&lt;!-- canon:skip --&gt;"],
    ["@dana and #42", "@<!-- -->dana and #<!-- -->42"],
    ["[x](javascript:alert)", "\\[x\\](javascript:alert)"],
    ["see https://evil.example", "see https<!-- -->://evil.example"],
    ["a | b", "a \\| b"],
    ["**bold** ~~gone~~ `code`", "\\*\\*bold\\*\\* \\~\\~gone\\~\\~ \\`code\\`"],
    ["two\nlines", "two lines"],
  ])("%j becomes %j", (text, escaped) => expect(escapeMarkdown(text)).toBe(escaped));

  test("code is fenced beyond any backtick within", () => {
    expect(codeSpan("a`b``c")).toBe("```a`b``c```");
    expect(codeSpan("`x`")).toBe("`` `x` ``");
  });
});
