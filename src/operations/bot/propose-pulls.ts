/** Brings what people changed on tickets into specs as pull requests: one per spec, small, never over people's work, never twice (semantics 9). */

import { pathOfAddress } from "../../core/address.ts";
import { flipFlops } from "../../core/bot/flips.ts";
import { changesBySpec, decideProposals, isStatus, STATUSES, type Proposing, type SpecChanges } from "../../core/bot/propose.ts";
import { hiddenTargets } from "../../core/bot/visible-targets.ts";
import type { Diagnostic } from "../../core/model/diagnostic.ts";
import type { Change, Plan, Selection } from "../../core/model/plan.ts";
import { FORWARD } from "../../core/plan/selection.ts";
import { gather, type Gathered } from "../gather.ts";
import { withHistory } from "../plan.ts";
import { askQuestions } from "./ask-questions.ts";
import type { BotWorld } from "./bot-world.ts";
import { followProposals } from "./follow-proposals.ts";
import { leftFlips, notePulled } from "./note-flips.ts";
import { noteTickets, notifyTickets, type Told } from "./notify-tickets.ts";
import { openAtCommit, type CommitWorkspace } from "./open-at-commit.ts";
import { filesOf } from "./proposed-files.ts";
import { proposeSetup } from "./propose-setup.ts";
import { bringUpToDate, openProposal, withdraw, type Stand } from "./proposal-requests.ts";
import type { KeptQuestions } from "./questions-issue.ts";
import { reviewersOf } from "./reviewers.ts";

export interface Proposed {
  readonly spec: string;
  readonly state: "opened" | "updated" | "withdrawn" | "left";
  /** Address of the pull request, or why it was left. */
  readonly what: string;
}

