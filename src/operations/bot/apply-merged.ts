/** Carries out what was reviewed on merged pull requests, and brings the markers back; what nobody reviewed waits, or follows `on_moved`. */

import { join } from "node:path";
import { chooseReviewed, type Chosen } from "../../core/bot/choose-reviewed.ts";
import { printsOfRemovals } from "../../core/bot/answered-removals.ts";
import { heldStatuses, printsOfForwarded, stillForwarded } from "../../core/bot/code-news.ts";
import { flipFlops } from "../../core/bot/flips.ts";
import { reviewPrint } from "../../core/bot/review-print.ts";
import type { ApplyReport } from "../../core/model/apply-report.ts";
import type { BotMemory } from "../../core/model/bot-memory.ts";
import type { BotConfig } from "../../core/model/config.ts";
import type { Diagnostic } from "../../core/model/diagnostic.ts";
import { EXIT, type ExitCode } from "../../core/model/exit-code.ts";
import type { Change, Plan, Selection } from "../../core/model/plan.ts";
import type { Mass } from "../../core/plan/mass.ts";
import { FORWARD } from "../../core/plan/selection.ts";
import { readRepository } from "../../io/git.ts";
import type { ApplySession, RunOutcome } from "../apply.ts";
import { readSpecs } from "../read-specs.ts";
import type { Workspace } from "../workspace.ts";
import { answerQuestions } from "./answer-questions.ts";
import type { BotWorld } from "./bot-world.ts";
import { bringMarkers, type Brought } from "./bring-markers.ts";
import { findMerged, tellMerged, type Outcome } from "./merged-reviews.ts";
import { inSession } from "./in-session.ts";
import { notePushed } from "./note-flips.ts";
import { noteTaken } from "./note-taken.ts";
import { NOBODY_TOLD, notifyTickets, type Told } from "./notify-tickets.ts";
import { openAtCommit } from "./open-at-commit.ts";
import { linkTickets, ticketsNamed, type Linked } from "./link-tickets.ts";
import { realizeMerged, type MergedCode, type Realized } from "./realize-merged.ts";
import { settleCode } from "./settle-code.ts";
import { recall } from "./remember.ts";

export interface AppliedMerge {
  readonly exitCode: ExitCode;
  /** Changes that were carried out, and those that wait because nobody reviewed them. */
  readonly applied: number;
  readonly waiting: readonly Change[];
  readonly markers: Brought | null;
  /** Answers to questions that were carried out, or are proposed. */
  readonly answered: number;
  /** Who heard on a ticket what became of a proposal. */
  readonly told: Told;
  /** Merged pull requests that implement sections. */
  readonly realized: readonly Realized[];
  readonly linked: readonly Linked[];
  readonly message: string;
  readonly diagnostics: readonly Diagnostic[];
}

const NONE: ReadonlySet<string> = new Set();
const ALL: Selection = { addresses: [], exclude: [], targets: [], includeDone: false, ...FORWARD };

