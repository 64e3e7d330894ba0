/** `canon runs`: what earlier applies did. */

import { EXIT } from "../../core/model/exit-code.ts";
import { readRuns } from "../../operations/runs.ts";
import { runsText } from "../../views/runs-text.ts";
import type { CommandSpec } from "../command.ts";
import { NO_OPERANDS } from "../option-spec.ts";

export const runs: CommandSpec = {
  kind: "command",
  about: "Lists past runs from their journals, newest first: when, what was typed, what was created and written, and what is still in doubt.",
  operands: NO_OPERANDS,
  options: [],
  examples: [["canon runs", "all runs of this workspace"]],
  json: "document",
  run: async (session) => {
    const workspace = await session.open();
    const found = await readRuns(workspace);
    const diagnostics = found.flatMap(({ problem }) => (problem === null ? [] : [problem.diagnostic]));
    const lines = found.map(({ problem, ...run }) => ({ ...run, damaged: problem !== null }));
    session.print(runsText(lines, diagnostics, workspace.clock.now().toISOString(), session.page));
    return session.document(diagnostics.length > 0 ? EXIT.error : EXIT.ok, diagnostics, { runs: lines });
  },
};