export interface ProposedAll {
  /** false: bot.enabled is not true, or there is no configuration. */
  readonly enabled: boolean;
  /** Address of the pull request that proposes a configuration; null: there is one, or nobody wants one. */
  readonly setup: string | null;
  readonly proposed: readonly Proposed[];
  /** Who heard of it on a ticket. */
  readonly told?: Told;
  /** The issue with what only a person can decide; null: there is none. */
  readonly questions: KeptQuestions | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Whoever merges has looked: a ticket that was closed makes its section done there. */
const BACK: Selection = { addresses: [], exclude: [], targets: [], includeDone: false, ...FORWARD, direction: "back", vouches: true };

export async function proposePulls(world: BotWorld): Promise<ProposedAll> {
  const { forge } = world;
  const { defaultBranch } = await forge.repository();
  const base = await forge.head(`refs/heads/${defaultBranch}`);
  const opened = base === null ? null : await openAtCommit(world, base);
  if (base === null || opened === null) return { enabled: false, setup: null, proposed: [], questions: null, diagnostics: [] };
  if (!opened.ok) {
    const setup = opened.diagnostics.length > 0 ? null : await proposeSetup(world, { base, defaultBranch });
    return { enabled: false, setup, proposed: [], questions: null, diagnostics: opened.diagnostics };
  }
  const { at } = opened;
  try {
    if (!at.workspace.config.bot.enabled) return { enabled: false, setup: null, proposed: [], questions: null, diagnostics: [] };
    const problems = await at.fill(base);
    const gathered = await gather(at.workspace, { selection: BACK, anyBranch: true });
    try {
      const plan = await withHistory(gathered);
      const proposed = await proposeAll(plan, gathered, at, { base, defaultBranch, prefix: at.prefix }, world);
      const questions = await askQuestions(plan, at, { base, defaultBranch, prefix: at.prefix }, world);
      await noteTickets(plan, at.workspace, world);
      const told = await notifyTickets(at.workspace, world);
      return { enabled: true, setup: null, proposed, told, questions, diagnostics: [...problems, ...plan.diagnostics] };
    } finally {
      await gathered.close();
    }
  } finally {
    await at.remove();
  }
}

async function proposeAll(plan: Plan, gathered: Gathered, { workspace }: CommitWorkspace, stand: Stand, world: BotWorld): Promise<readonly Proposed[]> {
  const memory = await followProposals(world);
  const { bot } = workspace.config;
  const hidden = hiddenTargets(workspace.config, (await world.forge.repository()).visibility);
  const [shown, secret] = [
    plan.changes.filter((one) => !hidden.has(one.target) || isStatus(one)),
    plan.changes.filter((one) => hidden.has(one.target) && !isStatus(one)),
  ];
  const now = world.clock.now().getTime();
  const [stopped, calm] = partition(shown, (change) => flipFlops(change, memory, now).length > 0);
  const decisions = decideProposals(
    changesBySpec({ changes: calm.map((change) => (hidden.has(change.target) ? unsigned(change) : change)) }),
    memory,
    { ...bot.limits, statusEvery: bot.statusEvery },
    { now, isGone: goneIn(plan, workspace.config.targets.length) },
  );
  const results: Proposed[] = [];
  const said: SpecChanges[] = [];
  for (const decision of decisions) {
    const result = await carryOut(decision, { stand, stopped }, gathered, workspace, world);
    results.push(result);
    if (decision.do === "propose" && (result.state !== "left" || result.what === "open-already")) said.push(decision.found);
  }
  await notePulled({ plan, said, configured: workspace.config.targets.length }, world);
  return [
    ...results,
    ...leftFlips(stopped),
    ...[...new Set(secret.map(({ address }) => pathOfAddress(address)))].map((spec): Proposed => ({ spec, state: "left", what: "hidden" })),
  ];
}

function partition<T>(items: readonly T[], holds: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [items.filter(holds), items.filter((item) => !holds(item))];
}

/** Without who moved what: names are as little for everybody as text is. */
function unsigned(change: Plan["changes"][number]): Plan["changes"][number] {
  return { ...change, pulled: change.pulled.map(({ by: _by, ...field }) => field) };
}

/** What cannot be found is gone only where everything was read, and nobody must decide about it. */
function goneIn({ targets, conflicts, questions }: Plan, configured: number): (spec: string) => boolean {
  const isWhole = targets.length === configured && targets.every(({ complete }) => complete) && conflicts.every(({ reason }) => reason !== "behind");
  const open = new Set([...conflicts, ...questions].map(({ address }) => pathOfAddress(address ?? "")));
  return (spec) => isWhole && (spec === STATUSES ? open.size === 0 : !open.has(spec));
}

/** `stopped`: changes that are left alone because a field of them goes back and forth. */
interface Standing {
  readonly stand: Stand;
  readonly stopped: readonly Change[];
}

async function carryOut(
  decision: Proposing,
  { stand, stopped }: Standing,
  gathered: Gathered,
  workspace: CommitWorkspace["workspace"],
  world: BotWorld,
): Promise<Proposed> {
  if (decision.do === "withdraw") {
    const { spec } = decision.standing;
    const isFlipping = stopped.some((change) => (spec === STATUSES ? isStatus(change) : pathOfAddress(change.address) === spec));
    const { flipping, specGone, withdrawn } = world.words;
    const isThere = spec === STATUSES || gathered.docs.has(spec);
    return { spec, state: "withdrawn", what: await withdraw(decision.standing, world, isFlipping ? flipping : isThere ? withdrawn : specGone) };
  }
  const { found } = decision;
  if (decision.do === "leave") return { spec: found.spec, state: "left", what: decision.why };
  const files = filesOf(found, gathered, workspace, stand.prefix);
  if (files === null) return { spec: found.spec, state: "left", what: "cannot-be-written" };
  // Statuses of many specs are everybody's and nobody's.
  const doc = gathered.docs.get(found.spec);
  const reviewers = async (): Promise<readonly string[]> =>
    doc === undefined ? [] : reviewersOf(doc.frontMatter.owner, stand.prefix + found.spec, stand.base, world.forge);
  const outcome =
    decision.standing === null
      ? await openProposal(found, files, { ...stand, reviewers: await reviewers() }, world)
      : await bringUpToDate(decision.standing, found, files, stand, world);
  return { spec: found.spec, ...outcome };
}
