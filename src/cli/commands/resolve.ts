/** `canon resolve`: a person decides what stands where spec and ticket were both changed. */

import type { Decision, Keep } from "../../core/model/decision.ts";
import { EXIT, type ExitCode } from "../../core/model/exit-code.ts";
import { FIELD_NAMES, type FieldName } from "../../core/model/item.ts";
import type { Change, FieldChange, Plan, Selection } from "../../core/model/plan.ts";
import { nearestWord } from "../../core/text/nearest-word.ts";
import type { Workspace } from "../../operations/workspace.ts";
import { planText } from "../../views/plan-text.ts";
import { planView } from "../../views/plan-view.ts";
import type { CommandSpec } from "../command.ts";
import { selectionFor } from "../direction.ts";
import { hasErrors } from "../fail-on-errors.ts";
import { withInterrupts } from "../interrupts.ts";
import { SELECTION_OPTIONS, WRITE_OPTIONS } from "../option-spec.ts";
import type { Session } from "../session.ts";
import { CommandFailure, usageError } from "../usage-error.ts";
import type { World } from "../world.ts";
import { showOnly, writeFlow } from "../write-flow.ts";
import { makePlan } from "./plan.ts";

type Side = Exclude<Keep, "both">;
type Kept = Extract<Decision, { readonly kind: "keep" }>;

const SIDES: readonly Side[] = ["spec", "tracker", "merge"];

/** Two texts can both be kept; two titles cannot. */
const MERGED: readonly FieldName[] = ["criteria", "body"];

export const resolve: CommandSpec = {
  kind: "command",
  about:
    "Settles conflicts: fields that were changed both in the spec and on the ticket. --keep says what stands: the spec's value, the tracker's, or, for criteria and text, both (merge). Without --keep it asks for each of them. Then it shows the plan and asks before it writes.",
  operands: { name: "ADDRESS", least: 1, most: Infinity },
  options: [
    { flags: "--keep SIDE", help: "what stands: spec, tracker or merge" },
    { flags: "--field FIELD", help: "only this field" },
    ...SELECTION_OPTIONS.filter(({ flags }) => !flags.startsWith("--include")),
    ...WRITE_OPTIONS.filter(({ flags }) => !flags.startsWith("--allow-mass-create")),
  ],
  examples: [
    ["canon resolve specs/payments.md#retries", "show what both sides say, and ask"],
    ["canon resolve specs/payments.md#retries --keep tracker", "the ticket is right"],
    ["canon resolve specs --field criteria --keep merge", "both sides' criteria, in all specs"],
  ],
  json: "lines",
  run: async (session) => {
    const workspace = await session.open();
    const [keep, field] = [oneOf(session, "keep", SIDES), oneOf(session, "field", FIELD_NAMES)];
    if (keep === "merge" && field !== null && !MERGED.includes(field))
      throw usageError(`Two values of ${field} cannot be merged.`, "Give --keep spec or --keep tracker.");
    const selection: Selection = { ...selectionFor(session, workspace, "both"), includeDone: true };
    const ask = session.json || session.quiet ? null : session.world.ask;
    if (keep === null && ask === null)
      throw usageError("canon resolve needs to know what stands, and there is nobody to ask.", "Give --keep spec, tracker or merge.");
    const plan = await makePlan(session, workspace, selection);
    const conflicts = plan.conflicts.filter(({ reason, held }) => reason !== "behind" && held.some((one) => isAsked(one, field)));
    if (conflicts.length === 0) return nothing(session, plan, field);
    const decisions =
      keep === null && ask !== null
        ? await askEach(session, plan, conflicts, field, ask)
        : conflicts.map(({ address }) => decision(address, field, keep ?? "spec"));
    return carryOut(session, workspace, { ...selection, addresses: decisions.map(({ address }) => address), decisions });
  },
};

function isAsked({ field, verdict }: FieldChange, only: FieldName | null): boolean {
  return verdict === "conflict" && (only ?? field) === field;
}

function decision(address: string, field: FieldName | null, keep: Side): Kept {
  return { kind: "keep", address, field, keep };
}

async function carryOut(session: Session, workspace: Workspace, selection: Selection): Promise<ExitCode> {
  if (selection.decisions.length === 0) return EXIT.conflicts;
  if (session.input.flag("n")) return showOnly(session, await makePlan(session, workspace, selection));
  return writeFlow(session, workspace, { selection, saved: null });
}

/** A section that is stopped, or older than its ticket, is none that nobody needs to look at. */
function nothing(session: Session, { diagnostics, conflicts }: Plan, field: FieldName | null): ExitCode {
  if (hasErrors(diagnostics)) throw new CommandFailure(diagnostics);
  const isBehind = conflicts.some(({ reason }) => reason === "behind");
  session.print(
    isBehind ? "  The specs are older than their tickets here: get the newest ones first.\n" : `  No conflicts here${field === null ? "" : ` in ${field}`}.\n`,
  );
  const exitCode = isBehind ? EXIT.stale : EXIT.ok;
  session.record("summary", { exitCode, diagnostics, results: [] });
  return exitCode;
}

/** An empty answer leaves the conflict for later. */
async function askEach(
  session: Session,
  plan: Plan,
  conflicts: readonly Change[],
  only: FieldName | null,
  ask: NonNullable<World["ask"]>,
): Promise<readonly Kept[]> {
  session.print(planText({ ...planView({ ...plan, changes: [], observed: [], questions: [], orphans: [] }), next: [] }, session.page));
  return withInterrupts(
    session.world,
    () => {},
    async (signal) => {
      const decisions: Kept[] = [];
      for (const change of conflicts) {
        for (const field of new Set(change.held.flatMap((held) => (isAsked(held, only) ? [held.field] : [])))) {
          const keep = await askOne(change, field, ask, signal);
          if (keep !== null) decisions.push(decision(change.address, field, keep));
        }
      }
      return decisions;
    },
  );
}

async function askOne({ key, title }: Change, field: FieldName, ask: NonNullable<World["ask"]>, signal: AbortSignal): Promise<Side | null> {
  const choices = MERGED.includes(field) ? SIDES : SIDES.filter((side) => side !== "merge");
  const letters = choices.map((side) => `${side.charAt(0)} = ${side}`).join(", ");
  for (;;) {
    const answer = (await ask(`  ${key ?? title}, ${field}: ${letters}, empty = later: `, signal))?.trim().toLowerCase() ?? "";
    const found = answer === "" ? null : choices.find((side) => side === answer || side.charAt(0) === answer);
    if (found !== undefined) return found;
  }
}

function oneOf<T extends string>({ input }: Session, option: "keep" | "field", words: readonly T[]): T | null {
  const typed = input.text(option);
  if (typed === null) return null;
  const found = words.find((word) => word === typed);
  if (found !== undefined) return found;
  const near = nearestWord(typed, words);
  throw usageError(`canon resolve --${option} does not know "${typed}".`, near === null ? `It takes ${words.join(", ")}.` : `Did you mean ${near}?`);
}
