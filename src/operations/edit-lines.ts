/** The lines that an edit of a spec changes, with the post-condition of writing them: a plan shows no edit that would be refused. */

import type { EditedLines } from "../core/plan/plan-input.ts";
import type { SpecDocument } from "../core/model/spec-document.ts";
import { checkSplice } from "../core/spec/check-splice.ts";
import type { MarkdownParser } from "../core/spec/markdown-parser.ts";
import { parseSpec } from "../core/spec/parse-spec.ts";
import type { SectionEdit } from "../core/spec/section-edit.ts";
import { lineEditsOf, spliceSpec } from "../core/spec/splice-section.ts";

export function editLines(doc: SpecDocument, edit: SectionEdit, parser: MarkdownParser): EditedLines {
  const spliced = spliceSpec(doc, [edit], parser);
  const problem = checkSplice(doc, parseSpec(doc.path, spliced, parser), [edit]);
  return problem === null ? { ok: true, lines: lineEditsOf(doc.text, spliced, doc.path) } : { ok: false, problem };
}
