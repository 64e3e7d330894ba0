/**
 * One section, two runners, and everything that may go wrong between them and the tracker. Each step is one durable
 * operation, as `src/operations/apply` takes them; the decisions are those of `src/core/plan/settle.ts` and `in-doubt.ts`.
 *
 *   lock → unfinished runs: (wait out D → look up → adopt or give up) → claim → end
 *        → read marker and claims → intent → send → answer → created → marker → marked → drop claim → end → unlock
 *
 * With a lease every create gets a claim before its marker, and keeps it: the other clone does not see the marker.
 *
 * Time is counted in ticks. A request whose sender died or gave up may land until it is D ticks old.
 */

import type { JournalRecord } from "../../src/core/model/journal-record.ts";
import { createsInDoubt, isSettled } from "../../src/core/plan/in-doubt.ts";
import { nextSettleStep, type Found, type LookupAnswer } from "../../src/core/plan/settle.ts";
import { created, END, failed, intent, start } from "../io/journal-records.ts";
import type { Model, Move } from "./explore.ts";

/** Ways to do it wrong: each must lead to a counterexample. */
export type Mistake =
  | "no wait"
  | "a wait one tick short"
  | "a lookup from before the wait"
  | "blind retry"
  | "send before the journal"
  | "plan before the lock"
  | "no lock"
  | "interrupted runs forgotten"
  | "end before the marker"
  | "claim dropped before the marker"
  | "claims only where a marker failed"
  | "lease taken over at its expiry";

export interface Settings {
  readonly clientIds: boolean;
  /** lock: one machine, falls with its process. lease: two clones, shared journal and claims, runs out. */
  readonly guard: "lock" | "lease";
  readonly crashes: number;
  /** Answers that may be lost. */
  readonly losses: number;
  /** Markers that cannot be written. */
  readonly refusals: number;
  readonly mistake: Mistake | null;
}

const D = 2;
const LEASE = 2;
const TOKEN = "t";

type Step =
  | "idle"
  | "recover"
  | "settle"
  | "claim-old"
  | "end-old"
  | "gather"
  | "start"
  | "intent"
  | "send"
  | "answer"
  | "created"
  | "keep"
  | "mark"
  | "claim"
  | "marked"
  | "forget"
  | "end"
  | "unlock"
  | "done"
  | "stopped";

interface Runner {
  readonly at: Step;
  /** What the specs asked for when they were read. */
  readonly plan: "create" | "mark" | "none" | "unread";
  /** The run it is settling: its own, or one that died. */
  readonly settling: "own" | "old";
  /** Ticks since recovery began; counts to D. */
  readonly waited: number;
  readonly lookup: { readonly began: number; readonly tickets: number } | null;
  /** This run cannot finish the work: a person runs it again. */
  readonly again: boolean;
}

interface Request {
  /** The runner that waits for its answer; -1: nobody does any more. */
  readonly sender: number;
  /** The runner that sent it. */
  readonly by: number;
  readonly landed: boolean;
  /** Ticks since its sender died or gave up. */
  readonly age: number;
}

/** A journal as letters: r run, i intent, c created, f failed, m marked, e end. Settled ones are put away. */
type Letters = string;

export interface World {
  readonly tickets: number;
  readonly requests: readonly Request[];
  readonly journals: readonly Letters[];
  readonly claim: boolean;
  /** Whether the marker stands: one file on one machine, one per clone with a lease. */
  readonly marked: readonly boolean[];
  readonly holder: number;
  /** Ticks until the lease ends; it may be taken over at -D. Only with a lease. */
  readonly left: number;
  readonly runners: readonly Runner[];
  readonly crashes: number;
  readonly losses: number;
  readonly refusals: number;
}

const IDLE: Runner = { at: "idle", plan: "unread", settling: "old", waited: 0, lookup: null, again: false };
const OUTSIDE: readonly Step[] = ["idle", "done", "stopped"];

export function exactlyOnce(settings: Settings): Model<World> {
  const marked = settings.guard === "lease" ? [false, false] : [false];
  return {
    start: {
      tickets: 0,
      requests: [],
      journals: [],
      claim: false,
      marked,
      holder: -1,
      left: 0,
      runners: [IDLE, IDLE],
      crashes: settings.crashes,
      losses: settings.losses,
      refusals: settings.refusals,
    },
    moves: (world) => [
      ...[0, 1].flatMap((who) => [...stepsOf(world, who, settings), ...crashOf(world, who, settings)]),
      ...deliveries(world, settings),
      ...tick(world, settings),
    ],
    broken: (world) => brokenRule(world, settings),
    finished: (world) => world.runners.every(({ at }) => at === "done"),
  };
}

