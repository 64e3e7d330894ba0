/** One step of a sequence: people edit specs or tickets, Canon runs, or the world does something to both. */

import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { FieldName } from "../../src/core/model/item.ts";
import type { Keep } from "../../src/core/model/decision.ts";
import type { Plan, Selection } from "../../src/core/model/plan.ts";
import { unfinishedRuns } from "../../src/io/journal.ts";
import { readClaims, stateDirOf } from "../../src/io/state.ts";
import { runCanon, type RunResult } from "./canon-run.ts";
import { wrongBytes, wrongTickets, type Seen } from "./checks.ts";
import { Dice } from "./dice.ts";
import type { Pen } from "./prose.ts";
import { shownWords } from "./shown.ts";
import { criteriaOf, isCriteria } from "./spec-text.ts";
import { editSpecs, SPEC_EDITS } from "./spec-people.ts";
import { editTicket, TICKET_EDITS } from "./ticket-people.ts";
import { wordsIn } from "./words.ts";
import type { DeskTicket } from "./tracker-desk.ts";
import { drawFaults } from "./faults.ts";
import { readSpecs, readTickets, textOf, writeSpecs, type World } from "./world.ts";

const WEIGHTS: Readonly<Record<string, number>> = {
  ...{ spec: 36, ticket: 30, clash: 8, plan: 4, apply: 12, pull: 7, sync: 16, revert: 2, absorb: 3, resolve: 6 },
  ...{ "lose-cache": 1, "lose-state": 1, "lose-base": 1, wait: 3 },
};

export const STEP_KINDS: readonly string[] = Object.keys(WEIGHTS);

/** The kind and what it decides with: taking other steps away does not change what this one does. */
export interface Step {
  readonly kind: string;
  readonly seed: number;
}

export function drawStep(dice: Dice): Step {
  const all = Object.entries(WEIGHTS);
  let left = dice.below(all.reduce((sum, [, weight]) => sum + weight, 0));
  const [kind = "wait"] = all.find(([, weight]) => (left -= weight) < 0) ?? [];
  return { kind, seed: dice.seed() };
}

/** What happened, for people; null: nothing could. */
export interface Played {
  readonly told: string;
  readonly wrong: readonly string[];
  /** What a run of Canon came to, in single words. */
  readonly facts?: readonly string[];
}

export async function playStep(world: World, { kind, seed }: Step): Promise<Played | null> {
  const dice = new Dice(seed);
  world.clock.advance(dice.below(1500));
  switch (kind) {
    case "spec":
      return peopleEditSpecs(world, dice);
    case "ticket":
      return peopleEditTickets(world, dice);
    case "clash":
      return peopleMeet(world, dice);
    case "wait":
      world.clock.advance(20_000);
      world.isLate = false;
      return { told: "time passes", wrong: [] };
    case "lose-cache":
    case "lose-state":
    case "lose-base":
      return lose(kind, world, dice);
    case "plan":
      return lookAtPlan(world, dice);
    default:
      return canonRuns(kind, world, dice);
  }
}

async function peopleEditSpecs(world: World, dice: Dice, edit: string = dice.maybe(SPEC_EDITS) ?? "", focus?: Pen["focus"]): Promise<Played | null> {
  const before = await readSpecs(world);
  const change = editSpecs(edit, before, { dice, words: world.words, ...(focus ? { focus } : {}) });
  if (change === null) return null;
  // Where tickets follow merged specs a claim stands for a new ticket until its marker is merged; here the marker is all,
  // and a list that lags does not show yet whose it was.
  if (edit === "delete-marker") world.clock.advance(world.switches.behaviour.searchLag ?? 0);
  await writeSpecs(world, change.files);
  const told = `spec: ${change.told}`;
  const after = textIn(await readSpecs(world));
  world.words.edited("specs", textIn(before), after, told);
  world.ticks.edited(textIn(before), after, null);
  world.words.reworded(changedWords(textIn(before), after));
  return { told, wrong: [] };
}

