/** Opens the pull request of a proposal, brings it up to date, and closes it when there is nothing left to propose. */

import { applyPatch, structuredPatch } from "diff";
import { withdrawnBody } from "../../core/bot/proposal-sign.ts";
import { proposalBranch, type SpecChanges } from "../../core/bot/propose.ts";
import type { BotMemory, Proposal } from "../../core/model/bot-memory.ts";
import type { FileChange, Forge } from "../../forges/forge.ts";
import type { BotWorld } from "./bot-world.ts";
import { note } from "./follow-proposals.ts";
import { freeBranch } from "./free-branch.ts";
import { differing, messageOf } from "./own-commits.ts";
import type { ProposedFile } from "./proposed-files.ts";
import { remember } from "./remember.ts";

/** The commit of the default branch that proposals stand on. */
export interface Stand {
  readonly base: string;
  readonly defaultBranch: string;
  /** From the top of the repository to the workspace. */
  readonly prefix: string;
}

export interface Outcome {
  readonly state: "opened" | "updated" | "left";
  readonly what: string;
}

export async function openProposal(
  found: SpecChanges,
  files: readonly ProposedFile[],
  { base, defaultBranch, reviewers }: Stand & { readonly reviewers: readonly string[] },
  { forge, words }: BotWorld,
): Promise<Outcome> {
  const place = await freeBranch(forge, proposalBranch(found.spec), base);
  const message = messageOf("proposal", words.proposalCommit(found), base, await differing(forge, base, files));
  // After a crash it may stand there already; made again it would only be another commit that says the same.
  const isThere =
    place.stands !== null && (await forge.commits(base, place.stands)).every((commit, at) => at === 0 && commit.message.trim() === message.trim());
  const outcome =
    isThere && place.stands !== null && (await differing(forge, place.stands, files)).length === 0
      ? ({ state: "done", commit: place.stands } as const)
      : await forge.commit({ ref: `refs/heads/${place.branch}`, expected: place.stands, parent: base, files, message });
  if (outcome.state === "moved") return { state: "left", what: "moved" };
  const request = await forge.openPullRequest({
    ...{ title: words.proposalTitle(found), body: words.proposalBody(found), head: place.branch, base: defaultBranch },
    ...{ labels: [], reviewers },
  });
  const proposal: Proposal = {
    ...{ spec: found.spec, branch: place.branch, number: request.number, print: found.print, own: outcome.commit, head: outcome.commit },
    ...{ state: "open", addresses: addressesOf(found), openedAt: request.createdAt },
  };
  await remember(forge, (memory) => withProposal(memory, proposal));
  return { state: "opened", what: request.url };
}

/** "left" where it says so already. */
export async function bringUpToDate(
  known: Proposal,
  found: SpecChanges,
  wanted: readonly ProposedFile[],
  { base }: Stand,
  { forge, words }: BotWorld,
): Promise<Outcome> {
  const stood = (await forge.mergeBase(base, known.head)) ?? base;
  const files = [...wanted, ...(await noLongerWanted(forge, known, wanted, { stood, base }))];
  const isBehind = stood !== base && (await hasChanged(forge, files, stood, base));
  if (known.print === found.print && !isBehind) {
    // One that was declined and opened again, or found again, does not know its sections: their tickets take note of its merge.
    const addresses = addressesOf(found);
    if (known.addresses.length === 0 && addresses.length > 0) await note(forge, known, { addresses });
    return { state: "left", what: "open-already" };
  }
  const isAlone = known.own === known.head;
  const parent = isAlone && isBehind ? base : known.head;
  const texts = isAlone ? files : await ontoOthers(forge, known, files);
  if (texts === null) return { state: "left", what: "others-changed-it" };
  const written = await differing(forge, parent, texts);
  const message = messageOf("proposal", words.proposalCommit(found), parent, written);
  const outcome =
    written.length === 0 && parent === known.head
      ? ({ state: "done", commit: known.own } as const)
      : await forge.commit({ ref: `refs/heads/${known.branch}`, expected: known.head, parent, files: written, message });
  if (outcome.state === "moved") return { state: "left", what: "moved" };
  const request = await forge.editPullRequest(known.number, { title: words.proposalTitle(found), body: words.proposalBody(found) });
  const head = written.length === 0 && parent === known.head ? known.head : outcome.commit;
  await note(forge, known, { addresses: addressesOf(found), print: found.print, own: isAlone ? head : known.own, head });
  return { state: "updated", what: request.url };
}

/** Files of an earlier version of the proposal that shall be as the default branch has them. */
async function noLongerWanted(
  forge: Forge,
  known: Proposal,
  wanted: readonly ProposedFile[],
  { stood, base }: { readonly stood: string; readonly base: string },
): Promise<readonly FileChange[]> {
  const before = (await forge.changed(stood, known.own)).filter((path) => !wanted.some((one) => one.path === path));
  if (before.length === 0) return [];
  const texts = await forge.read(base, before);
  return before.map((path) => ({ path, text: texts.get(path) ?? null }));
}

async function hasChanged(forge: Forge, files: readonly FileChange[], from: string, to: string): Promise<boolean> {
  const changed = new Set(await forge.changed(from, to));
  return files.some(({ path }) => changed.has(path));
}

/** What is new, put onto what people made of the proposal; null where they changed the same lines. */
async function ontoOthers(forge: Forge, known: Proposal, files: readonly FileChange[]): Promise<readonly FileChange[] | null> {
  const paths = files.map(({ path }) => path);
  const [ours, theirs] = [await forge.read(known.own, paths), await forge.read(known.head, paths)];
  const merged: FileChange[] = [];
  for (const { path, text } of files) {
    const [before, now] = [ours.get(path) ?? null, theirs.get(path) ?? null];
    if (text === before) continue;
    if (now === null || before === null || text === null) return null;
    const patched = applyPatch(now, structuredPatch(path, path, before, text, undefined, undefined, { context: 3 }), { autoConvertLineEndings: false });
    if (patched === false) return null;
    merged.push({ path, text: patched });
  }
  return merged;
}

/** Answers its address. */
export async function withdraw(standing: Proposal, { forge, words }: BotWorld, why: string = words.withdrawn): Promise<string> {
  const { body } = await forge.pullRequest(standing.number);
  const request = await forge.editPullRequest(standing.number, { state: "closed", body: withdrawnBody(body) });
  await forge.comment(standing.number, why);
  await note(forge, standing, { state: "withdrawn" });
  return request.url;
}

function addressesOf({ changes }: SpecChanges): readonly string[] {
  return changes.map(({ address }) => address);
}

function withProposal(memory: BotMemory, proposal: Proposal): BotMemory {
  return { ...memory, proposals: [...memory.proposals.filter(({ number }) => number !== proposal.number), proposal] };
}
