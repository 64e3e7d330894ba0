/** The one shape in which a ticket of any platform is shown (behaviours C2). */

import type { StatusCategory } from "../model/status.ts";
import type { System } from "../model/system.ts";
import { slugOf } from "../text/slug.ts";

export type LookedUpStatus = "open" | "in_progress" | "done" | "closed" | "unknown";
export type LookedUpType = "bug" | "feature" | "task" | "maintenance" | "unknown";

export interface LookedUpTicket {
  readonly id: string;
  readonly platform: System;
  readonly key: string;
  readonly url: string | null;
  readonly title: string;
  /** Markdown. */
  readonly description: string;
  readonly status: LookedUpStatus;
  readonly type: LookedUpType;
  readonly assignee: string | null;
  readonly labels: readonly string[];
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly branch: string;
  readonly metadata: {
    readonly team: { readonly key: string; readonly name: string } | null;
    readonly priority: { readonly value: number; readonly label: string } | null;
    readonly state: string;
    readonly type: string | null;
    readonly parent: string | null;
    readonly archivedAt: string | null;
  };
}

/** A platform's own kinds of states beside the categories of ours. */
export type StateKind = StatusCategory | "triage" | "duplicate" | "unknown";

/** In the order of the promise: a label that says two things is the first of them. */
const KEYWORDS: readonly (readonly [LookedUpType, readonly string[]])[] = [
  ["bug", ["bug", "defect", "fix", "error", "crash", "regression"]],
  ["feature", ["feature", "enhancement", "story", "improvement"]],
  ["task", ["task", "chore", "todo", "spike"]],
  ["maintenance", ["maintenance", "tech-debt", "tech debt", "refactor", "cleanup", "infrastructure"]],
];

/** The first label that says anything counts; without one, the platform's own type. */
export function lookedUpType(labels: readonly string[], type: string | null): LookedUpType {
  for (const label of [...labels, ...(type === null ? [] : [type])]) {
    const words = label.toLowerCase();
    const found = KEYWORDS.find(([, keywords]) => keywords.some((keyword) => words.includes(keyword)));
    if (found) return found[0];
  }
  return "unknown";
}

export function lookedUpStatus(kind: StateKind): LookedUpStatus {
  switch (kind) {
    case "open":
    case "triage":
      return "open";
    case "in_progress":
      return "in_progress";
    case "done":
      return "done";
    case "canceled":
    case "duplicate":
      return "closed";
    case "unknown":
      return "unknown";
  }
}

/** Longer names are awkward everywhere; words are cut whole. */
const BRANCH = 60;

/** `eng-123-retry-handling`. */
export function branchName(key: string, title: string): string {
  const words = `${slugOf(key.replace(/[#/]/g, "-"))}-${slugOf(title)}`.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "");
  if (words.length <= BRANCH) return words;
  const cut = words.slice(0, BRANCH + 1);
  return cut.slice(0, Math.max(cut.lastIndexOf("-"), 1)).replace(/-+$/, "");
}
