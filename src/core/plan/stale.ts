/** Says whether a saved plan still fits the world, change by change, by holding it against one made now. */

import { canonicalJson } from "../canonical-json.ts";
import type { Change, Plan } from "../model/plan.ts";
import type { MadePlan } from "./make-plan.ts";

export interface StaleReason {
  readonly address: string | null;
  readonly text: string;
}

export interface Fit {
  /** What is left to do of the saved plan; what it wanted and somebody already did is left out. */
  readonly changes: readonly Change[];
  /** Empty when the plan may be applied. */
  readonly stale: readonly StaleReason[];
}

/**
 * `fresh` is made now, with the selection of `saved`. Changes of the world that no change of `saved` is about stale
 * nothing. `pulled`: sections that an earlier run of this very plan has edited as it says.
 */
export function fitPlan(saved: Plan, fresh: MadePlan, pulled: ReadonlySet<string> = new Set()): Fit {
  const stale: StaleReason[] = globalReasons(saved, fresh.plan);
  const now = new Map(fresh.plan.changes.map((change) => [change.address, change] as const));
  const changes: Change[] = [];
  for (const change of saved.changes) {
    const other = now.get(change.address);
    const same = pulled.has(change.address) || isSameSection(change, fresh, other);
    // What is told of it is told by the name it has in the plan that was read.
    if (same && other && isRest(other, change)) changes.push({ ...other, digest: change.digest });
    else if (same && other && isRecovered(change, other)) changes.push(other);
    else if (!same || other || isBlocked(change, fresh)) stale.push({ address: change.address, text: difference(change, other, fresh) });
  }
  return { changes, stale };
}

function globalReasons(saved: Plan, fresh: Plan): StaleReason[] {
  const reasons: StaleReason[] = [];
  const say = (text: string): void => void reasons.push({ address: null, text });
  if (saved.workspace !== fresh.workspace) say(`the plan was made for the workspace "${saved.workspace}", this is "${fresh.workspace}"`);
  if (saved.configDigest !== fresh.configDigest) say("the configuration changed");
  if (saved.parser !== fresh.parser) say(`the plan was made with ${saved.parser}, this is ${fresh.parser}`);
  for (const target of saved.targets) {
    const other = fresh.targets.find(({ name }) => name === target.name);
    if (other?.identity !== target.identity) say(`target ${target.name} is another project now`);
  }
  return reasons;
}

/** True when `fresh` is what is left of `saved`: all of it, or less where somebody, or a run that died, did some already. */
function isRest(fresh: Change, saved: Change): boolean {
  const [left, wanted] = [deedOf(fresh), deedOf(saved)];
  const among = (parts: readonly unknown[], all: readonly unknown[]): boolean =>
    parts.every((part) => all.some((one) => canonicalJson(one) === canonicalJson(part)));
  const held = new Set(fresh.held.map(({ field }) => field));
  const dropped = saved.fields.some(({ field }) => held.has(field));
  const isLess = fresh.fields.length < saved.fields.length;
  return (
    canonicalJson(left.about) === canonicalJson(wanted.about) &&
    !dropped &&
    among(left.fields, wanted.fields) &&
    among(left.guards, wanted.guards) &&
    (fresh.action === saved.action || isLess) &&
    (fresh.from === saved.from || fresh.from === null) &&
    (fresh.splice === null || canonicalJson(left.splice) === canonicalJson(wanted.splice))
  );
}

/** What decides that two changes are the same deed; a heading that only moved down by some lines is. */
function deedOf({ key, type, title, parent, token, fields, guards, splice }: Change): {
  about: unknown;
  fields: readonly unknown[];
  guards: readonly unknown[];
  splice: unknown;
} {
  return {
    about: { key, type, title, parent: parent && "key" in parent ? parent : null, token },
    fields: fields.map(({ field, base, spec, live }) => ({ field, base, spec, live })),
    guards,
    splice: splice && { ...splice, line: 0 },
  };
}

/** The create of an interrupted run that did reach the tracker: only its marker is left to write. */
function isRecovered(saved: Change, fresh: Change): boolean {
  return saved.action === "create" && fresh.action === "marker" && saved.token === fresh.token;
}

/** A tombstone has no section: it is the same while it asks for the same, and gone when that is done. */
function isSameSection({ address, itemHash, action }: Change, { items }: MadePlan, fresh: Change | undefined): boolean {
  const section = items.get(address)?.item.hash;
  if (section !== undefined || (action !== "close" && action !== "forget")) return itemHash === section;
  return fresh === undefined || itemHash === fresh.itemHash;
}

/** Nothing is planned for it now, and not because all is done. */
function isBlocked({ address }: Change, { plan }: MadePlan): boolean {
  // A ticket below the section's is a question of its own.
  const questions = plan.questions.filter(({ kind }) => kind !== "unmapped");
  return [...plan.conflicts, ...questions].some((entry) => entry.address === address);
}

function difference(saved: Change, fresh: Change | undefined, after: MadePlan): string {
  if (saved.reason === "section-removed") return "the tombstone, or its ticket, was edited";
  if (!after.items.has(saved.address)) return "the section is gone, or no item any more";
  if (!isSameSection(saved, after, fresh)) return "the section was edited";
  if (!fresh) return "its ticket was edited, or a question arose";
  if (canonicalJson(saved.splice?.before ?? []) !== canonicalJson(fresh.splice?.before ?? [])) return "its marker lines were edited";
  return "its ticket was edited";
}
