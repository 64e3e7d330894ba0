/** `canon undo`: takes back what a run created. */

import type { Selection } from "../../core/model/plan.ts";
import { FORWARD } from "../../core/plan/selection.ts";
import { EXIT, type ExitCode } from "../../core/model/exit-code.ts";
import { newestCreatingRun, findRun } from "../../operations/find-run.ts";
import type { CommandSpec } from "../command.ts";
import { WRITE_OPTIONS } from "../option-spec.ts";
import type { Session } from "../session.ts";
import { usageError } from "../usage-error.ts";
import { showOnly, writeFlow } from "../write-flow.ts";
import { makePlan } from "./plan.ts";

export const undo: CommandSpec = {
  kind: "command",
  about:
    "Takes back what a run created: shows which tickets nobody has touched since, asks, closes them as not planned, and takes their markers out of the specs, so that canon plan plans these sections as new again. A ticket that somebody edited, commented on, linked or put something below is kept, and so is every ticket above it. What the run wrote to other tickets stays. Without RUN it is about the newest run that created something; canon runs lists them. Interrupted, it goes on when it is run again.",
  operands: { name: "RUN", least: 0, most: 1 },
  options: WRITE_OPTIONS.filter(({ flags }) => !flags.startsWith("--allow-mass-create")),
  examples: [
    ["canon undo", "the newest run that created something: show, ask, close"],
    ["canon undo 3f2a -n", "only look"],
    ["canon undo 3f2a --auto-approve", "without a terminal"],
  ],
  json: "lines",
  run: async (session) => {
    const workspace = await session.open();
    const run = await runOf(session, workspace);
    if (run === null) return nothing(session);
    const selection: Selection = { addresses: [], exclude: [], targets: [], includeDone: false, ...FORWARD, decisions: [{ kind: "undo", run }] };
    if (session.input.flag("n")) return showOnly(session, await makePlan(session, workspace, selection));
    return writeFlow(session, workspace, { selection, saved: null });
  },
};

/** null: none was named, and none has created anything. */
async function runOf(session: Session, workspace: Parameters<typeof findRun>[0]): Promise<string | null> {
  const [typed] = session.input.operands;
  if (typed === undefined) return newestCreatingRun(workspace);
  const found = await findRun(workspace, typed);
  const [run, ...others] = found;
  if (run === undefined) throw usageError(`There is no run "${typed}".`, "canon runs lists them.");
  if (others.length > 0) throw usageError(`"${typed}" begins more than one run: ${found.join(", ")}.`, "Type more of the one that is meant.");
  return run;
}

function nothing(session: Session): ExitCode {
  session.print("  Nothing to undo: no run of this workspace has created a ticket.\n");
  session.record("summary", { exitCode: EXIT.ok, diagnostics: [], results: [] });
  return EXIT.ok;
}
