/** Writes edits of sections into a spec: the original text with only what they change replaced. */

import { diffArrays } from "diff";
import type { LineEdit } from "../model/plan.ts";
import type { SpecDocument } from "../model/spec-document.ts";
import { edgeOfSubtree } from "./section-order.ts";
import { lineBehind } from "./criteria-home.ts";
import { LinePatch } from "./line-patch.ts";
import { locateCriteria } from "./locate-criteria.ts";
import type { MarkdownParser } from "./markdown-parser.ts";
import { printSection } from "./print-section.ts";
import { editProblem } from "./edit-problem.ts";
import { replaceText, type Replacement } from "./replace-text.ts";
import type { SectionEdit } from "./section-edit.ts";
import { spliceBlocks } from "./splice-blocks.ts";
import { spliceCriteria } from "./splice-criteria.ts";
import { markerChanges } from "./splice-markers.ts";
import { spliceTitle } from "./splice-title.ts";

/** The text of `doc` with the edits made. What cannot be written is left as it is; `checkSplice` then refuses the result. */
export function spliceSpec(doc: SpecDocument, edits: readonly SectionEdit[], parser: MarkdownParser): string {
  const patch = new LinePatch(doc.text);
  const possible = edits.filter((edit) => editProblem(doc, edit) === null);
  const places = possible.some(({ criteria }) => criteria) ? locateCriteria(doc, parser) : new Map<never, never>();
  const changes = possible.flatMap((edit): readonly Replacement[] => {
    const section = doc.sections[edit.section];
    const { title, criteria, blocks } = edit;
    if (blocks) spliceBlocks(doc, blocks.sections, blocks.edits, patch, parser);
    const isFound = criteria?.now.every((criterion) => places.has(criterion)) === true;
    return [
      ...markerChanges(doc, edit),
      ...(title === undefined || !section ? [] : spliceTitle(doc, section, title, parser)),
      ...(criteria && isFound ? spliceCriteria({ doc, places, patch, parser }, edit.section, criteria) : []),
    ];
  });
  for (const { section, append } of possible) {
    const last = append && doc.sections[edgeOfSubtree(doc, section) - 1];
    if (last) for (const added of append) patch.insert(lineBehind(doc, last, patch), printSection(doc, added, parser));
  }
  return replaceText(doc.text, [...changes, ...patch.replacements()]);
}

/** The lines in which the two texts differ, neighbours together. Line ends are no part of them. */
export function lineEditsOf(before: string, after: string, path: string): readonly LineEdit[] {
  const edits: { line: number; before: readonly string[]; after: readonly string[] }[] = [];
  let line = 1;
  for (const { value, added, removed } of diffArrays(linesOf(before), linesOf(after))) {
    const last = edits.at(-1);
    const open = last && last.line + last.before.length === line ? last : { line, before: [], after: [] };
    if ((added || removed) && open !== last) edits.push(open);
    if (added) open.after = [...open.after, ...value];
    else line += value.length;
    if (removed) open.before = [...open.before, ...value];
  }
  return edits.map((edit) => ({ path, ...edit }));
}

function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}