/** The words of the blocks and criteria that were not there like this before. */
function changedWords(before: string, after: string): readonly string[] {
  const had = new Set(piecesOf(before));
  return piecesOf(after).flatMap((piece) => (had.has(piece) ? [] : [...wordsIn(piece)]));
}

function piecesOf(text: string): readonly string[] {
  const blocks = text.replaceAll("\r\n", "\n").split(/\n{2,}/);
  return blocks.flatMap((block) => (isCriteria(block) ? criteriaOf(block) : [block]));
}

function textIn(specs: ReadonlyMap<string, string>): string {
  return [...specs.values()].join("\n\n");
}

async function peopleEditTickets(world: World, dice: Dice, edit: string = dice.maybe(TICKET_EDITS) ?? "", focus?: Pen["focus"]): Promise<Played | null> {
  const before = await readTickets(world);
  const change = await editTicket(edit, world.desk, { dice, words: world.words, ...(focus ? { focus } : {}) });
  if (change === null) return null;
  const after = await readTickets(world);
  const [was, is] = [before.get(change.id), after.get(change.id)];
  const told = `ticket: ${change.told}`;
  if (was && is) {
    world.words.edited(change.id, textOf(was), textOf(is), told);
    world.words.reworded(changedWords(was.body, is.body));
    world.ticks.edited(was.body, is.body, is.key);
  }
  if (was && is && isMarked(was) && !isMarked(is)) world.unmarked.add(change.id);
  if (change.copy !== null) world.copies.add(change.copy);
  if (change.label !== null) world.labels.push([change.id, change.label]);
  return { told, wrong: [] };
}

/** The label by which Canon finds its tickets; the local tracker needs none. */
function isMarked({ labels }: DeskTicket): boolean {
  return labels.some((label) => label.toLowerCase() === "canon");
}

/** Two people change the same words of one section, each on their side. */
async function peopleMeet(world: World, dice: Dice): Promise<Played | null> {
  const key = dice.maybe([...textIn(await readSpecs(world)).matchAll(/canon:ticket:[a-z]+:(\S+)/g)])?.[1];
  if (key === undefined) return null;
  const focus = { key, at: dice.below(6) };
  const what = dice.pick("criterion", "criterion", "paragraph", "title");
  const side = (): string => dice.pick("reword", "remove", "add", "tick");
  const specEdit = what === "title" ? "rename-section" : `${what === "paragraph" ? side().replace("tick", "reword") : side()}-${what}`;
  const deed = what === "paragraph" ? side().replace("tick", "reword") : side();
  const ticketEdit = what === "title" ? "title" : `${deed}-${what === "paragraph" ? "block" : "task"}`;
  const [spec, ticket] = [await peopleEditSpecs(world, dice, specEdit, focus), await peopleEditTickets(world, dice, ticketEdit, focus)];
  if (!spec && !ticket) return null;
  return { told: [spec?.told, ticket?.told].filter((told) => told !== undefined).join(", and "), wrong: [] };
}

async function lose(kind: string, world: World, dice: Dice): Promise<Played | null> {
  const { root } = world.project;
  if (kind === "lose-cache") {
    await rm(join(root, ".canon/cache"), { recursive: true, force: true });
    return { told: "the cache is lost", wrong: [] };
  }
  if (kind === "lose-state") {
    const { disk } = await world.project.open();
    const stateDir = await stateDirOf(disk, root);
    // Of what is under way nobody else knows: that loss has no remedy, and none is promised.
    if ((await unfinishedRuns(disk, stateDir)).length > 0 || (await readClaims(disk, stateDir)).length > 0) return null;
    await rm(stateDir, { recursive: true, force: true });
    return { told: "the state is lost", wrong: [] };
  }
  const ticket = dice.maybe((await world.desk.tickets()).filter(({ archived }) => !archived));
  if (!ticket?.hasBase) return null;
  await world.desk.loseBase(ticket.key);
  return { told: `the base of ${ticket.key} is lost`, wrong: [] };
}

/** Branch rules hold on trackers that are not on this machine; here nobody has git. */
export function isRemote({ desk }: World): boolean {
  return desk.system !== "local";
}

export async function see(world: World): Promise<Seen> {
  return { specs: await readSpecs(world), tickets: await readTickets(world) };
}

