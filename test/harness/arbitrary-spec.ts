/** Random specs as chunks, one per section, and random edits that people make to them; every chunk begins with its heading. */

import { fc } from "./property.ts";

const WORDS = ["Payments", "Retry", "Key storage", "Expiry", "Refunds", "API", "Überblick", "設計", "Open points", "Key storage"];
const INLINE = [
  "plain words",
  "*soft* and **hard**",
  "`code` here",
  "a [link](https://example.com/a_b)",
  "see example.com today",
  "5 < 6 & more",
  "ends with two  ",
  "PAY-1 is old",
  "snow ☃ man",
];

const paragraph = fc.array(fc.constantFrom(...INLINE), { minLength: 1, maxLength: 3 }).map((parts) => parts.join(" "));
const block = fc.oneof(
  { weight: 4, arbitrary: paragraph },
  { weight: 1, arbitrary: fc.array(paragraph, { minLength: 1, maxLength: 3 }).map((lines) => lines.map((line) => `- ${line}`).join("\n")) },
  { weight: 1, arbitrary: fc.array(paragraph, { minLength: 1, maxLength: 3 }).map((lines) => lines.map((line, at) => `${at + 1}. ${line}`).join("\n")) },
  { weight: 1, arbitrary: paragraph.map((line) => `> ${line}`) },
  { weight: 1, arbitrary: fc.constantFrom("```js\nlet a = 1;\n```", "~~~\nno language\n~~~", "| a | b |\n| --- | :-: |\n| 1 | 2 |", "***") },
);
const criterion = fc.record({ text: paragraph.map((line) => line.trim()), done: fc.boolean() }).map(({ text, done }) => `- [${done ? "x" : " "}] ${text}`);

const chunk = fc
  .record({
    depth: fc.integer({ min: 1, max: 5 }),
    title: fc.constantFrom(...WORDS),
    number: fc.constantFrom("", "1. ", "2.3 "),
    blocks: fc.array(block, { maxLength: 3 }),
    criteria: fc.array(criterion, { maxLength: 3 }),
  })
  .map(({ depth, title, number, blocks, criteria }) => {
    const parts = [`${"#".repeat(depth)} ${number}${title}`, ...blocks, ...(criteria.length > 0 ? [criteria.join("\n")] : [])];
    return `${parts.join("\n\n")}\n\n`;
  });

export const specText: fc.Arbitrary<string> = fc
  .record({ chunks: fc.array(chunk, { minLength: 1, maxLength: 8 }), crlf: fc.boolean(), bom: fc.boolean(), cut: fc.boolean() })
  .map(({ chunks, crlf, bom, cut }) => {
    const text = cut ? chunks.join("").trimEnd() : chunks.join("");
    return (bom ? "\uFEFF" : "") + (crlf ? text.replaceAll("\n", "\r\n") : text);
  });

export type Edit =
  | { readonly kind: "reword"; readonly at: number; readonly text: string }
  | { readonly kind: "rename"; readonly at: number; readonly title: string }
  | { readonly kind: "tick"; readonly at: number }
  | { readonly kind: "demote"; readonly at: number }
  | { readonly kind: "swap"; readonly at: number }
  | { readonly kind: "insert"; readonly at: number; readonly chunk: string };

const at = fc.nat({ max: 20 });

export const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constant("reword" as const), at, text: paragraph }),
  fc.record({ kind: fc.constant("rename" as const), at, title: fc.constantFrom(...WORDS) }),
  fc.record({ kind: fc.constant("tick" as const), at }),
  fc.record({ kind: fc.constant("demote" as const), at }),
  fc.record({ kind: fc.constant("swap" as const), at }),
  fc.record({ kind: fc.constant("insert" as const), at, chunk }),
);

/** A file as its sections; what stands before the first heading is the first chunk. */
export function chunksOf(text: string): string[] {
  return text.split(/(?<=[\r\n]|^\uFEFF?)(?=#{1,6} )/);
}

export function applyEdit(text: string, edit: Edit): string {
  const chunks = chunksOf(text);
  const index = edit.at % chunks.length;
  const current = chunks[index] ?? "";
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  switch (edit.kind) {
    case "reword":
      chunks[index] = `${current.trimEnd()}${eol}${eol}${edit.text}${eol}${eol}`;
      break;
    case "rename":
      chunks[index] = current.replace(/^(\uFEFF?#{1,6} )[^\r\n]*/, (_line, hashes: string) => `${hashes}${edit.title}`);
      break;
    case "tick":
      chunks[index] = current.replace("- [ ]", "- [x]");
      break;
    case "demote":
      chunks[index] = current.replace(/^(\uFEFF?)(#{1,5}) /, "$1$2# ");
      break;
    case "swap": {
      const next = chunks[index + 1];
      if (index === 0 || next === undefined) break;
      chunks[index] = next.endsWith(eol) ? next : `${next}${eol}${eol}`;
      chunks[index + 1] = current;
      break;
    }
    case "insert":
      chunks.splice(index + 1, 0, edit.chunk.replaceAll("\n", eol));
      if (!current.endsWith(eol)) chunks[index] = `${current}${eol}${eol}`;
      break;
  }
  return chunks.join("");
}

/** The text without Canon's marker lines: what must never change. */
export function withoutMarkers(text: string): string {
  return text.replace(/(?:\r\n|\n|\r)<!-- canon:[^\r\n]*-->(?=\r|\n|$)/g, "");
}
