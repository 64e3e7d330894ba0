/** The texts of the specs as a proposal would leave them: only what its plan shows is replaced. */

import { pathOfAddress } from "../../core/address.ts";
import type { SpecChanges } from "../../core/bot/propose.ts";
import { checkSplice } from "../../core/spec/check-splice.ts";
import { spliceSpec } from "../../core/spec/splice-section.ts";
import type { Gathered } from "../gather.ts";
import { parseWithKeys } from "../parse-with-keys.ts";
import type { Workspace } from "../workspace.ts";

export interface ProposedFile {
  /** From the top of the repository. */
  readonly path: string;
  readonly text: string;
}

/** null: the post-condition of writing one of them does not hold. */
export function filesOf(
  { changes }: SpecChanges,
  { made, docs }: Pick<Gathered, "made" | "docs">,
  workspace: Workspace,
  prefix: string,
): readonly ProposedFile[] | null {
  const files: ProposedFile[] = [];
  for (const [path, found] of Map.groupBy(changes, ({ address }) => pathOfAddress(address))) {
    const doc = docs.get(path);
    const edits = found.flatMap(({ address }) => made.edits.get(address) ?? []);
    if (!doc || edits.length === 0) return null;
    const text = spliceSpec(doc, edits, workspace.parser);
    if (checkSplice(doc, parseWithKeys(path, text, workspace), edits) !== null) return null;
    files.push({ path: prefix + path, text });
  }
  return files;
}
