/** How people edit wiki markup: lines of text, in which a criterion is a bullet with a box. */

import type { TextFormat } from "../../src/core/text/text-format.ts";
import { wikiToMarkdown } from "../../src/trackers/jira/jira-text.ts";
import type { CriterionEdit } from "../../src/trackers/local-desk.ts";
import { TrackerError } from "../../src/trackers/tracker-error.ts";
import { swapLines, type Blocks, type NativeText } from "./native-text.ts";

const TASK = /^([*#-]+) \[([ xX])\] (.*)$/;

/** `format` stands in for a person who knows the markup. */
export function wikiText(format: TextFormat): NativeText {
  const words = (text: string): string =>
    TASK.exec(linesIn(format.print({ blocks: [], criteria: [{ text, checked: false }], footer: "" })).find((line) => TASK.test(line)) ?? "")?.[3] ?? text;
  return {
    markdown: (native) => wikiToMarkdown(native),
    blocks: wikiBlocks,
    join: (blocks) => blocks.join("\n\n"),
    block: (markdown) => {
      const printed = format.print({ blocks: [markdown], criteria: [], footer: "" });
      return printed.slice(0, printed.lastIndexOf("----")).trim();
    },
    criteria: (native) => format.parse(native).criteria.map(({ text, checked }) => ({ text, checked })),
    criterion: (native, edit) => edited(linesIn(native), edit, words).join("\n"),
    swap: swapLines,
  };
}

function linesIn(native: string): readonly string[] {
  return native.split(/\r\n|\r|\n/);
}

function wikiBlocks(native: string): Blocks {
  const blocks = native.split(/(?:\r?\n){2,}/);
  const end = blocks.findIndex(
    (block) => /^h\d\. Acceptance/i.test(block) || TASK.test(block.split(/\r?\n/)[0] ?? "") || /^----$/.test(block) || block.includes("From specs/"),
  );
  return { own: blocks.slice(0, end < 0 ? blocks.length : end).filter((block) => block.trim() !== ""), rest: end < 0 ? [] : blocks.slice(end) };
}

function edited(lines: readonly string[], edit: CriterionEdit, words: (text: string) => string): readonly string[] {
  const tasks = lines.flatMap((line, index) => (TASK.test(line) ? [index] : []));
  if (edit.kind === "add") return added(lines, tasks.at(-1) ?? -1, words(edit.text));
  const at = tasks[Number(edit.which) - 1];
  const [, bullet = "*", box = " ", text = ""] = TASK.exec(lines[at ?? -1] ?? "") ?? [];
  if (at === undefined) throw new TrackerError("invalid", `There is no task ${edit.which} here.`);
  const instead = (...next: readonly string[]): readonly string[] => [...lines.slice(0, at), ...next, ...lines.slice(at + 1)];
  switch (edit.kind) {
    case "remove":
      return instead();
    case "tick":
    case "untick":
      return instead(`${bullet} [${edit.kind === "tick" ? "x" : " "}] ${text}`);
    case "reword":
      return instead(`${bullet} [${box}] ${words(edit.text)}`);
  }
}

/** Below the last one; where there is none, under the heading above the footer. */
function added(lines: readonly string[], last: number, text: string): readonly string[] {
  if (last >= 0) return [...lines.slice(0, last + 1), `* [ ] ${text}`, ...lines.slice(last + 1)];
  const heading = lines.findLastIndex((line) => /^h\d\. Acceptance/i.test(line));
  if (heading >= 0) return [...lines.slice(0, heading + 1), "", `* [ ] ${text}`, ...lines.slice(heading + 1)];
  const rule = lines.lastIndexOf("----");
  const at = rule < 0 ? lines.length : rule;
  return [...lines.slice(0, at), "h2. Acceptance criteria", "", `* [ ] ${text}`, "", ...lines.slice(at)];
}
