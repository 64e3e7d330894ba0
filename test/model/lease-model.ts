/**
 * One section, two clones that know nothing but what stands in the lease, and everything that may go wrong between them,
 * the remote and the tracker. Each step is one push, one request or one file, as `src/operations/shared` and `apply` take them.
 *
 *   read → (take over what ran out, or settle what is in doubt: acquire → wait out D → look up → tell)
 *        → plan → acquire, if nobody wrote since the reading → announce → send → answer → marker → release with the claim
 *
 * What an answer said is told with the release: until then the intent stands in the lease. Time is counted in ticks; a
 * request whose sender died or gave up may land until it is D ticks old.
 */

import { nextSettleStep, type Found, type LookupAnswer } from "../../src/core/plan/settle.ts";
import type { Model, Move } from "./explore.ts";

/** Ways to do it wrong: each must lead to a counterexample. */
export type LeaseMistake =
  | "taken over at its expiry"
  | "acquired although another wrote since the reading"
  | "sent before it was announced"
  | "sent although it may have run out"
  | "the intent is gone before the claim is told"
  | "no claim is told"
  | "nothing is settled before planning"
  | "no wait before the look-up";

export interface LeaseSettings {
  readonly crashes: number;
  /** Answers that may be lost. */
  readonly losses: number;
  readonly mistake: LeaseMistake | null;
}

const D = 2;
const LENGTH = 2;

type Step = "idle" | "planned" | "settle" | "tell" | "announce" | "send" | "answer" | "mark" | "release" | "done" | "stopped";

interface Runner {
  readonly at: Step;
  /** Nobody has written the lease since it was read. */
  readonly fresh: boolean;
  readonly plan: "create" | "mark" | "none";
  /** What this run knows and has not told. */
  readonly knows: "claim" | "absent" | null;
  readonly waited: number;
  readonly lookup: { readonly began: number; readonly tickets: number } | null;
}

interface Request {
  /** The runner that waits for its answer; -1: nobody does any more. */
  readonly sender: number;
  readonly by: number;
  readonly landed: boolean;
  readonly age: number;
}

interface World {
  readonly tickets: number;
  readonly requests: readonly Request[];
  readonly holder: number;
  /** Ticks until it runs out; whoever watched takes it over at -D. */
  readonly left: number;
  readonly intent: boolean;
  readonly claim: boolean;
  /** One marker per clone: none is merged. */
  readonly marked: readonly boolean[];
  readonly runners: readonly Runner[];
  readonly crashes: number;
  readonly losses: number;
}

const IDLE: Runner = { at: "idle", fresh: false, plan: "none", knows: null, waited: 0, lookup: null };
/** Nothing of the world outside is touched there. */
const OUTSIDE: readonly Step[] = ["idle", "planned", "done", "stopped"];

export function leaseModel(settings: LeaseSettings): Model<World> {
  const { crashes, losses } = settings;
  return {
    start: {
      ...{ tickets: 0, requests: [], holder: -1, left: 0, intent: false, claim: false, marked: [false, false] },
      runners: [IDLE, IDLE],
      crashes,
      losses,
    },
    moves: (world) => [...[0, 1].flatMap((who) => [...steps(world, who, settings), ...crash(world, who)]), ...deliveries(world), ...tick(world)],
    broken,
    finished: ({ runners }) => runners.every(({ at }) => at === "done"),
  };
}

function broken(world: World): string | null {
  const { tickets, runners, requests, holder, marked } = world;
  if (tickets > 1) return "two tickets were made for one section";
  if (requests.some(({ by, landed }) => !landed && by !== holder) && mayWrite(world, holder)) return "a request of one may land while the other writes";
  if (runners.some(({ at }) => at === "stopped")) return "a runner stopped although there is one ticket at most";
  if (!runners.every(({ at }) => at === "done")) return null;
  if (tickets !== 1 || marked.includes(false)) return "all is done, and a ticket or a marker is missing";
  return world.claim && !world.intent && holder === -1 ? null : "all is done, and the lease does not say so";
}

function mayWrite({ runners, holder, left }: World, who: number): boolean {
  const runner = runners[who];
  return runner !== undefined && !OUTSIDE.includes(runner.at) && holder === who && left > 0;
}

function set(world: World, who: number, change: Partial<Runner>): World {
  return { ...world, runners: world.runners.map((runner, at) => (at === who ? { ...runner, ...change } : runner)) };
}

