/** Plays a sequence in which people work in two clones, on branches, and Canon runs from either. */

import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Selection } from "../../src/core/model/plan.ts";
import { runCanon, type RunResult } from "./canon-run.ts";
import { lostWords, twins, type Seen } from "./checks.ts";
import { Dice } from "./dice.ts";
import { commitAll, git, GIT_DEEDS, mustGit, playGit, pullMain } from "./git-people.ts";
import { mainText, makeGitWorld, type GitWorld } from "./git-world.ts";
import type { Outcome, Sequence } from "./sequence.ts";
import { cleanCopies, keepIn } from "./calm.ts";
import { playStep, see, takeSides, wrongAfter, type Played, type Step } from "./step.ts";
import { readSpecs, readTickets, textOf, type World } from "./world.ts";
import { wordsIn } from "./words.ts";

const KINDS: readonly string[] = [
  ...Array<string>(6).fill("spec"),
  ...Array<string>(4).fill("ticket"),
  ...Array<string>(7).fill("git"),
  "apply",
  "apply",
  "sync",
  "sync",
  "sync",
  "pull",
  "plan",
  "old",
  "lose-state",
];

export const GIT_KINDS: readonly string[] = [...new Set(KINDS)];

export function drawGitSequence(seed: number, length: number): Sequence {
  const dice = new Dice(seed);
  return { seed, steps: Array.from({ length }, () => ({ kind: dice.maybe(KINDS) ?? "git", seed: dice.seed() })) };
}

export async function playGitSequence({ seed, steps }: Sequence): Promise<Outcome> {
  const dice = new Dice(seed ^ 0x5bd1e995);
  const world = await makeGitWorld(dice);
  const told = [world.told];
  const played = new Map<string, number>();
  const seen = new Set<string>();
  const over = (wrong: readonly string[]): Outcome => ({ told, played, seen, wrong });
  const retired = new Retired();
  try {
    for (const step of steps) {
      const done = await playGitStep(world, step, retired);
      if (done === null) continue;
      played.set(step.kind, (played.get(step.kind) ?? 0) + 1);
      for (const fact of done.facts ?? []) seen.add(fact);
      told.push(`${told.length}. ${done.told}`);
      const wrong = [...done.wrong, ...(await look(world))];
      if (wrong.length > 0) return over(wrong);
    }
    const wrong = await bringTogether(world, retired, dice, (line) => void told.push(line));
    return over([...wrong, ...(await look(world))]);
  } catch (error) {
    return over([`thrown: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`]);
  } finally {
    await world.end();
  }
}

/** Words that a merged edit took off a ticket: an older checkout must not bring them back. */
class Retired {
  readonly #words = new Map<string, Set<string>>();
  /** What is on a branch or in a work tree only may come and go with whoever runs. */
  readonly #merged = new Set<string>();

