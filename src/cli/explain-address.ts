/** Explains one section on the command line: what `plan --explain` and `show` share. */

import type { ExitCode } from "../core/model/exit-code.ts";
import { explainAddress } from "../operations/explain-section.ts";
import type { Workspace } from "../operations/workspace.ts";
import { explanationText } from "../views/explanation-text.ts";
import { failOnErrors } from "./fail-on-errors.ts";
import { makeProgress } from "./progress.ts";
import { fromRoot, type Session } from "./session.ts";

export async function explainOnTerminal(session: Session, workspace: Workspace, typed: string, anyBranch: boolean): Promise<ExitCode> {
  const address = fromRoot(typed, session.folder, workspace.root);
  const progress = makeProgress(session);
  const explanation = await explainAddress(workspace, address, { anyBranch, onProgress: progress.say }).finally(progress.end);
  session.print(explanationText(explanation, workspace.clock.now().toISOString(), session.page));
  return session.document(failOnErrors(explanation.problems), explanation.problems, { explanation });
}
