/** The workflow as far as tickets have shown it: the whole of it is for administrators only. */

import type { WireTransition } from "./jira-wire.ts";

export interface JiraWorkflow {
  /** Steps that led from this status for a ticket of this type; null where nobody has looked yet. */
  from(type: string, status: string): readonly WireTransition[] | null;
  learn(type: string, status: string, transitions: readonly WireTransition[]): void;
}

export function openWorkflow(): JiraWorkflow {
  const known = new Map<string, readonly WireTransition[]>();
  const key = (type: string, status: string): string => JSON.stringify([type, status]);
  return {
    from: (type, status) => known.get(key(type, status)) ?? null,
    learn: (type, status, transitions) => void known.set(key(type, status), transitions),
  };
}