/** A compare-and-swap that went through: whoever else has read the lease read something older. */
function push(world: World, who: number, change: Partial<World>): World {
  return { ...world, ...change, runners: world.runners.map((runner, at) => (at === who ? { ...runner, fresh: true } : { ...runner, fresh: false })) };
}

/** What runner `who` may do next; several where the world decides. */
function steps(world: World, who: number, { mistake }: LeaseSettings): readonly Move<World>[] {
  const runner = world.runners[who] ?? IDLE;
  const go = (what: string, to: World, change: Partial<Runner>): readonly Move<World>[] => [{ what: `${who}: ${what}`, to: set(to, who, change) }];
  // Another may only have it after this one ran out by its own clock: then it must renew, and cannot.
  if (!OUTSIDE.includes(runner.at) && !runner.fresh) return go("finds that its lease is gone", world, IDLE);
  const hasTime = world.left > 0 || mistake === "sent although it may have run out";
  if (!OUTSIDE.includes(runner.at) && !hasTime) return go("renews what ran out and nobody took", push(world, who, { left: LENGTH }), {});
  switch (runner.at) {
    case "idle":
      return read(world, who, mistake);
    case "planned": {
      if (runner.plan === "none") return go("has nothing to do", world, { ...IDLE, at: "done" });
      if (!runner.fresh && mistake !== "acquired although another wrote since the reading") return go("finds that another wrote", world, IDLE);
      return go("acquires", push(world, who, { holder: who, left: LENGTH }), { at: afterPlan(runner.plan, mistake) });
    }
    case "settle":
      return settle(world, who, mistake);
    case "tell": {
      const to = push(world, who, { left: LENGTH, intent: false, claim: world.claim || runner.knows === "claim" });
      return go("tells what became of it", to, { ...planned(to, who, mistake), knows: null });
    }
    case "announce":
      return go("announces", push(world, who, { left: LENGTH, intent: true }), { at: mistake === "sent before it was announced" ? "answer" : "send" });
    case "send": {
      const requests = [...world.requests, { sender: who, by: who, landed: false, age: 0 }].toSorted(byAge);
      return go("sends", { ...world, requests }, { at: mistake === "sent before it was announced" ? "announce" : "answer" });
    }
    case "answer":
      return answer(world, who, mistake);
    case "mark":
      return go("writes the marker", { ...world, marked: world.marked.map((was, at) => was || at === who) }, { at: "release" });
    case "release": {
      const claim = world.claim || mistake === "no claim is told" ? world.claim : runner.knows === "claim";
      return go("releases", push(world, who, { holder: -1, left: 0, intent: runner.knows === null && world.intent, claim }), { ...IDLE, at: "done" });
    }
    case "done":
    case "stopped":
      return [];
  }
}

function afterPlan(plan: Runner["plan"], mistake: LeaseMistake | null): Step {
  if (plan === "none") return "release";
  if (plan === "mark") return "mark";
  return mistake === "sent before it was announced" ? "send" : "announce";
}

/** While it holds the lease, a run goes straight on. */
function planned(world: World, who: number, mistake: LeaseMistake | null): Partial<Runner> {
  const plan = planOf(world, who);
  return { plan, at: afterPlan(plan, mistake), waited: 0, lookup: null };
}

function planOf(world: World, who: number): Runner["plan"] {
  if (world.marked[who] === true) return "none";
  return world.claim ? "mark" : "create";
}

/** The commit that was read is what a later push expects. */
function read(world: World, who: number, mistake: LeaseMistake | null): readonly Move<World>[] {
  const go = (what: string, to: World, change: Partial<Runner>): readonly Move<World>[] => [{ what: `${who}: ${what}`, to: set(to, who, change) }];
  const inDoubt = world.intent && mistake !== "nothing is settled before planning";
  const expired = world.left <= (mistake === "taken over at its expiry" ? 0 : -D);
  if (world.holder !== -1 && !expired) return [];
  if (world.holder === -1 && !inDoubt) return go("reads a free lease and plans", world, { at: "planned", fresh: true, plan: planOf(world, who) });
  const to = push(world, who, { holder: who, left: LENGTH });
  return go(world.holder === -1 ? "acquires to settle" : "takes over", to, inDoubt ? { at: "settle", waited: 0, lookup: null } : planned(to, who, mistake));
}

