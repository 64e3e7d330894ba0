/** A folder that fails on command: it stands between the tracker and its client, because a folder has no wire to cut. */

import type { FolderClient, OpenFolder } from "../../../examples/folder-tracker/folder-client.ts";
import type { LocalFault, LocalOperation } from "../../../src/trackers/local-desk.ts";
import { TrackerError } from "../../../src/trackers/tracker-error.ts";

export interface FaultyFolder extends FolderClient {
  set(fault: LocalFault): void;
  clear(): void;
}

interface Late {
  readonly due: number;
  readonly deliver: () => Promise<unknown>;
}

export function faultyFolder(inner: FolderClient, now: () => number): FaultyFolder {
  let waiting: { readonly fault: LocalFault; left: number }[] = [];
  let late: Late[] = [];

  const take = (operation: LocalOperation): LocalFault | null => {
    const one = waiting.find(({ fault }) => fault.operation === operation);
    if (!one) return null;
    one.left -= 1;
    if (one.left > 0) return null;
    waiting = waiting.filter((other) => other !== one);
    return one.fault;
  };

  const deliverDue = async (): Promise<void> => {
    const due = late.filter((one) => one.due <= now());
    late = late.filter((one) => one.due > now());
    for (const { deliver } of due) await deliver();
  };

  const strike = <E, T>(
    { kind, ms = 1_000 }: LocalFault,
    operation: LocalOperation,
    element: E,
    work: (folder: OpenFolder, element: E) => T,
    folder: OpenFolder,
  ): never => {
    if (kind === "drop-answer" || kind === "garbage") work(folder, element);
    if (kind === "late") late.push({ due: now() + ms, deliver: () => inner.write(operation, [element], work) });
    throw errorOf(kind, ms, "unknown-outcome");
  };

  return {
    set: (fault) => void waiting.push({ fault, left: fault.nth }),
    clear: () => {
      waiting = [];
    },
    read: async (operation, work) => {
      await deliverDue();
      const fault = take(operation);
      if (fault === null) return inner.read(operation, work);
      if (fault.kind !== "partial") throw errorOf(fault.kind, fault.ms ?? 1_000, "unavailable");
      return inner.read(operation, (folder) => work({ ...folder, tickets: folder.tickets.slice(1), broken: ["DOC-1.md"] }));
    },
    write: async (operation, elements, work) => {
      await deliverDue();
      return inner.write(operation, elements, (folder, element) => {
        const fault = take(operation);
        return fault === null ? work(folder, element) : strike(fault, operation, element, work, folder);
      });
    },
  };
}

function errorOf(kind: LocalFault["kind"], ms: number, lost: "unknown-outcome" | "unavailable"): TrackerError {
  switch (kind) {
    case "refuse":
      return new TrackerError("forbidden", "A fault was set.");
    case "rate-limited":
      return new TrackerError("rate-limited", "A fault was set.", { retryAfter: ms / 1_000 });
    case "unavailable":
      return new TrackerError("unavailable", "A fault was set.");
    default:
      return new TrackerError(lost, "A fault was set.");
  }
}
