/** Width, cutting and cleaning of text for terminals. */

import { fc } from "../harness/property.ts";
import { describe, expect, test } from "vitest";
import { cleanLine, cleanText, cutText, displayWidth, padText, truncateText } from "../../src/core/text/terminal-text.ts";
import { processorTimeSince } from "../harness/processor-time.ts";

describe("displayWidth", () => {
  test.each([
    ["plain", 5],
    ["café", 4],
    ["cafe\u0301", 4],
    ["支払い", 6],
    ["ｆｕｌｌ", 8],
    ["가나", 4],
    ["👩‍👩‍👧", 2],
    ["🚀", 2],
    ["❤️", 2],
    ["🇯🇵", 2],
    ["👍🏽", 2],
    ["תשלום", 5],
    ["नमस्ते", 4],
    ["…", 1],
    ["", 0],
  ])("%s takes %i columns", (text, width) => expect(displayWidth(text)).toBe(width));
});

describe("truncateText", () => {
  test.each([
    ["Key generation", 8, "Key gen…"],
    ["Key generation", 4, "Key…"],
    ["支払いの鍵", 6, "支払…"],
    ["short", 5, "short"],
    ["anything", 0, ""],
  ])("%s in %i columns is %s", (text, width, cut) => expect(truncateText(text, width)).toBe(cut));

  test("never wider than asked, never half a character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.nat(30), (text, width) => {
        const cut = truncateText(text, width);
        expect(displayWidth(cut)).toBeLessThanOrEqual(width);
        expect(cut.isWellFormed()).toBe(true);
      }),
    );
  });
});

test("padText fills to a width and closes right-to-left text, so that what follows stays in place", () => {
  expect(padText("ab", 5)).toBe("ab   ");
  expect(padText("支払", 6)).toBe("支払  ");
  expect(padText("abc", 2)).toBe("abc");
  expect(padText("תש", 4)).toBe("תש\u200e  ");
});

test("cutText loses nothing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 20 }), (text, width) => {
      const parts = cutText(text, width);
      expect(parts.join("")).toBe(text);
      if (text !== "") expect(parts).not.toContain("");
      for (const part of parts) expect(displayWidth(part) <= width || [...new Intl.Segmenter().segment(part)].length === 1, part).toBe(true);
    }),
  );
});

test("cutText takes time by the character: tickets hold words of a megabyte", () => {
  const began = process.cpuUsage();
  expect(cutText("x".repeat(1_000_000), 70)).toHaveLength(Math.ceil(1_000_000 / 70));
  expect(processorTimeSince(began)).toBeLessThan(3000);
});

describe("cleanLine", () => {
  test.each([
    ["a\u001b[31mred\u001b[0m", "ared"],
    ["a\u001b]8;;https://evil\u0007link\u001b]8;;\u0007", "alink"],
    ["\u001bPdevice\u001b\\", "device"],
    ["bell\u0007 back\b\b\bspace", "bell backspace"],
    ["two\r\nlines\tand tabs", "two lines and tabs"],
    ["\u202eevil", "<U+202E>evil"],
    ["zero\u200bwidth", "zero<U+200B>width"],
    ["pay\u200dpal", "pay<U+200D>pal"],
    ["👩‍👩‍👧 می‌خواهم", "👩‍👩‍👧 می‌خواهم"],
    ["c1\u009b31m", "c131m"],
    ["\ufefftag\u{e0041}", "<U+FEFF>tag<U+E0041>"],
  ])("%j becomes %j", (text, clean) => expect(cleanLine(text)).toBe(clean));

  test("leaves nothing that a terminal obeys, and is done at once", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.string({ unit: fc.constantFrom("\u001b", "[", "]", "m", "\u0007", "\\", "3", ";", "a", "\u200d", "\u202e") }),
        ),
        (text) => {
          const clean = cleanLine(text);
          expect(clean).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069]/);
          expect(cleanLine(clean)).toBe(clean);
        },
      ),
      { numRuns: 500 },
    );
  });
});

test("cleanText keeps lines", () => {
  expect(cleanText("a\r\nb\tc\u001b[2J\rd")).toBe("a\nb  c\nd");
});