/** The decision itself is the code's own. */
function settle(world: World, who: number, mistake: LeaseMistake | null): readonly Move<World>[] {
  const { waited, lookup } = world.runners[who] ?? IDLE;
  const asked = lookup === null ? null : { began: lookup.began, found: found(lookup.tickets) };
  const bound = mistake === "no wait before the look-up" ? 0 : D;
  const step = nextSettleStep<Found>({ began: 0, now: waited, bound, clientIds: false, lookup: asked });
  const go = (what: string, change: Partial<Runner>): readonly Move<World>[] => [{ what: `${who}: ${what}`, to: set(world, who, change) }];
  switch (step.do) {
    case "wait":
      return [];
    case "lookup":
      return go("looks it up", { lookup: { began: waited, tickets: world.tickets } });
    case "adopt":
      return go("finds the ticket", { at: "tell", knows: "claim" });
    case "create":
      return go("knows that it was never made", { at: "tell", knows: "absent" });
    case "stop":
      return go("stops", { at: "stopped" });
  }
}

function found(tickets: number): LookupAnswer<Found> {
  if (tickets === 0) return { state: "absent" };
  return { state: "created", tickets: Array.from({ length: tickets }, (_, index) => ({ id: `${index}`, key: `PAY-${index}`, base: null })) };
}

function answer(world: World, who: number, mistake: LeaseMistake | null): readonly Move<World>[] {
  const mine = world.requests.find(({ sender }) => sender === who);
  const others = world.requests.filter((request) => request !== mine);
  const moves: Move<World>[] = [];
  // Its deadline passed: nobody waits for it any more, and it is settled like a lost one.
  if (mine === undefined) moves.push({ what: `${who}: gave up`, to: set(world, who, { at: "settle", waited: 0, lookup: null }) });
  if (mine?.landed === true) {
    const early = mistake === "the intent is gone before the claim is told";
    const to = early ? push(world, who, { intent: false, left: LENGTH }) : world;
    moves.push({ what: `${who}: is told the key`, to: set({ ...to, requests: others }, who, { at: "mark", knows: "claim" }) });
  }
  if (world.losses > 0 && mine !== undefined) {
    const requests = mine.landed ? others : [...others, { ...mine, sender: -1 }].toSorted(byAge);
    const to = { ...world, requests, losses: world.losses - 1 };
    moves.push({ what: `${who}: hears nothing`, to: set(to, who, { at: "settle", waited: 0, lookup: null }) });
  }
  return moves;
}

/** A clone that dies is gone with all that it knew; its lease stands until it runs out. */
function crash(world: World, who: number): readonly Move<World>[] {
  const runner = world.runners[who] ?? IDLE;
  if (world.crashes === 0 || ["idle", "done", "stopped"].includes(runner.at)) return [];
  const requests = world.requests.flatMap((request) => (request.sender !== who ? [request] : request.landed ? [] : [{ ...request, sender: -1 }]));
  return [{ what: `${who}: is killed`, to: set({ ...world, crashes: world.crashes - 1, requests: requests.toSorted(byAge) }, who, IDLE) }];
}

/** Any request on its way may land now, or be lost for good. */
function deliveries(world: World): readonly Move<World>[] {
  return world.requests.flatMap((request, index) => {
    if (request.landed) return [];
    const rest = world.requests.filter((_, at) => at !== index);
    const requests = request.sender === -1 ? rest : [...rest, { ...request, landed: true }].toSorted(byAge);
    const lost = request.sender === -1 ? [{ what: "a request is lost", to: { ...world, requests: rest } }] : [];
    return [{ what: `a request of ${request.by} lands`, to: { ...world, requests, tickets: world.tickets + 1 } }, ...lost];
  });
}

/** Time passes for everybody at once. What is D old has landed or never will; at the end of a lease nobody waits for an answer. */
function tick(world: World): readonly Move<World>[] {
  const left = world.holder === -1 ? 0 : Math.max(-D, world.left - 1);
  const aged = world.requests.map((request) => (request.sender === -1 ? { ...request, age: request.age + 1 } : request));
  const given = aged.flatMap((request) => {
    if (left > 0 || request.sender !== world.holder) return [request];
    return request.landed ? [] : [{ ...request, sender: -1 }];
  });
  const runners = world.runners.map((runner) => (runner.at === "settle" ? { ...runner, waited: Math.min(D, runner.waited + 1) } : runner));
  return [{ what: "a tick", to: { ...world, left, runners, requests: given.filter(({ age }) => age < D).toSorted(byAge) } }];
}

function byAge(a: Request, b: Request): number {
  return a.sender - b.sender || a.by - b.by || a.age - b.age || Number(a.landed) - Number(b.landed);
}
