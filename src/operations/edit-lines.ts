/** The lines that an edit of a spec changes, with the post-condition of writing them: a plan shows no edit that would be refused. */

import type { EditedLines } from "../core/plan/plan-input.ts";
import type { SpecDocument } from "../core/model/spec-document.ts";
import { checkSplice } from "../core/spec/check-splice.ts";
import type { SectionEdit } from "../core/spec/section-edit.ts";
import { lineEditsOf, spliceSpec } from "../core/spec/splice-section.ts";
import { parseWithKeys } from "./parse-with-keys.ts";
import type { Workspace } from "./workspace.ts";

export function editLines(doc: SpecDocument, edit: SectionEdit, workspace: Pick<Workspace, "parser" | "config">): EditedLines {
  const spliced = spliceSpec(doc, [edit], workspace.parser);
  const problem = checkSplice(doc, parseWithKeys(doc.path, spliced, workspace), [edit]);
  return problem === null ? { ok: true, lines: lineEditsOf(doc.text, spliced, doc.path) } : { ok: false, problem };
}