  /** Answers what came back in this run. */
  follow(before: Seen["tickets"], after: Seen["tickets"], main: ReadonlySet<string>): readonly string[] {
    const wrong: string[] = [];
    for (const word of main) this.#merged.add(word);
    for (const [id, now] of after) {
      const [had, has] = [wordsIn(textOf(before.get(id) ?? now)), wordsIn(textOf(now))];
      const gone = this.#words.get(id) ?? new Set<string>();
      for (const word of has) if (gone.has(word) && !had.has(word) && !main.has(word)) wrong.push(`${word} came back on ${now.key} from an older checkout`);
      for (const word of had) if (!has.has(word) && !main.has(word) && this.#merged.has(word)) gone.add(word);
      this.#words.set(id, gone);
    }
    return wrong;
  }
}

async function playGitStep(world: GitWorld, { kind, seed }: Step, retired: Retired): Promise<Played | null> {
  const dice = new Dice(seed);
  const clone = world.clones[dice.below(2)] ?? world.clones[0];
  const named = (played: Played | null): Played | null => played && { ...played, told: `${clone === world.clones[0] ? "a" : "b"}: ${played.told}` };
  switch (kind) {
    case "spec":
    case "ticket":
      return named(await withWords(world, kind, () => playStep(clone, { kind, seed: dice.seed() })));
    case "git":
      return named(
        await withWords(world, kind, async () => {
          const told = playGit(dice.maybe(GIT_DEEDS) ?? "commit", clone.project.root, dice);
          return told === null ? null : { told, wrong: [] };
        }),
      );
    case "old":
      return named(await fromOldCheckout(world, clone, dice, retired));
    case "lose-state":
      // What the lease holds is enough for a fresh clone; a lock file holds nothing.
      if (!world.isLeased) return null;
      await rm(join(clone.project.root, ".canon"), { recursive: true, force: true });
      return named({ told: "a fresh clone, without state", wrong: [] });
    default:
      return named(await canonRuns(world, clone, kind, dice, retired));
  }
}

/** Whatever leaves the sight of both clones and of the default branch was taken away by whoever did this. */
async function withWords(world: GitWorld, kind: string, work: () => Promise<Played | null>): Promise<Played | null> {
  if (kind === "ticket") return work();
  const before = await textInSight(world);
  const played = await work();
  if (played !== null) world.clones[0].words.edited("git", before, await textInSight(world), played.told);
  return played;
}

async function textInSight({ clones, remote }: GitWorld): Promise<string> {
  const trees = await Promise.all(clones.map(async (clone) => [...(await readSpecs(clone)).values()]));
  return [...trees.flat(), mainText(remote)].join("\n\n");
}

async function canonRuns(world: GitWorld, clone: World, kind: string, dice: Dice, retired: Retired): Promise<Played | null> {
  const anyBranch = dice.chance(0.2);
  const { includeDone } = clone.switches;
  if (kind === "plan") {
    const plan = await clone.project.within({ anyBranch }).plan({ direction: "both", includeDone });
    return { told: `canon plan: ${plan.changes.length} changes`, wrong: [] };
  }
  const selection: Partial<Selection> = { includeDone, vouches: true, direction: kind === "apply" ? "forward" : kind === "pull" ? "back" : "both" };
  return run(world, clone, selection, { anyBranch, deathAt: dice.chance(0.15) ? 1 + dice.below(24) : 0 }, dice, retired);
}

interface Manner {
  readonly anyBranch: boolean;
  readonly deathAt: number;
}

async function run(
  world: GitWorld,
  clone: World,
  selection: Partial<Selection>,
  { anyBranch, deathAt }: Manner,
  dice: Dice,
  retired: Retired,
): Promise<Played> {
  const before = await see(clone);
  const isBehind = lacksTip(world, clone);
  const meanwhile = async (plan: Parameters<typeof takeSides>[1]): Promise<void> => takeSides(clone, plan, selection, "canon resolve");
  const result = await runCanon(clone, { selection, deathAt, interruptAt: 0, meanwhile, anyBranch }, new Dice(dice.seed()));
  const after = await see(clone);
  const wrong = [
    ...wrongAfter(clone, before, after, result),
    ...retired.follow(before.tickets, after.tickets, wordsIn(mainText(world.remote))),
    ...(isBehind && !anyBranch && result.requests > 0 ? ["a checkout without the tip of main wrote to the tracker"] : []),
  ];
  const where = `${git(clone.project.root, "rev-parse", "--abbrev-ref", "HEAD").out}${isBehind ? " (behind)" : ""}`;
  return {
    told: `canon ${JSON.stringify(selection)} on ${where}${anyBranch ? " --any-branch" : ""}${deathAt > 0 ? ` death at ${deathAt}` : ""} → ${result.told}`,
    wrong,
    facts: factsOf(result, isBehind, anyBranch),
  };
}

function factsOf({ exitCode, requests }: RunResult, isBehind: boolean, anyBranch: boolean): readonly string[] {
  return [
    exitCode === null ? "died" : `exit ${exitCode}`,
    ...(isBehind && exitCode === 6 ? ["refused behind"] : []),
    ...(anyBranch && requests > 0 ? ["any branch"] : []),
  ];
}

function lacksTip({ remote }: GitWorld, { project: { root } }: World): boolean {
  return !git(root, "merge-base", "--is-ancestor", git(remote, "rev-parse", "main").out, "HEAD").ok;
}

async function fromOldCheckout(world: GitWorld, clone: World, dice: Dice, retired: Retired): Promise<Played | null> {
  const { root } = clone.project;
  const branch = git(root, "rev-parse", "--abbrev-ref", "HEAD").out;
  commitAll(root);
  const old = `HEAD~${1 + dice.below(3)}`;
  if (!git(root, "checkout", "-q", "--detach", old).ok) return null;
  const played = await run(
    world,
    clone,
    { includeDone: clone.switches.includeDone, direction: dice.pick("forward", "both"), vouches: true },
    { anyBranch: dice.chance(0.5), deathAt: 0 },
    dice,
    retired,
  );
  // What a pull wrote into an old checkout is thrown away with it: whoever does so takes it away.
  await withWords(world, "git", async () => {
    mustGit(root, "checkout", "-q", "-f", branch);
    return { told: "back from an old checkout", wrong: [] };
  });
  return { ...played, told: `${old}: ${played.told}` };
}

async function look(world: GitWorld): Promise<readonly string[]> {
  const [a, b] = world.clones;
  const specs = new Map([["in sight", await textInSight(world)]]);
  const seen: Seen = { specs, tickets: await readTickets(a) };
  const lostIn = (clone: World): Promise<readonly string[]> => lostWords(clone, seen, () => clone.project.plan({ direction: "both", includeDone: true }));
  const [first, second] = [await lostIn(a), new Set(await lostIn(b))];
  return [...first.filter((lost) => second.has(lost)), ...twins(a, seen)];
}

/** Everybody merges, one clone settles what is open, the other one finds nothing to do. */
async function bringTogether(world: GitWorld, retired: Retired, dice: Dice, tell: (told: string) => void): Promise<readonly string[]> {
  const [a, b] = world.clones;
  await withWords(world, "git", async () => {
    for (const clone of [b, a]) {
      const { root } = clone.project;
      for (const deed of ["main", "merge", "merge", "pull"]) playGit(deed, root, dice);
      await cleanCopies(clone);
      commitAll(root);
      mustGit(root, "push", "-q", "origin", "main");
    }
    return { told: "all is merged", wrong: [] };
  });
  const wrong: string[] = [];
  let requests = 0;
  const round = async (clone: World, sides: Partial<Selection>): Promise<void> => {
    await withWords(world, "git", async () => ({ told: `pulls ${String(pullMain(clone.project.root, dice))}`, wrong: [] }));
    const selection: Partial<Selection> = { direction: "both", vouches: true, includeDone: clone.switches.includeDone, ...sides };
    const before = await see(clone);
    const meanwhile = async (plan: Parameters<typeof takeSides>[1]): Promise<void> => takeSides(clone, plan, selection, "canon resolve at the end");
    const result = await runCanon(clone, { selection, deathAt: 0, interruptAt: 0, meanwhile, anyBranch: false }, dice);
    const after = await see(clone);
    wrong.push(...wrongAfter(clone, before, after, result), ...retired.follow(before.tickets, after.tickets, wordsIn(mainText(world.remote))));
    tell(`at the end: canon sync ${JSON.stringify(sides)} → ${result.told}`);
    requests = result.requests;
    clone.clock.advance(20_000);
    commitAll(clone.project.root);
    mustGit(clone.project.root, "push", "-q", "origin", "main");
  };
  await round(a, {});
  for (let turn = 0; turn < 3; turn += 1) {
    const { conflicts } = await a.project.plan({ direction: "both", vouches: true, includeDone: a.switches.includeDone });
    if (conflicts.length === 0) break;
    const keep = keepIn(turn, dice);
    await round(a, { decisions: conflicts.map(({ address }) => ({ kind: "keep", address, field: null, keep })) });
  }
  for (let turn = 0; turn < 2; turn += 1) await round(a, { revert: ["type", "parent"] });
  await round(a, {});
  await round(b, {});
  if (requests > 0) wrong.push(`${requests} requests in a quiet world`);
  const plan = await b.project.plan({ direction: "both", vouches: true, includeDone: b.switches.includeDone });
  for (const { action, address, reason, fields, pulled, held } of [...plan.changes, ...plan.conflicts])
    wrong.push(`a quiet plan still has: ${action} ${address} (${reason}) ${JSON.stringify({ fields, pulled, held })}`);
  return wrong;
}
