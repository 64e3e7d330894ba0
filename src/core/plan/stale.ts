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

/** `fresh` is made now, with the selection of `saved`. Changes of the world that no change of `saved` is about stale nothing. */
export function fitPlan(saved: Plan, fresh: MadePlan): Fit {
  const stale: StaleReason[] = globalReasons(saved, fresh.plan);
  const now = new Map(fresh.plan.changes.map((change) => [change.address, change] as const));
  const changes: Change[] = [];
  for (const change of saved.changes) {
    const other = now.get(change.address);
    if (other && (intent(change) === intent(other) || isRecovered(change, other))) changes.push(other);
    else if (other || !isReached(change, saved, fresh)) stale.push({ address: change.address, text: difference(change, other, saved, fresh) });
  }
  return { changes, stale };
}

function globalReasons(saved: Plan, fresh: Plan): StaleReason[] {
  const reasons: StaleReason[] = [];
  const say = (text: string): void => void reasons.push({ address: null, text });
  if (saved.workspace !== fresh.workspace) say(`it was made for the workspace "${saved.workspace}", this is "${fresh.workspace}"`);
  if (saved.configDigest !== fresh.configDigest) say("the configuration changed");
  if (saved.parser !== fresh.parser) say(`it was made with ${saved.parser}, this is ${fresh.parser}`);
  for (const target of saved.targets) {
    const other = fresh.targets.find(({ name }) => name === target.name);
    if (other?.identity !== target.identity) say(`target ${target.name} is another project now`);
  }
  return reasons;
}

/** What decides that two changes are the same deed; a heading that only moved down by some lines is. */
function intent({ action, key, type, title, parent, token, fields, guards, splice }: Change): string {
  const bare = fields.map(({ field, base, spec, live }) => ({ field, base, spec, live }));
  return canonicalJson({ action, key, type, title, parent: parent && "key" in parent ? parent : null, token, fields: bare, guards, splice: splice && { ...splice, line: 0 } });
}

/** The create of an interrupted run that did reach the tracker: only its marker is left to write. */
function isRecovered(saved: Change, fresh: Change): boolean {
  return saved.action === "create" && fresh.action === "marker" && saved.token === fresh.token;
}

/** Nothing is left to do there, and the section is still what it was. */
function isReached(change: Change, saved: Plan, { plan, known }: MadePlan): boolean {
  const blocked = [...plan.conflicts, ...plan.questions].some(({ address }) => address === change.address);
  return !blocked && saved.sections[change.address] === known.get(change.address);
}

function difference(saved: Change, fresh: Change | undefined, before: Plan, after: MadePlan): string {
  if (!after.known.has(saved.address)) return "the section is gone, or no item any more";
  if (before.sections[saved.address] !== after.known.get(saved.address)) return "the section was edited";
  if (!fresh) return "its ticket was edited, or a question arose";
  if (canonicalJson(saved.splice?.before ?? []) !== canonicalJson(fresh.splice?.before ?? [])) return "its marker lines were edited";
  return "its ticket was edited";
}
