/** Looks where people make tickets beside ours: below the tickets of sections, and where `inbox` says; for questions only (semantics 7, "Discovery"). */

import { parseAddress } from "../core/address.ts";
import type { Diagnostic } from "../core/model/diagnostic.ts";
import type { Selection } from "../core/model/plan.ts";
import type { Ticket } from "../core/model/ticket.ts";
import type { TargetState } from "../core/plan/plan-input.ts";
import { isWhole, selector } from "../core/plan/selection.ts";
import type { Query } from "../trackers/tracker.ts";
import { TrackerError } from "../trackers/tracker-error.ts";
import type { OpenTarget } from "./read-targets.ts";

export interface FoundTickets {
  readonly found: readonly Ticket[];
  readonly requests: number;
  readonly diagnostics: readonly Diagnostic[];
}

const NOTHING: FoundTickets = { found: [], requests: 0, diagnostics: [] };

/** Nothing is asked where the plan may not be applied: questions follow merged specs as tickets do. */
export async function findTickets(target: OpenTarget, state: TargetState, workspace: string, selection: Selection): Promise<FoundTickets> {
  if (!state.discovered || !state.complete || state.blocked !== null || selection.decisions.length > 0) return NOTHING;
  const queries = [...childQueries(target, parentsOf(target, state, workspace, selection)), ...inboxQueries(target, selection)];
  const answers = await Promise.all(queries.map((query) => ask(query, target)));
  const found = new Map(answers.flatMap(({ tickets }) => tickets.map((ticket) => [ticket.id, ticket] as const)));
  return { found: [...found.values()], requests: queries.length, diagnostics: answers.flatMap(({ diagnostic }) => diagnostic ?? []) };
}

function childQueries({ tracker }: OpenTarget, parents: readonly string[]): readonly Query[] {
  const { read } = tracker.capabilities.batch;
  return Array.from({ length: Math.ceil(parents.length / read) }, (_one, page) => ({
    childrenOf: parents.slice(page * read, (page + 1) * read),
    unmarked: true,
  }));
}

/** A whole plan only: what an inbox holds is about no section. */
function inboxQueries({ config }: OpenTarget, selection: Selection): readonly Query[] {
  return config.inbox !== null && isWhole(selection) ? [{ inbox: config.inbox }] : [];
}

/** Tickets of chosen sections that can have children at all. */
function parentsOf({ tracker, project, config }: OpenTarget, { tickets }: TargetState, workspace: string, selection: Selection): readonly string[] {
  if (!tracker.capabilities.hierarchy) return [];
  const selects = selector(selection);
  const isChosen = isWhole(selection)
    ? (): boolean => true
    : (address: string): boolean => {
        const parsed = parseAddress(address);
        return parsed !== null && selects(parsed, config.name);
      };
  const canHave = (type: string | null): boolean => type === null || !tracker.capabilities.types || (project.nesting[type]?.length ?? 0) > 0;
  return tickets.flatMap(({ key, type, base, archived }) =>
    base !== null && base.workspace === workspace && !base.released && !archived && canHave(type) && isChosen(base.address) ? [key] : [],
  );
}

interface Answer {
  readonly tickets: readonly Ticket[];
  readonly diagnostic: Diagnostic | null;
}

/** A part is as good as nothing: who asks about half of them is asked again tomorrow about the rest. */
async function ask(query: Query, { tracker, config }: OpenTarget): Promise<Answer> {
  try {
    const { tickets, complete } = await tracker.read(query);
    return { tickets: complete ? tickets : [], diagnostic: complete ? null : told(config.name, "not all of them could be read", null) };
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    return { tickets: [], diagnostic: told(config.name, error.message, error.hint) };
  }
}

function told(target: string, why: string, hint: string | null): Diagnostic {
  return {
    code: "discovery-partial",
    severity: "warning",
    message: `Nobody is asked about tickets that people made in ${target}: ${why}${/[.!?]$/.test(why) ? "" : "."}`,
    ...(hint === null ? {} : { hint }),
  };
}
