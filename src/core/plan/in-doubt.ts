/** What a journal leaves open: creates that were announced and whose outcome no line tells. */

import type { CreateIntent, JournalRecord } from "../model/journal-record.ts";

export interface InDoubtCreate extends CreateIntent {
  readonly target: string;
  /** The tracker's high-water mark from before the send. */
  readonly watermark: string;
}

/** In the order of their intents. A later intent for a token replaces an earlier one: it was only written once that was settled. */
export function createsInDoubt(records: readonly JournalRecord[]): readonly InDoubtCreate[] {
  const open = new Map<string, InDoubtCreate>();
  for (const record of records) {
    switch (record.kind) {
      case "intent":
        for (const create of record.creates) open.set(create.token, { ...create, target: record.target, watermark: record.watermark });
        break;
      case "created":
        open.delete(record.token);
        break;
      case "failed":
        // A lost answer is told as a failure too, and proves nothing.
        if (record.error !== "unknown-outcome") open.delete(record.token);
        break;
      case "run":
      case "writing":
      case "written":
      case "marked":
      case "pulled":
      case "end":
        break;
    }
  }
  return [...open.values()];
}

/** True when nothing of this run is left to do: it came to its end, and knows what became of every create. */
export function isSettled(records: readonly JournalRecord[]): boolean {
  return records.some((record) => record.kind === "end") && createsInDoubt(records).length === 0;
}
