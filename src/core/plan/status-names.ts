/** Translates the six states into a project's own statuses and back (semantics 5, "Status"). */

import type { TargetConfig } from "../model/config.ts";
import { SPEC_STATUSES, type SpecStatus, type StatusCategory } from "../model/status.ts";

/** A status of the project's workflow. */
export interface NamedStatus {
  readonly name: string;
  readonly category: StatusCategory;
}

export interface Workflow {
  readonly statuses: readonly NamedStatus[];
  readonly initialStatus: string;
}

export interface StatusNames {
  /** The status to set for a state; null: leave it as it is (blocked, where the project has no such status). */
  forward(state: SpecStatus): string | null;
  /** All states that a status stands for, in Canon's order; empty for a status the project does not have. */
  backward(status: string): readonly SpecStatus[];
  /** Names in `status_map` that the project lacks. */
  readonly unknown: readonly { readonly state: SpecStatus; readonly name: string }[];
}

const STATES_OF: Readonly<Record<StatusCategory, readonly SpecStatus[]>> = {
  open: ["draft", "todo"],
  in_progress: ["in_progress", "blocked"],
  done: ["done"],
  canceled: ["deprecated"],
};

const APART = ["in_progress", "blocked"] as const;

export function statusNames(map: TargetConfig["statusMap"], workflow: Workflow): StatusNames {
  const find = (name: string): NamedStatus | undefined => workflow.statuses.find((status) => same(status.name, name));
  const unknown = SPEC_STATUSES.flatMap((state) => {
    const name = map[state];
    return name !== undefined && !find(name) ? [{ state, name }] : [];
  });
  const forward = new Map(
    SPEC_STATUSES.map((state) => [state, (map[state] !== undefined ? find(map[state])?.name : undefined) ?? byCategory(state, workflow)] as const),
  );
  const statesOf = (name: string): readonly SpecStatus[] => {
    const mapped = SPEC_STATUSES.filter((state) => map[state] !== undefined && same(map[state], name));
    if (mapped.length > 0) return mapped;
    // A workflow with a status of its own for blocked work tells it from work in progress; else both are one category.
    const blocked = forward.get("blocked") ?? null;
    const told = blocked === null ? [] : APART.filter((state) => map[state] === undefined && same(forward.get(state) ?? "", name));
    if (told.length > 0) return told;
    const category = find(name)?.category;
    return category ? STATES_OF[category] : [];
  };
  const backward = new Map(workflow.statuses.map(({ name }) => [name, statesOf(name)] as const));
  return { unknown, forward: (state) => forward.get(state) ?? null, backward: (name) => backward.get(name) ?? statesOf(name) };
}

function byCategory(state: SpecStatus, workflow: Workflow): string | null {
  const named = (...names: readonly string[]): string | undefined => workflow.statuses.find((status) => names.some((name) => same(status.name, name)))?.name;
  const first = (category: StatusCategory): string | undefined => workflow.statuses.find((status) => status.category === category)?.name;
  switch (state) {
    case "draft":
    case "todo":
      return workflow.initialStatus;
    case "in_progress":
      // Work that goes on is never put where people look for blocked work.
      return named("In Progress") ?? workflow.statuses.find(({ name, category }) => category === "in_progress" && !same(name, "Blocked"))?.name ?? null;
    case "done":
      return named("Done") ?? first("done") ?? null;
    case "blocked":
      return named("Blocked") ?? null;
    case "deprecated":
      return first("canceled") ?? named("Won't Do") ?? first("done") ?? null;
  }
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
