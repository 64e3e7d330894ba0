/** Labels as operations: those of people are never sent, and the mark is never taken away. */

import { MARK } from "./jira-property.ts";

export function newLabels(labels: readonly string[]): readonly string[] {
  return [...new Set([...labels, MARK])];
}

/** `mark`: put the mark on as well. */
export function labelOperations(change: { readonly add: readonly string[]; readonly remove: readonly string[] }, mark: boolean): readonly unknown[] {
  const added = new Set([...change.add, ...(mark ? [MARK] : [])]);
  const removed = change.remove.filter((label) => label !== MARK && !added.has(label));
  return [...[...added].map((add) => ({ add })), ...removed.map((remove) => ({ remove }))];
}
