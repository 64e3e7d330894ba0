/** Which words moved between two texts. */

import { fc } from "../harness/property.ts";
import { describe, expect, test } from "vitest";
import { foldSame, wordDifference, type Piece } from "../../src/core/text/word-difference.ts";
import { processorTimeSince } from "../harness/processor-time.ts";

const MARKS: Readonly<Record<Piece["kind"], (text: string) => string>> = {
  same: (text) => text,
  removed: (text) => `[-${text}-]`,
  added: (text) => `{+${text}+}`,
  fold: () => "…",
};
const show = (pieces: readonly Piece[]): string => pieces.map(({ kind, text }) => MARKS[kind](text)).join("");

describe("wordDifference", () => {
  test.each([
    ["kept for 24h and dropped", "kept for 7 days and dropped", "kept for [-24h-]{+7 days+} and dropped"],
    ["Retry handling", "Retry and backoff", "Retry [-handling-]{+and backoff+}"],
    ["a b c", "d e f", "[-a b c-]{+d e f+}"],
    ["", "new", "{+new+}"],
    ["old", "", "[-old-]"],
    ["same", "same", "same"],
    ["", "", ""],
    ["鍵は二十四時間有効です", "鍵は七日間有効です", "鍵は[-二十四時間-]{+七日間+}有効です"],
  ])("from %j to %j", (before, after, shown) => expect(show(wordDifference(before, after))).toBe(shown));

  test("both texts can be read out of it", () => {
    const bare = (text: string): string => text.replace(/\s+/g, "");
    const text = fc.array(fc.constantFrom("key", "keys", "expire", "24h", "7", "days", ".", "支払い", "\n"), { maxLength: 30 }).map((words) => words.join(" "));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const pieces = wordDifference(before, after);
        const without = (kind: Piece["kind"]): string =>
          bare(
            pieces
              .filter((piece) => piece.kind !== kind)
              .map((piece) => piece.text)
              .join(""),
          );
        expect(without("added")).toBe(bare(before));
        expect(without("removed")).toBe(bare(after));
      }),
    );
  });

  test("gives up on texts with nothing in common before it costs seconds", () => {
    const words = (prefix: string): string => Array.from({ length: 20_000 }, (_, index) => `${prefix}${index}`).join(" ");
    const began = process.cpuUsage();
    expect(wordDifference(words("a"), words("b")).map(({ kind }) => kind)).toEqual(["removed", "added"]);
    expect(processorTimeSince(began)).toBeLessThan(2000);
  });
});

test("foldSame keeps whole words around a change", () => {
  const pieces = wordDifference(
    "Every request carries a key for 24h and then it is dropped for good",
    "Every request carries a key for 7 days and then it is dropped for good",
  );
  expect(show(foldSame(pieces, 10))).toBe("…key for [-24h-]{+7 days+} and then…");
});
