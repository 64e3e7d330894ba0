/** Decides what the bot proposes: which specs, whether it was proposed or declined before, and whether there is room for it now. */

import type { BotAnswer } from "../model/bot-answer.ts";
import type { BotMemory, Proposal } from "../model/bot-memory.ts";
import type { Change, Plan } from "../model/plan.ts";
import { canonicalJson } from "../canonical-json.ts";
import { fingerprint } from "../fingerprint.ts";
import { pathOfAddress } from "../address.ts";

/** What people changed on the tickets of one spec, or the statuses of many. */
export interface SpecChanges {
  /** Its path; `STATUSES` where nothing but statuses changed, in whatever specs. */
  readonly spec: string;
  readonly changes: readonly Change[];
  readonly print: string;
  /** Of ANSWERS: which. */
  readonly answers?: readonly BotAnswer[];
}

export type LeaveReason = "declined" | "paused" | "too-many-open" | "too-many-now" | "statuses-wait";

export type Proposing =
  /** `standing`: the one that is open for this spec, and is brought up to date where it is not; null: a new one. */
  | { readonly do: "propose"; readonly found: SpecChanges; readonly standing: Proposal | null }
  | { readonly do: "leave"; readonly found: SpecChanges; readonly why: LeaveReason }
  /** The tickets say again what the spec says. */
  | { readonly do: "withdraw"; readonly standing: Proposal };

export interface ProposeLimits {
  readonly open: number;
  readonly perHour: number;
  /** Milliseconds. */
  readonly statusEvery: number;
}

/** No path: paths end in .md. */
export const STATUSES = "statuses";
/** Instead of a path as well: what people answered to questions, in whatever specs. */
export const ANSWERS = "answers";

const HOUR = 3_600_000;

/** In the order of the plan, statuses last. */
export function changesBySpec({ changes }: Pick<Plan, "changes">): readonly SpecChanges[] {
  const pulls = changes.filter(({ pulled, edits }) => pulled.length > 0 && edits.length > 0);
  const bySpec = [...Map.groupBy(pulls, ({ address }) => pathOfAddress(address))].map(([spec, found]) => specChanges(spec, found));
  const statuses = bySpec.filter(({ changes: found }) => found.every(isStatus)).flatMap(({ changes: found }) => found);
  const rest = bySpec.filter(({ changes: found }) => !found.every(isStatus));
  return statuses.length > 0 ? [...rest, specChanges(STATUSES, statuses)] : rest;
}

export function isStatus({ pulled }: Pick<Change, "pulled">): boolean {
  return pulled.every(({ field }) => field === "status");
}

/** The identity of a proposal is what it would change, never its words. */
function specChanges(spec: string, changes: readonly Change[]): SpecChanges {
  const meant = changes.map(({ target, key, pulled }) => canonicalJson([target, key, pulled.map(({ field, live }) => [field, live])]));
  return { spec, changes, print: fingerprint(canonicalJson(meant.toSorted())) };
}

/**
 * `now` in milliseconds. In the order of the specs; what there is no room for waits for a later run. `isGone`: what is
 * not found of a spec is really gone, and not only unread or undecided.
 */
export function decideProposals(
  found: readonly SpecChanges[],
  memory: Pick<BotMemory, "proposals">,
  limits: ProposeLimits,
  { now, isGone }: { readonly now: number; readonly isGone: (spec: string) => boolean },
): readonly Proposing[] {
  // Who answers a question has asked for its pull request: it comes and goes with the answers.
  const proposals = memory.proposals.filter(({ spec }) => spec !== ANSWERS);
  const gone = proposals.filter(({ spec, state }) => state === "open" && isGone(spec) && !found.some((one) => one.spec === spec));
  const lastStatuses = Math.max(0, ...proposals.filter(({ spec }) => spec === STATUSES).map(openedAt));
  let open = proposals.filter(({ state }) => isStanding(state)).length - gone.length;
  let opened = proposals.filter((one) => openedAt(one) > now - HOUR).length;
  const decide = (one: SpecChanges): Proposing => {
    const leave = (why: LeaveReason): Proposing => ({ do: "leave", found: one, why });
    const standing = proposals.find(({ spec, state }) => spec === one.spec && isStanding(state)) ?? null;
    if (proposals.some(({ print, state }) => print === one.print && state === "declined")) return leave("declined");
    if (standing?.state === "paused") return leave("paused");
    if (standing !== null) return { do: "propose", found: one, standing };
    if (one.spec === STATUSES && now - lastStatuses < limits.statusEvery) return leave("statuses-wait");
    if (open >= limits.open) return leave("too-many-open");
    if (opened >= limits.perHour) return leave("too-many-now");
    open += 1;
    opened += 1;
    return { do: "propose", found: one, standing: null };
  };
  return [...gone.map((standing): Proposing => ({ do: "withdraw", standing })), ...found.map(decide)];
}

export function isStanding(state: Proposal["state"]): boolean {
  return state === "open" || state === "paused";
}

function openedAt(proposal: Proposal): number {
  return Date.parse(proposal.openedAt);
}

/** A branch name that says which spec; several specs never share one. */
export function proposalBranch(spec: string): string {
  const plain = spec
    .toLowerCase()
    .replace(/\.md$/, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60)
    .replace(/-+$/, "");
  return `${PROPOSAL_PREFIX}${plain === "" ? "spec" : plain}-${fingerprint(spec).slice(0, 6)}`;
}

export const PROPOSAL_PREFIX = "canon/sync/";