function brokenRule(world: World, settings: Settings): string | null {
  if (world.tickets > 1) return "two tickets were made for one section";
  if (world.runners.every((_, who) => mayWrite(world, who, settings))) return "two runners write at once";
  // A client's id makes a late create harmless, so nobody waits for it.
  const late = settings.guard === "lease" && !settings.clientIds && world.requests.some(({ by, landed }) => !landed && by !== world.holder);
  if (late && mayWrite(world, world.holder, settings)) return "a request of one runner may land while the other writes";
  if (world.runners.some(({ at }) => at === "stopped")) return "a runner stopped although there is one ticket at most";
  if (!world.runners.every(({ at }) => at === "done")) return null;
  if (world.tickets !== 1) return "all is done and there is no ticket";
  if (world.marked.includes(false)) return "all is done and a marker is lost";
  return world.journals.length > 0 ? "all is done and a run is unfinished" : null;
}

/** With a lease, whoever lost it notices before its next write. */
function mayWrite({ runners, holder, left }: World, who: number, { guard }: Settings): boolean {
  const runner = runners[who];
  if (runner === undefined || OUTSIDE.includes(runner.at)) return false;
  return guard === "lock" || (holder === who && left > 0);
}

function recordsOf(letters: Letters): readonly JournalRecord[] {
  return [...letters].map((letter): JournalRecord => {
    if (letter === "r") return start("0001");
    if (letter === "i") return intent(TOKEN);
    if (letter === "c") return created(TOKEN);
    if (letter === "f") return failed(TOKEN, "not-found");
    return letter === "m" ? { kind: "marked", path: "a.md", addresses: ["a.md#t"] } : END;
  });
}

const judged = new Map<Letters, { readonly doubt: boolean; readonly settled: boolean }>();

/** What the code's own functions say of a journal; remembered, as few journals occur very often. */
function judge(letters: Letters): { readonly doubt: boolean; readonly settled: boolean } {
  const known = judged.get(letters);
  if (known !== undefined) return known;
  const records = recordsOf(letters);
  const verdict = { doubt: createsInDoubt(records).length > 0, settled: isSettled(records) };
  judged.set(letters, verdict);
  return verdict;
}

/** Adds to the journal of the run at hand: the last one is one's own, the first an interrupted one. */
function write(world: World, letter: string, which: "own" | "old"): World {
  const index = which === "own" ? world.journals.length - 1 : 0;
  const journals = world.journals.map((letters, at) => (at === index ? letters + letter : letters));
  return { ...world, journals: journals.filter((letters) => !judge(letters).settled) };
}

function set(world: World, who: number, change: Partial<Runner>): World {
  return { ...world, runners: world.runners.map((runner, at) => (at === who ? { ...runner, ...change } : runner)) };
}

function fileOf(who: number, { guard }: Settings): number {
  return guard === "lease" ? who : 0;
}