/** Law 2, and the second half of law 1. */
async function lookAtPlan(world: World, dice: Dice): Promise<Played> {
  // Requests take time there, in which a list that lags catches up: that is not the same any more.
  if (isRemote(world)) world.clock.advance(20_000);
  const before = await see(world);
  const selection: Partial<Selection> = { direction: dice.pick("forward", "back", "both"), includeDone: world.switches.includeDone };
  const [one, two] = [await world.project.plan(selection), await world.project.plan(selection)];
  const after = await see(world);
  const told = `canon plan (${selection.direction ?? ""}): ${one.changes.length} changes, ${one.observed.length} observed, ${one.conflicts.length} conflicts, ${one.questions.length} questions`;
  const wrong = [
    ...(one.digest === two.digest ? [] : [`two plans of the same have different digests: ${differenceOf(one, two)}`]),
    ...(JSON.stringify([...before.specs]) === JSON.stringify([...after.specs]) ? [] : ["plan changed a spec"]),
    ...(world.isLate || JSON.stringify([...before.tickets]) === JSON.stringify([...after.tickets]) ? [] : ["plan changed a ticket"]),
  ];
  return { told, wrong };
}

/** The parts that differ, by name. */
function differenceOf(one: Plan, two: Plan): string {
  const [a, b] = [new Map(Object.entries(one)), new Map(Object.entries(two))];
  const parts = [...a].flatMap(([name, value]) => {
    const [was, is] = [JSON.stringify(value), JSON.stringify(b.get(name))];
    return was === is || name === "digest" ? [] : [`${name}: ${was} and ${is}`];
  });
  return parts.join("; ");
}

const FIELDS = ["title", "body", "criteria", "status", "labels"] as const satisfies readonly FieldName[];

async function canonRuns(kind: string, world: World, dice: Dice): Promise<Played | null> {
  const wanted = await selectionFor(kind, world, dice);
  if (wanted === null) return null;
  // The first run is the one that creates most.
  const isFirst = (await world.desk.tickets()).length === 0;
  const faults = dice.chance(isFirst ? 0.5 : 0.15) ? drawFaults(world, dice, isFirst) : [];
  await world.desk.setFaults(faults);
  const deathAt = dice.chance(0.15) ? 1 + dice.below(24) : 0;
  const interruptAt = dice.chance(0.04) ? 1 + dice.below(6) : 0;
  const interlude = dice.chance(0.2) ? dice.pick("spec", "ticket") : null;
  const isLateNow = faults.some((fault) => fault.kind === "late");
  let [before, between] = [await see(world), ""];
  const meanwhile = async (plan: Plan): Promise<void> => {
    takeSides(world, plan, wanted, `canon ${kind}`);
    if (interlude === null) return;
    // Most of all they are in the way where something is about to be written.
    const key = dice.chance(0.7) ? dice.maybe(plan.changes.flatMap((change) => change.key ?? [])) : undefined;
    const focus = key === undefined ? undefined : { key, at: dice.below(6) };
    const played = interlude === "spec" ? await peopleEditSpecs(world, dice) : await peopleEditTickets(world, dice, dice.maybe(TICKET_EDITS), focus);
    between = played ? ` [meanwhile ${played.told}]` : "";
    before = await see(world);
  };
  world.isLate ||= isLateNow;
  world.isBeyond ||= isLateNow && world.switches.settle === 0;
  const result = await runCanon(world, { selection: wanted, deathAt, interruptAt, meanwhile, anyBranch: isRemote(world) }, new Dice(dice.seed()));
  await world.desk.setFaults([]);
  const after = await see(world);
  const flags = JSON.stringify(wanted, (_key, value: unknown) => (Array.isArray(value) && value.length === 0 ? undefined : value));
  const told = `canon ${kind} ${flags}${faults.map((fault) => ` fault ${JSON.stringify(fault)}`).join("")}${deathAt > 0 ? ` death at ${deathAt}` : ""}${between} → ${result.told}`;
  return { told, wrong: wrongAfter(world, before, after, result), facts: factsOf(result, wanted) };
}

