/** Which way a command goes, and what of --revert and --absorb was typed, as the selection that a plan is made for. */

import { FIELD_NAMES, type FieldName } from "../core/model/item.ts";
import type { Direction, Selection } from "../core/model/plan.ts";
import { nearestWord } from "../core/text/nearest-word.ts";
import type { Workspace } from "../operations/workspace.ts";
import type { Session } from "./session.ts";
import { usageError } from "./usage-error.ts";

/** What has a place in a spec though the spec owns it. */
const ABSORBED: readonly FieldName[] = ["title", "body"];

export function selectionFor(session: Session, workspace: Workspace, direction: Direction): Selection {
  const [revert, absorb] = [fieldsOf(session, "revert", FIELD_NAMES), fieldsOf(session, "absorb", ABSORBED)];
  const both = revert.find((field) => absorb.includes(field));
  if (both !== undefined)
    throw usageError(`--revert ${both} and --absorb ${both} contradict each other.`, "Give one of the two: the spec's value stands, or the ticket's.");
  return {
    ...session.selection(workspace),
    direction,
    revert,
    absorb,
    // Who reads the plan before saying yes vouches for it; who approved it unseen cannot.
    vouches: !(session.input.has("auto-approve") && session.input.flag("auto-approve")),
  };
}

/** `title,body`, in the fixed order. */
function fieldsOf({ input, command }: Session, option: "revert" | "absorb", allowed: readonly FieldName[]): readonly FieldName[] {
  const typed = input.has(option) ? (input.text(option) ?? "") : "";
  const words = typed.split(",").map((word) => word.trim());
  const stranger = typed === "" ? undefined : words.find((word) => !allowed.some((field) => field === word));
  if (stranger === undefined) return allowed.filter((field) => words.includes(field));
  const near = nearestWord(stranger, allowed);
  throw usageError(
    `canon ${command} --${option} does not know the field "${stranger}".`,
    near === null ? `It takes ${allowed.join(", ")}.` : `Did you mean ${near}?`,
  );
}