/** What runner `who` may do next; several where the world decides. */
function stepsOf(world: World, who: number, settings: Settings): readonly Move<World>[] {
  const runner = world.runners[who] ?? IDLE;
  const { mistake } = settings;
  const move = (what: string, to: World): Move<World> => ({ what: `${who}: ${what}`, to });
  const go = (what: string, at: Step, from: World = world, change: Partial<Runner> = {}): readonly Move<World>[] => [
    move(what, set(from, who, { at, ...change })),
  ];
  if (settings.guard === "lease" && !OUTSIDE.includes(runner.at) && !mayWrite(world, who, settings))
    return go("notices that its lease is gone", "idle", world, IDLE);
  const own = world.journals.at(-1) ?? "";
  const file = fileOf(who, settings);
  switch (runner.at) {
    case "idle":
      return takeGuard(world, who, settings);
    case "recover": {
      const old = mistake === "interrupted runs forgotten" ? undefined : world.journals[0];
      if (old === undefined) return runner.plan === "unread" ? go("no run is unfinished", "gather") : go("has planned", "start");
      return judge(old).doubt
        ? go("finds a create in doubt", "settle", world, { settling: "old", waited: 0, lookup: null })
        : go("finds an interrupted run", "claim-old");
    }
    case "settle":
      return settle(world, who, settings);
    case "claim-old": {
      const old = world.journals[0] ?? "";
      const unmarked = old.includes("c") && (settings.guard === "lease" || !old.includes("m"));
      return go("claims what the old run created", "end-old", { ...world, claim: world.claim || unmarked });
    }
    case "end-old":
      return go("ends the old run", "recover", write(world, "e", "old"));
    case "gather":
      return go("reads specs and claims", "start", world, { plan: planOf(world, file) });
    case "start":
      if (runner.plan === "none") return go("has nothing to do", "unlock");
      return go("begins a journal", runner.plan === "mark" ? "mark" : mistake === "send before the journal" ? "send" : "intent", {
        ...world,
        journals: [...world.journals, "r"],
      });
    case "intent":
      return go("writes the intent", mistake === "send before the journal" ? "answer" : "send", write(world, "i", "own"));
    case "send":
      return go("sends", mistake === "send before the journal" ? "intent" : "answer", {
        ...world,
        requests: [...world.requests, { sender: who, by: who, landed: false, age: 0 }],
      });
    case "answer":
      return answers(world, who, settings, move);
    case "created":
      return go("writes created", afterCreated(settings), write(world, "c", "own"));
    case "keep":
      return go("keeps a claim for the other clone", "mark", { ...world, claim: true });
    case "mark":
      return [
        move("writes the marker", set({ ...world, marked: world.marked.map((was, at) => was || at === file) }, who, { at: "marked" })),
        ...(world.refusals === 0 ? [] : [move("cannot write the marker", set({ ...world, refusals: world.refusals - 1 }, who, { at: "claim" }))]),
      ];
    case "claim":
      return go("keeps a claim", "end", { ...world, claim: true }, { again: true });
    case "marked":
      return go("writes marked", "forget", own === "" ? world : write(world, "m", "own"));
    case "forget":
      // With two clones the claim stays until the marker is merged, which is not part of this.
      return go("drops the claim", "end", settings.guard === "lease" ? world : { ...world, claim: false });
    case "end":
      return go("writes the end", mistake === "end before the marker" && own.endsWith("c") ? "mark" : "unlock", own === "" ? world : write(world, "e", "own"));
    case "unlock":
      return [move("unlocks", set({ ...world, holder: -1, left: 0 }, who, { ...IDLE, at: runner.again ? "idle" : "done" }))];
    case "done":
    case "stopped":
      return [];
  }
}

function afterCreated({ guard, mistake }: Settings): Step {
  if (mistake === "end before the marker") return "end";
  return guard === "lease" && mistake !== "claims only where a marker failed" ? "keep" : "mark";
}

function planOf(world: World, file: number): Runner["plan"] {
  if (world.marked[file] === true) return "none";
  return world.claim ? "mark" : "create";
}

function takeGuard(world: World, who: number, { guard, mistake }: Settings): readonly Move<World>[] {
  const runner = world.runners[who] ?? IDLE;
  if (mistake === "plan before the lock" && runner.plan === "unread")
    return [{ what: `${who}: plans without the lock`, to: set(world, who, { plan: planOf(world, 0) }) }];
  const expired = guard === "lease" && world.left <= (mistake === "lease taken over at its expiry" ? 0 : -D);
  const free = world.holder === -1 || expired || mistake === "no lock";
  return free ? [{ what: `${who}: locks`, to: set({ ...world, holder: who, left: LEASE }, who, { at: "recover" }) }] : [];
}

/** The decision itself is the code's own. */
function settle(world: World, who: number, settings: Settings): readonly Move<World>[] {
  const runner = world.runners[who] ?? IDLE;
  const { clientIds, mistake } = settings;
  const { waited, settling } = runner;
  const bound = mistake === "no wait" ? 0 : mistake === "a wait one tick short" ? D - 1 : D;
  const early = mistake === "a lookup from before the wait";
  const lookup = runner.lookup === null ? null : { began: early ? D : runner.lookup.began, found: found(runner.lookup.tickets) };
  const step = early && lookup === null ? ({ do: "lookup" } as const) : nextSettleStep<Found>({ began: 0, now: waited, bound, clientIds, lookup });
  const go = (what: string, to: World, change: Partial<Runner>): readonly Move<World>[] => [{ what: `${who}: ${what}`, to: set(to, who, change) }];
  switch (step.do) {
    case "wait":
      return [];
    case "lookup":
      return go("looks it up", world, { lookup: { began: waited, tickets: world.tickets } });
    case "adopt":
      return go("finds the ticket", write(world, "c", settling), { at: settling === "own" ? afterCreated(settings) : "claim-old" });
    case "create":
      return go("knows that it was never made", write(world, "f", settling), settling === "own" ? { at: "end", again: true } : { at: "claim-old" });
    case "stop":
      return go("stops", world, { at: "stopped" });
  }
}

