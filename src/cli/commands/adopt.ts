/** `canon adopt`: links tickets that people made to the sections they are about: one pair, suggestions, or a file of answers. */

import type { Keep } from "../../core/model/decision.ts";
import type { ExitCode } from "../../core/model/exit-code.ts";
import { EXIT } from "../../core/model/exit-code.ts";
import { nearestWord } from "../../core/text/nearest-word.ts";
import type { CheckedPairs } from "../../core/adopt/check-pairs.ts";
import { adoptDecisions, adoptPairs, saveMatches, suggestAdoptions, type AdoptOptions } from "../../operations/suggest.ts";
import type { Workspace } from "../../operations/workspace.ts";
import { diagnosticsText } from "../../views/diagnostics-text.ts";
import { matchesText } from "../../views/matches-text.ts";
import type { CommandSpec } from "../command.ts";
import { selectionFor } from "../direction.ts";
import { failOnErrors, hasErrors } from "../fail-on-errors.ts";
import { SELECTION_OPTIONS, WRITE_OPTIONS } from "../option-spec.ts";
import { makeProgress } from "../progress.ts";
import { fromRoot, type Session } from "../session.ts";
import { CommandFailure, usageError } from "../usage-error.ts";
import { showOnly, writeFlow } from "../write-flow.ts";
import { makePlan } from "./plan.ts";

const KEEPS: readonly Keep[] = ["both", "spec", "tracker", "merge"];

export const adopt: CommandSpec = {
  kind: "command",
  about:
    "Makes a ticket that people made the ticket of a section. Nothing is changed but the marker and the status, and where the two differ both stay as they are; --keep says otherwise. For a whole backlog, --suggest finds what belongs together: write yes or no into the file it makes, then give it to --from. A suggestion decides nothing.",
  operands: { name: "KEY ADDRESS", least: 0, most: Infinity },
  options: [
    { flags: "--keep SIDE", help: "what stands where they differ: both (as they are), spec, tracker or merge" },
    { flags: "--suggest", help: "show tickets and sections that may belong together; ADDRESSes narrow it" },
    { flags: "--out FILE", help: "with --suggest: write them to a CSV file, to be answered" },
    { flags: "--from FILE", help: "adopt what this file answers with yes" },
    ...SELECTION_OPTIONS.filter(({ flags }) => !flags.startsWith("--include")),
    ...WRITE_OPTIONS.filter(({ flags }) => !flags.startsWith("--allow")),
  ],
  examples: [
    ["canon adopt PAY-12 specs/payments.md#refunds", "one ticket: show, ask, link"],
    ["canon adopt --suggest --out matches.csv", "what may belong together, for a spreadsheet"],
    ["canon adopt --from matches.csv -n", "only show what the answers would do"],
    ["canon adopt --from matches.csv", "show, ask, link all that is answered yes"],
  ],
  json: "lines",
  run: async (session) => {
    const keep = keepOf(session);
    const { form, file } = formOf(session);
    const workspace = await session.open();
    switch (form) {
      case "suggest":
        return suggest(session, workspace, file);
      case "from":
        return carryOut(
          session,
          workspace,
          await withProgress(session, workspace, keep, (options) => adoptDecisions(workspace, named(session, file ?? ""), options)),
        );
      case "pair":
        return carryOut(
          session,
          workspace,
          await withProgress(session, workspace, keep, (options) => adoptPairs(workspace, [pairOf(session, workspace)], options)),
        );
    }
  },
};

type Form = { readonly form: "suggest" | "from" | "pair"; readonly file: string | null };

/** One of three ways, never two at once. */
function formOf({ input }: Session): Form {
  const [isSuggest, out, from] = [input.flag("suggest"), input.text("out"), input.text("from")];
  if (isSuggest && from !== null)
    throw usageError("canon adopt takes --suggest or --from, not both.", "First --suggest --out FILE, then answer it, then --from FILE.");
  if (out !== null && !isSuggest) throw usageError("--out belongs to canon adopt --suggest.", "Write canon adopt --suggest --out FILE.");
  if (isSuggest) return { form: "suggest", file: out };
  if (from !== null && input.operands.length > 0)
    throw usageError("canon adopt --from takes its pairs from the file, not from the command line.", `Run canon adopt --from ${from}.`);
  if (from !== null) return { form: "from", file: from };
  if (input.operands.length !== 2)
    throw usageError(
      "canon adopt needs a ticket's KEY and a section's ADDRESS.",
      "Write canon adopt PAY-12 specs/payments.md#refunds, or canon adopt --suggest to see what may fit.",
    );
  return { form: "pair", file: null };
}

function keepOf({ input }: Session): Keep {
  const typed = input.text("keep");
  if (typed === null) return "both";
  const found = KEEPS.find((keep) => keep === typed);
  if (found !== undefined) return found;
  const near = nearestWord(typed, KEEPS);
  throw usageError(`canon adopt --keep does not know "${typed}".`, near === null ? `It takes ${KEEPS.join(", ")}.` : `Did you mean ${near}?`);
}

function named(session: Session, shown: string): { readonly file: string; readonly shown: string } {
  return { file: session.inFolder(shown), shown };
}

function pairOf({ input, folder }: Session, { root }: Workspace): { readonly key: string; readonly address: string; readonly place: null } {
  const [key = "", address = ""] = input.operands;
  return { key, address: fromRoot(address, folder, root), place: null };
}

async function suggest(session: Session, workspace: Workspace, out: string | null): Promise<ExitCode> {
  const progress = makeProgress(session);
  const suggestions = await suggestAdoptions(workspace, session.selection(workspace), progress.say).finally(progress.end);
  const { matches, diagnostics } = suggestions;
  if (hasErrors(diagnostics)) throw new CommandFailure(diagnostics);
  const problem = out === null ? null : await saveMatches(workspace, matches, named(session, out));
  if (problem !== null) throw new CommandFailure([...diagnostics, problem]);
  session.print(matchesText(suggestions, out, session.page));
  for (const match of matches) session.record("match", match);
  session.record("summary", { exitCode: EXIT.ok, diagnostics, file: out });
  return failOnErrors(diagnostics);
}

async function withProgress(session: Session, workspace: Workspace, keep: Keep, read: (options: AdoptOptions) => Promise<CheckedPairs>): Promise<CheckedPairs> {
  const progress = makeProgress(session);
  return read({ keep, targets: session.selection(workspace).targets, onProgress: progress.say }).finally(progress.end);
}

/** The same flow as `canon sync`, about nothing but the adopted sections. */
async function carryOut(session: Session, workspace: Workspace, { decisions, diagnostics }: CheckedPairs): Promise<ExitCode> {
  if (hasErrors(diagnostics)) throw new CommandFailure(diagnostics);
  if (diagnostics.length > 0) session.tell(`${diagnosticsText(diagnostics, session.errorPage).join("\n")}\n\n`);
  if (decisions.length === 0) return nothing(session, diagnostics);
  const selection = { ...selectionFor(session, workspace, "both"), addresses: decisions.map(({ address }) => address), decisions };
  if (session.input.flag("n")) return showOnly(session, await makePlan(session, workspace, selection));
  return writeFlow(session, workspace, { selection, saved: null });
}

function nothing(session: Session, diagnostics: CheckedPairs["diagnostics"]): ExitCode {
  session.print("  No row is answered yes, so there is nothing to adopt. Write yes into the first column of those that fit.\n");
  session.record("summary", { exitCode: EXIT.ok, diagnostics, results: [] });
  return EXIT.ok;
}
