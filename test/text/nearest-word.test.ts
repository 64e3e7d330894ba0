/** Which word a mistyped one was meant to be. */

import { expect, test } from "vitest";
import { nearestWord } from "../../src/core/text/nearest-word.ts";

const words = ["plan", "apply", "list", "explain", "validate", "exclude_headings"];

test.each([
  ["pln", "plan"],
  ["paln", "plan"],
  ["aply", "apply"],
  ["exlude_heading", "exclude_headings"],
  ["PLAN", "plan"],
  ["vlidaet", "validate"],
  ["zzz", null],
  ["", null],
  ["something else", null],
])("%s was meant to be %s", (word, meant) => expect(nearestWord(word, words)).toBe(meant));

test("of several that are as near, the first", () => expect(nearestWord("cat", ["bat", "hat"])).toBe("bat"));
test("of none, nothing", () => expect(nearestWord("plan", [])).toBe(null));