/** `signal`: aborted by ^C. Nothing is written until `bot.enabled` stands on the default branch. */
export async function applyMerged(world: BotWorld, signal: AbortSignal): Promise<AppliedMerge> {
  const found = await openTip(world);
  if (!("workspace" in found)) return found;
  const { workspace, bot, head, prefix } = found;
  const answered = await answerQuestions({ workspace, head, prefix }, world, signal);
  const merged = await findMerged(world.forge);
  const reviewed = new Set(merged.flatMap(({ review }) => review.changes));
  const known = await recall(world.forge);
  const isStopped = (change: Change): boolean => flipFlops(change, known, world.clock.now().getTime()).length > 0;
  const ran = await carryOut(workspace, { bot, reviewed, memory: known, signal, isStopped });
  if (!ran.ok) return { ...nothing(ran.exitCode, ran.message, ran.diagnostics), answered };
  const { report, waiting } = ran;
  const stopped = waiting.filter(isStopped);
  await notePushed(doneOf(ran.plan.changes, report), world);
  if (report === null || report.exitCode === EXIT.ok) await noteTaken(workspace, world, signal);
  const code = await realizeMerged(world, { workspace, head, prefix }, heldStatuses(ran.plan));
  const markers = await bringMarkers(world, { workspace, bot, head, prefix });
  const open = await ticketsNamed(world, workspace, await world.forge.pullRequests({ state: "open" }), async () => undefined);
  const linked = await linkTickets(world, workspace, [...open, ...code.named], true);
  // Only what is known to be done is forgotten: whatever failed is tried again by the next run, reviewed as it was.
  if (report === null || report.exitCode === EXIT.ok || report.exitCode === EXIT.conflicts)
    await tellMerged(merged, { report, waiting, plan: ran.plan, stopped, ...saidOf(code, markers) }, workspace.config, world);
  // Behind all that is said of it: after a crash it is looked at again, and found done.
  await settleCode(world.forge, code, { plan: ran.plan, report, brought: markers });
  const told = await notifyTickets(workspace, world);
  const done = doneIn(report);
  const problems = report?.results.filter(({ state }) => state !== "done").map(({ address, message }) => `${address}: ${message ?? "not done"}`) ?? [];
  const words = [
    done === 0 ? "Nothing was to be applied." : `${done} ${done === 1 ? "change" : "changes"} applied.`,
    ...(answered === 0 ? [] : [`${answered} ${answered === 1 ? "answer" : "answers"} heard.`]),
    ...problems,
    waitingWords(waiting.length - stopped.length),
    stoppedWords(stopped),
    ...code.problems,
  ];
  return {
    exitCode: report?.exitCode ?? EXIT.ok,
    told,
    ...{
      applied: done,
      waiting,
      markers,
      answered,
      realized: code.realized,
      linked,
      message: words.filter((part) => part !== "").join(" "),
      diagnostics: report?.diagnostics ?? [],
    },
  };
}

function nothing(exitCode: ExitCode, message: string, diagnostics: readonly Diagnostic[] = []): AppliedMerge {
  return { exitCode, applied: 0, waiting: [], markers: null, told: NOBODY_TOLD, answered: 0, realized: [], linked: [], message, diagnostics };
}

/** What people hear of merged code: nothing where they did not want its markers. */
function saidOf({ realized }: MergedCode, markers: Brought | null): Pick<Outcome, "realized" | "markedBy"> {
  return { realized: markers?.state === "declined" ? [] : realized, markedBy: markers?.state === "proposed" ? markers.where : null };
}

export function doneIn(report: ApplyReport | null): number {
  return report?.results.filter(({ state }) => state === "done").length ?? 0;
}

function waitingWords(count: number): string {
  if (count === 0) return "";
  return `${count} ${count === 1 ? "waits" : "wait"}: nobody has reviewed ${count === 1 ? "it" : "them"} as now planned. canon plan shows what; canon apply carries it out.`;
}

function stoppedWords(stopped: readonly Change[]): string {
  if (stopped.length === 0) return "";
  const which = stopped.map(({ address }) => address).join(", ");
  return `Left waiting because a field of it went back and forth between two values three times within a day: ${which}. Find out what sets it; canon apply carries it out.`;
}

/** Those of the changes that were carried out. */
function doneOf(changes: readonly Change[], report: ApplyReport | null): readonly Change[] {
  const done = new Set(report?.results.flatMap(({ state, change }) => (state === "done" ? [change] : [])));
  return changes.filter(({ digest }) => done.has(digest));
}

interface Tip {
  readonly workspace: Workspace;
  readonly bot: BotConfig;
  /** Of the default branch. */
  readonly head: string;
  readonly prefix: string;
}

/** The clone, where it stands at the tip of the default branch with the configuration that stands there. */
export async function openTip(world: BotWorld): Promise<Tip | AppliedMerge> {
  const { forge, clone, env } = world;
  const { defaultBranch } = await forge.repository();
  const head = await forge.head(`refs/heads/${defaultBranch}`);
  const opened = head === null ? null : await openAtCommit(world, head);
  if (head === null || opened === null || !opened.ok) {
    const diagnostics = opened?.ok === false ? opened.diagnostics : [];
    return nothing(
      diagnostics.length > 0 ? EXIT.error : EXIT.ok,
      `${defaultBranch} has no configuration that can be read, so nothing is applied.`,
      diagnostics,
    );
  }
  await opened.at.remove();
  const { config } = opened.at.workspace;
  if (!config.bot.enabled) return nothing(EXIT.ok, `bot.enabled is not true on ${defaultBranch}, so the bot writes to no tracker.`);
  const home = join(clone.top, opened.at.prefix);
  const repository = await readRepository(clone.top, { env });
  const here = repository?.head === head ? await world.openAt(home, home) : null;
  if (here === null || !here.ok || here.workspace.config.digest !== config.digest)
    return nothing(EXIT.stale, `This clone is not what ${defaultBranch} is now: check out its tip, and run canon bot apply again.`);
  return { workspace: here.workspace, bot: config.bot, head, prefix: opened.at.prefix };
}

