/** A plan and what it was made of → how far every spec is (`canon status`). */

import { pathOfAddress } from "../address.ts";
import type { Change, Plan } from "../model/plan.ts";
import { SECTION_STATES, type SectionState, type StatusCounts, type StatusReport, type Waiting } from "../model/status-report.ts";
import type { SpecDocument } from "../model/spec-document.ts";
import type { SpecStatus } from "../model/status.ts";
import type { Ticket } from "../model/ticket.ts";
import { addressOf, type CompiledSection } from "./compile-spec.ts";
import { driftOf } from "./drift-of.ts";
import type { LinkedItem } from "./link-items.ts";
import type { PlanInput } from "./plan-input.ts";
import { pulledStatus } from "./pulled-status.ts";
import { selector } from "./selection.ts";
import { TargetMap } from "./target-map.ts";

type Input = Pick<PlanInput, "config" | "specs" | "targets">;

/** `plan`: with the history of its conflicts (`annotatePlan`), where the trackers tell. `items`: what it was made from, by address. */
export function statusReport(plan: Plan, items: ReadonlyMap<string, LinkedItem>, input: Input): StatusReport {
  const chosen = selector(plan.selection);
  const waiting = waitingByPath(plan, input);
  const drifted = driftOf(plan);
  const drift = countByPath(drifted);
  const specs = input.specs.flatMap(({ doc, sections }) => {
    const entries = sections.filter((entry) => chosen({ path: doc.path, id: entry.section.id }, entry.target?.name ?? null));
    const states = entries.flatMap((entry) => {
      const state = stateOf(entry, doc, items.get(addressOf(doc, entry.section)), input);
      return state === null ? [] : [{ state, criteria: entry.criteria }];
    });
    const waits = waiting.get(doc.path) ?? [];
    const counts: StatusCounts = {
      sections: states.length,
      states: countStates(states.map(({ state }) => state)),
      criteria: countCriteria(states.flatMap(({ criteria }) => criteria)),
      drift: drift.get(doc.path) ?? 0,
      ...countWaiting(waits),
    };
    return states.length === 0 && waits.length === 0 ? [] : [{ path: doc.path, title: doc.sections[0]?.title ?? doc.path, ...counts }];
  });
  return {
    createdAt: plan.createdAt,
    specs,
    totals: { ...sumOf(specs), drift: drifted.length, ...countWaiting([...waiting.values()].flat()) },
    pending: plan.changes.filter(({ action }) => action !== "noop").length,
    orphans: plan.orphans.length,
    diagnostics: plan.diagnostics,
  };
}

/** null: the section is none that could have a ticket. */
function stateOf(entry: CompiledSection, doc: SpecDocument, link: LinkedItem | undefined, input: Input): SectionState | null {
  switch (entry.reason) {
    case "skip":
    case "sync-false":
    case "excluded-heading":
    case "depth":
    case "not-marked":
    case "not-numbered":
    case "no-criteria":
    case "criteria-heading":
      return null;
    case "done":
    case "deprecated":
      return entry.reason;
    case "create-when":
    case "create-off":
    case "no-route":
    case "stopped":
    case null: {
      const state = statusOf(entry, doc, link, input);
      const hasTicket = entry.section.ticket !== null || (link !== undefined && "ticket" in link);
      return hasTicket || state === "done" || state === "deprecated" ? state : "no_ticket";
    }
  }
}

/** The spec's word; where it has none, what the ticket's status means. */
function statusOf(entry: CompiledSection, doc: SpecDocument, link: LinkedItem | undefined, { config, targets }: Input): SpecStatus {
  const named = entry.section.status ?? doc.frontMatter.status ?? config.specs.defaultStatus;
  if (named !== null || link === undefined || !("ticket" in link)) return entry.status;
  const statuses = targets.get(link.item.target)?.view.statuses;
  return (statuses && pulledStatus(null, link.ticket, statuses)) ?? entry.status;
}

const NO_STATES: Record<SectionState, number> = { draft: 0, todo: 0, in_progress: 0, blocked: 0, done: 0, deprecated: 0, no_ticket: 0 };

function countStates(states: readonly SectionState[]): StatusCounts["states"] {
  const counts = { ...NO_STATES };
  for (const state of states) counts[state] += 1;
  return counts;
}

function countCriteria(criteria: CompiledSection["criteria"]): StatusCounts["criteria"] {
  return { total: criteria.length, checked: criteria.filter(({ checked }) => checked).length };
}

function sumOf(rows: readonly StatusCounts[]): Pick<StatusCounts, "sections" | "states" | "criteria"> {
  const states = { ...NO_STATES };
  for (const row of rows) for (const state of SECTION_STATES) states[state] += row.states[state];
  return {
    sections: rows.reduce((sum, { sections }) => sum + sections, 0),
    states,
    criteria: {
      total: rows.reduce((sum, { criteria }) => sum + criteria.total, 0),
      checked: rows.reduce((sum, { criteria }) => sum + criteria.checked, 0),
    },
  };
}

/** What a person must decide; `at` null where nobody knows since when. */
interface Wait extends Omit<Waiting, "at"> {
  readonly at: string | null;
}

/** By path of the spec; "" gathers what belongs to none. */
function waitingByPath(plan: Plan, { targets }: Input): ReadonlyMap<string, readonly Wait[]> {
  const tickets = new TargetMap<Ticket>();
  for (const [name, target] of targets) for (const ticket of target.tickets) tickets.set(name, ticket.key, ticket);
  const touched = (target: string, key: string | null): string | null => (key === null ? null : (tickets.get(target, key)?.updatedAt ?? null));
  const waits: readonly Wait[] = [
    ...plan.conflicts.map((change) => ({
      kind: "conflict" as const,
      address: change.address,
      key: change.key,
      at: editedAt(change) ?? touched(change.target, change.key),
    })),
    ...plan.questions.map(({ address, key, target }) => ({ kind: "question" as const, address, key, at: touched(target, key) })),
  ];
  return Map.groupBy(waits, ({ address }) => pathOfAddress(address ?? ""));
}

/** When the first of the fields that are in conflict was edited. */
function editedAt({ fields, held }: Change): string | null {
  const times = [...fields, ...held].flatMap(({ verdict, at }) => (verdict === "conflict" && at !== undefined ? [at] : []));
  return times.toSorted()[0] ?? null;
}

function countWaiting(waits: readonly Wait[]): Pick<StatusCounts, "conflicts" | "questions" | "oldest"> {
  const known = waits.flatMap((wait): readonly Waiting[] => (wait.at === null ? [] : [{ ...wait, at: wait.at }]));
  return {
    conflicts: waits.filter(({ kind }) => kind === "conflict").length,
    questions: waits.filter(({ kind }) => kind === "question").length,
    oldest: known.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))[0] ?? null,
  };
}

function countByPath(changes: readonly Change[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { address } of changes) counts.set(pathOfAddress(address), (counts.get(pathOfAddress(address)) ?? 0) + 1);
  return counts;
}
