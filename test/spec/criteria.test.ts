/** Acceptance criteria: which task items count, what they say on one line, and what is left of their list. */

import { describe, expect, it } from "vitest";
import { parse, remark, satteri, section } from "./parsing.ts";
import { parseSpec } from "../../src/core/spec/parse-spec.ts";

const criteriaOf = (text: string): string[] => section(parse(`## A\n\n${text}\n`), "a").criteria.map((one) => `${one.checked ? "x" : " "} ${one.text}`);

describe("criteria", () => {
  it("are task items of lists at the root, nested ones too, in order", () => {
    expect(criteriaOf("- [ ] a\n  - [X] b\n    1. [ ] c\n- plain\n  - [x] d\n* [\t] e")).toEqual(["  a", "x b", "  c", "x d", "  e"]);
  });

  it("are none in quotes and code, without text, or without a space", () => {
    expect(criteriaOf("> - [ ] a\n\n```\n- [ ] b\n```\n\n- [ ]\n- [] c\n- [x]d\n- a [ ] b")).toEqual([]);
  });

  it("know their line", () => {
    expect(section(parse("## A\n\ntext\n\n- [ ] a\n  more\n- [ ] b\n"), "a").criteria.map(({ line }) => line)).toEqual([5, 7]);
  });

  it.each([
    ["- [ ] Keys are `UUIDv7`, *never* reused", "Keys are `UUIDv7`, *never* reused"],
    ["- [ ] first\n  second   \n      third", "first second third"],
    ["- [ ] lazy\nline", "lazy line"],
    ["- [ ] hard\\\n  break", "hard break"],
    ["- [ ] said <!-- hidden --> aloud", "said aloud"],
    ["- [ ] snake_case and 2 * 3 stay", "snake_case and 2 * 3 stay"],
    ["- [ ] a [link](x.md) and [text] alone", "a [link](x.md) and [text] alone"],
    ["- [ ] see [spec] and [this][spec]\n\n[spec]: https://example.com 'T'", '[spec](https://example.com "T") and [this](https://example.com "T")'],
    ["- [ ] noted[^1]\n\n[^1]: In *full*, [r].\n\n[r]: u", "noted (In *full*, [r](u).)"],
    ["-\n  [ ] below its bullet", "below its bullet"],
    ["- [ ]   wide", "wide"],
    ["- [ ] one\n\n  two", "one"],
    ["10) [x] numbered", "numbered"],
    ["- - [ ] inner", "inner"],
    ["- [ ] # no heading", "# no heading"],
    ["- [ ] nul\0", "nul\uFFFD"],
  ])("%j says %j", (source, text) => {
    for (const parser of [satteri, remark]) {
      const [criterion] = parseSpec("a.md", `## A\n\n${source}\n`, parser).sections[1]?.criteria ?? [];
      expect(criterion?.text).toContain(text);
      expect(criterion?.text).not.toMatch(/[\r\n]/);
    }
  });
});

describe("what is left of a list", () => {
  const restOf = (list: string): string | null | undefined => section(parse(`## A\n\n${list}\n`), "a").blocks[0]?.rest;

  it.each([
    ["- [ ] a\n- [x] b", undefined],
    ["- [ ] a\n  - [ ] b\n\n  - [ ] c", undefined],
    ["- - [ ] a", undefined],
    ["- [ ] a\n- note\n- [ ] b", "- note"],
    ["- group\n  - [ ] a\n- more", "- group\n- more"],
    ["- note\n\n- [ ] a\n\n- other", "- note\n\n- other"],
    ["- [ ] a\n\n  details\n- [ ] b", "  details"],
    ["- [ ] a\n  - detail\n    - [x] b", "  - detail"],
    ["- note", null],
  ])("of %j is %j", (list, rest) => {
    expect(restOf(list)).toBe(rest);
  });

  it("does not change when criteria are ticked, reworded, added or removed", () => {
    const rests = [
      "- a\n- [ ] b\n- c",
      "- a\n- [x] b\n- c",
      "- a\n- [ ] quite\n  another\n- c",
      "- a\n- [ ] b\n- [ ] b2\n- c",
      "- [ ] z\n- a\n- c",
      "- a\n- c\n- [ ] y",
    ].map(restOf);
    expect(new Set(rests)).toEqual(new Set(["- a\n- c"]));
  });
});
