/** Reads what taking a run back must know: its journal, and what people did to the tickets that it created. */

import type { JournalRecord } from "../core/model/journal-record.ts";
import type { Selection } from "../core/model/plan.ts";
import type { AroundTickets, CreatedTicket, UndoInput } from "../core/plan/undo-input.ts";
import { openJournal } from "../io/journal.ts";
import { stateDirOf } from "../io/state.ts";
import { TrackerError } from "../trackers/tracker-error.ts";
import type { OpenTarget } from "./read-targets.ts";
import type { Workspace } from "./workspace.ts";

/** null: the selection takes no run back. */
export async function readUndo({ disk, root }: Workspace, { decisions }: Selection, targets: ReadonlyMap<string, OpenTarget>): Promise<UndoInput | null> {
  const decision = decisions.find((one) => one.kind === "undo");
  if (!decision) return null;
  const { records } = await openJournal(disk, await stateDirOf(disk, root), decision.run);
  const created = records.filter(isCreated);
  const around = new Map<string, AroundTickets>();
  for (const [name, target] of targets) {
    const keys = keysIn(created, name);
    if (keys.length > 0) around.set(name, await readAround(target, keys));
  }
  return { run: decision.run, created, written: records.filter(({ kind }) => kind === "written").length, around };
}

/** Keys of the created tickets of one target. */
export function keysIn(created: readonly CreatedTicket[], target: string): readonly string[] {
  return created.flatMap((one) => (one.target === target ? [one.key] : []));
}

async function readAround({ config, tracker }: OpenTarget, keys: readonly string[]): Promise<AroundTickets> {
  const { history, hierarchy } = tracker.capabilities;
  const [edits, children] = await Promise.all([
    history ? answerOf(() => tracker.history(keys, null)) : [],
    hierarchy ? answerOf(async () => wholeOf(await tracker.read({ childrenOf: keys }))) : [],
  ]);
  return { edits: edits?.map((edit) => ({ ...edit, target: config.name })) ?? null, children };
}

/** A part of the children tells nothing of the others. */
function wholeOf<T>({ tickets, complete }: { readonly tickets: readonly T[]; readonly complete: boolean }): readonly T[] | null {
  return complete ? tickets : null;
}

/** null: it did not answer. */
async function answerOf<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    return null;
  }
}

function isCreated(record: JournalRecord): record is Extract<JournalRecord, { kind: "created" }> {
  return record.kind === "created";
}