function factsOf({ exitCode, plan, report }: RunResult, { decisions = [] }: Partial<Selection>): readonly string[] {
  const done = new Set(report?.results.flatMap(({ state, change }) => (state === "done" ? [change] : [])));
  const actions = new Set(plan?.changes.flatMap(({ digest, action }) => (done.has(digest) ? [action] : [])));
  return [
    exitCode === null ? "died" : `exit ${exitCode}`,
    ...(actions.has("create") ? ["created"] : []),
    ...(actions.has("update") ? ["wrote"] : []),
    ...(report && report.pulled.length > 0 ? ["pulled"] : []),
    ...(decisions.length > 0 && done.size > 0 ? ["decided"] : []),
  ];
}

export const EXITS: readonly (number | null)[] = [null, 0, 1, 4, 5, 6, 7, 8, 130];

export function wrongAfter(world: World, before: Seen, after: Seen, { plan, exitCode }: RunResult): readonly string[] {
  const { addresses = [], direction } = plan?.selection ?? {};
  if (exitCode === 0 && addresses.length === 0 && direction !== "back") world.words.written();
  if (exitCode !== 0 && exitCode !== 4) {
    const known = wordsIn(textIn(before.specs));
    world.words.halfPulled([...wordsIn(textIn(after.specs))].filter((word) => !known.has(word)));
    world.ticks.halfPulled(textIn(before.specs), textIn(after.specs));
  }
  return [
    ...(EXITS.includes(exitCode) ? [] : [`exit code ${exitCode}`]),
    ...wrongBytes(before.specs, after.specs, plan),
    ...wrongTickets(world, before.tickets, after.tickets, plan),
  ];
}

async function selectionFor(kind: string, world: World, dice: Dice): Promise<Partial<Selection> | null> {
  const { includeDone } = world.switches;
  const some = dice.chance(0.15) ? dice.maybe([...(await readSpecs(world)).keys()]) : undefined;
  const common = { includeDone, vouches: dice.chance(0.8), ...(some === undefined ? {} : { addresses: [some] }) };
  switch (kind) {
    case "apply":
      return common;
    case "pull":
      return { ...common, direction: "back" };
    case "sync":
      return { ...common, direction: "both" };
    case "revert":
      return { ...common, direction: dice.pick("forward", "both"), revert: [dice.maybe(FIELDS) ?? "title"] };
    case "absorb":
      return { ...common, direction: dice.pick("back", "both"), absorb: [dice.maybe(FIELDS) ?? "title"] };
    case "resolve": {
      const { conflicts } = await world.project.plan({ direction: "both", includeDone });
      const conflict = dice.maybe(conflicts.filter(({ reason }) => reason !== "behind"));
      const field = dice.maybe(conflict?.held.filter(({ verdict }) => verdict === "conflict") ?? []);
      if (!conflict || !field) return null;
      const keep = drawKeep(dice);
      return {
        includeDone,
        vouches: true,
        direction: "both",
        addresses: [conflict.address],
        decisions: [{ kind: "keep", address: conflict.address, field: dice.chance(0.5) ? null : field.field, keep }],
      };
    }
    default:
      throw new Error(`nobody knows how to ${kind}`);
  }
}

export function drawKeep(dice: Dice): Exclude<Keep, "both"> {
  return dice.pick("spec", "tracker", "merge");
}

/** Whoever takes a side has seen what the plan shows of it. */
export function takeSides({ words, ticks }: World, plan: Plan, { revert = [], absorb = [], decisions = [] }: Partial<Selection>, step: string): void {
  const sided = [...revert, ...absorb];
  if (sided.length > 0) words.decided(shownWords(plan, null, sided), step);
  if (sided.includes("criteria")) ticks.unsure(shownWords(plan, null, ["criteria"]));
  for (const decision of decisions) {
    if (decision.kind !== "keep") continue;
    const shown = shownWords(plan, decision.address, decision.field === null ? null : [decision.field]);
    ticks.unsure(shown);
    if (decision.keep === "merge") words.merged(shown);
    else words.decided(shown, step);
  }
}