type Ran =
  | { readonly ok: true; readonly plan: Plan; readonly report: ApplyReport | null; readonly waiting: readonly Change[] }
  | { readonly ok: false; readonly exitCode: ExitCode; readonly message: string; readonly diagnostics: readonly Diagnostic[] };

interface Reviewed {
  readonly bot: BotConfig;
  /** Prints of changes. */
  readonly reviewed: ReadonlySet<string>;
  readonly memory: BotMemory;
  readonly isStopped: (change: Change) => boolean;
  readonly signal: AbortSignal;
}

async function carryOut(workspace: Workspace, { bot, reviewed, memory, isStopped, signal }: Reviewed): Promise<Ran> {
  const forwarded = memory.code.forward.length === 0 ? NONE : stillForwarded(memory, (await readSpecs(workspace)).docs, workspace.config);
  const choose = (plan: Plan): Chosen =>
    chooseReviewed(
      plan.changes,
      new Set([...reviewed, ...printsOfForwarded(plan.changes, forwarded), ...printsOfRemovals(plan.changes, memory)]),
      bot.onMoved,
      isStopped,
    );
  const first = await inSession(workspace, ALL, signal, async (session) => {
    const { chosen, waiting } = choose(session.plan);
    if (chosen.length === 0) return { ok: true, plan: session.plan, report: null, waiting } as const;
    return waiting.length === 0 ? ranOf(await run(session, reviewed), session.plan, []) : { chosen, waiting, plan: session.plan };
  });
  if (first === null) return LOCKED;
  if ("ok" in first) return first;
  // Named one by one, so that nothing else is done; the parents that they need are among them.
  const allowed = new Set(first.chosen.map(reviewPrint));
  const selection: Selection = { ...ALL, addresses: [...new Set(first.chosen.map(({ address }) => address))] };
  const second = await inSession(workspace, selection, signal, async (session) =>
    session.plan.changes.every((change) => allowed.has(reviewPrint(change)))
      ? ranOf(await run(session, reviewed), first.plan, first.waiting)
      : ({ ok: false, exitCode: EXIT.stale, message: "The tickets moved while it was planned; run canon bot apply again.", diagnostics: [] } as const),
  );
  return second ?? LOCKED;
}

const LOCKED: Ran = { ok: false, exitCode: EXIT.locked, message: "Another run is writing; the next one goes on.", diagnostics: [] };

/** Who reviewed every one of a flood has seen how many they are; a flood that nobody saw needs a person at a terminal. */
function run(session: ApplySession, reviewed: ReadonlySet<string>): Promise<RunOutcome> {
  const isSeen = session.plan.changes.every((change) => reviewed.has(reviewPrint(change)) || change.action === "marker");
  const masses = isSeen ? session.massesOf(session.plan) : [];
  const countsOf = (wanted: Mass["kind"]): readonly number[] => masses.flatMap(({ kind, count }) => (kind === wanted ? [count] : []));
  return session.run({ create: countsOf("create"), close: countsOf("close") });
}

function ranOf(outcome: RunOutcome, plan: Plan, waiting: readonly Change[]): Ran {
  if (outcome.ok) return { ok: true, plan, report: outcome.report, waiting };
  switch (outcome.why) {
    case "refused":
      return { ok: false, exitCode: outcome.refusal.exitCode, message: "Nothing was written.", diagnostics: outcome.refusal.diagnostics };
    case "stale":
      return { ok: false, exitCode: EXIT.stale, message: "The specs or the tickets moved while it was planned; run canon bot apply again.", diagnostics: [] };
    case "mass": {
      const [mass] = outcome.masses;
      const what = mass === undefined ? "too many tickets at once" : `${mass.count} tickets in ${mass.target} at once (limit ${mass.limit})`;
      return {
        ok: false,
        exitCode: EXIT.error,
        message: `Nothing was written: this would ${mass?.kind ?? "change"} ${what}. Run canon apply at a terminal.`,
        diagnostics: [],
      };
    }
  }
}