function found(tickets: number): LookupAnswer<Found> {
  if (tickets === 0) return { state: "absent" };
  return { state: "created", tickets: Array.from({ length: tickets }, (_, index) => ({ id: `${index}`, key: `PAY-${index}`, base: null })) };
}

function answers(world: World, who: number, { mistake }: Settings, move: (what: string, to: World) => Move<World>): readonly Move<World>[] {
  const mine = world.requests.find(({ sender }) => sender === who);
  const others = world.requests.filter((request) => request !== mine);
  const moves: Move<World>[] = [];
  if (mine?.landed === true) moves.push(move("is told the key", set({ ...world, requests: others }, who, { at: "created" })));
  if (world.losses === 0) return moves;
  const abandoned = mine === undefined || mine.landed ? others : [...others, { ...mine, sender: -1 }];
  const next: Partial<Runner> = mistake === "blind retry" ? { at: "send" } : { at: "settle", settling: "own", waited: 0, lookup: null };
  moves.push(move("hears nothing", set({ ...world, losses: world.losses - 1, requests: abandoned.toSorted(byAge) }, who, next)));
  return moves;
}

/** A process dies between any two steps. Its requests are nobody's from then on; a lock falls with it, a lease does not. */
function crashOf(world: World, who: number, { guard, mistake }: Settings): readonly Move<World>[] {
  const runner = world.runners[who] ?? IDLE;
  if (world.crashes === 0 || OUTSIDE.includes(runner.at)) return [];
  const requests = world.requests.flatMap((request) => (request.sender !== who ? [request] : request.landed ? [] : [{ ...request, sender: -1 }]));
  const holder = guard === "lock" && world.holder === who ? -1 : world.holder;
  const claim = mistake === "claim dropped before the marker" && runner.at === "mark" ? false : world.claim;
  return [{ what: `${who}: is killed`, to: set({ ...world, claim, crashes: world.crashes - 1, requests: requests.toSorted(byAge), holder }, who, IDLE) }];
}

/** Any request on its way may land now, or be lost for good. */
function deliveries(world: World, { clientIds }: Settings): readonly Move<World>[] {
  return world.requests.flatMap((request, index) => {
    if (request.landed) return [];
    const rest = world.requests.filter((_, at) => at !== index);
    const requests = request.sender === -1 ? rest : [...rest, { ...request, landed: true }].toSorted(byAge);
    // A client's id is taken once: the second delivery is told of the first.
    const tickets = clientIds ? Math.max(1, world.tickets) : world.tickets + 1;
    const lost = request.sender === -1 ? [{ what: "a request is lost", to: { ...world, requests: rest } }] : [];
    return [{ what: `a request of ${request.sender === -1 ? "nobody" : request.sender} lands`, to: { ...world, requests, tickets } }, ...lost];
  });
}

/** Time passes for everybody at once. What is D old has landed or never will. */
function tick(world: World, { guard }: Settings): readonly Move<World>[] {
  const left = guard === "lease" && world.holder !== -1 ? Math.max(-D, world.left - 1) : world.left;
  const ends = guard === "lease" && left === 0;
  const aged = world.requests.map((request) => (request.sender === -1 ? { ...request, age: request.age + 1 } : request));
  // The deadline of a request is shorter than what is left of the lease: at its end nobody waits for an answer.
  const given = aged.flatMap((request) => (ends && request.sender === world.holder ? (request.landed ? [] : [{ ...request, sender: -1 }]) : [request]));
  const runners = world.runners.map((runner) => (runner.at === "settle" ? { ...runner, waited: Math.min(D, runner.waited + 1) } : runner));
  const to = { ...world, left, runners, requests: given.filter(({ age }) => age < D).toSorted(byAge) };
  const renewed = guard === "lease" && world.holder !== -1 && world.left > 0 ? [{ what: "the lease is renewed", to: { ...world, left: LEASE } }] : [];
  return [{ what: "a tick", to }, ...renewed];
}

function byAge(a: Request, b: Request): number {
  return a.sender - b.sender || a.by - b.by || a.age - b.age || Number(a.landed) - Number(b.landed);
}
