/**
 * Marks the sections that merged pull requests implement: `realized-in` and a status that moves forward, written into the
 * clone. `bringMarkers` brings them to the default branch; the ticket hears of the status once it stands there.
 */

import { coverFiles } from "../../core/bot/cover-files.ts";
import { implementedSections, ticketWord, type TicketName } from "../../core/bot/implemented-sections.ts";
import { namesNothing } from "../../core/bot/named-sections.ts";
import type { PullRequest } from "../../forges/forge.ts";
import { MarkerWriter } from "../apply/marker-writer.ts";
import { readSpecs } from "../read-specs.ts";
import type { Workspace } from "../workspace.ts";
import type { BotWorld } from "./bot-world.ts";
import type { MarkedClone } from "./bring-markers.ts";
import { markRealized, type MarkWish, type RealizedMarks } from "./mark-realized.ts";
import { specPaths } from "./open-at-commit.ts";
import { isOwnRequest, mergedText, namesIn, type MergedText } from "./request-text.ts";
import { recall, remember } from "./remember.ts";
import { wasMarked } from "./was-marked.ts";

/** A merged pull request that implements sections. */
export interface Realized {
  readonly number: number;
  /** Sections that it implements, whether it was this run or an earlier one that marked them. */
  readonly addresses: readonly string[];
  /** This run wrote some of them. */
  readonly isNew: boolean;
}

/** What one run found merged. */
export interface MergedCode {
  readonly realized: readonly Realized[];
  readonly problems: readonly string[];
  /** Tickets that they name. */
  readonly named: readonly { readonly request: PullRequest; readonly tickets: readonly TicketName[] }[];
  /** All that ended since the last look. */
  readonly ended: readonly PullRequest[];
  /** Where the first look began. */
  readonly from: string;
  /** Tickets (`target key`) whose section's status this run moved. */
  readonly forward: readonly string[];
  /** Numbers whose markers a person did not want. */
  readonly declined: readonly number[];
}

/** Files of one section in one pull request; beyond, the folders that hold them. */
const MOST_FILES = 10;
const FIRST_LOOK = 24 * 3_600_000;

/** `held`: tickets (`target key`) whose own status is news for the spec. */
export async function realizeMerged(world: BotWorld, { workspace, head, prefix }: Omit<MarkedClone, "bot">, held: ReadonlySet<string>): Promise<MergedCode> {
  const { forge, clock } = world;
  const { code } = await recall(forge);
  const from = code.from === "" ? new Date(clock.now().getTime() - FIRST_LOOK).toISOString() : code.from;
  const repository = await forge.repository();
  const declined = code.proposed !== null && (await forge.pullRequest(code.proposed.number)).state === "closed" ? code.proposed.brings : [];
  const ended = await forge.pullRequests({ state: "ended", since: code.since === "" ? from : code.since });
  const known = new Set([...code.done, ...declined]);
  const open = ended
    .filter((one) => one.state === "merged" && one.base.branch === repository.defaultBranch && !known.has(one.number))
    .filter((one) => !isOwnRequest(one, repository.account))
    .toSorted((one, other) => one.number - other.number);
  const ruled = new Set(workspace.config.targets.flatMap(({ name, owners }) => (owners.status === "tracker" ? [name] : [])));
  const isHeld = (ticket: TicketName): boolean => ruled.has(ticket.target) || held.has(ticketWord(ticket));
  const marked: Marked[] = [];
  const writer = open.length === 0 ? null : await writerFor(workspace);
  for (const request of open) {
    const merged = await mergedText(request, forge);
    const names = merged === null || merged.merge.at < from ? null : namesIn(merged.text, workspace, repository);
    if (writer === null || merged === null || names === null || namesNothing(names)) continue;
    const { implemented, tickets } = implementedSections(names, writer.docs(), workspace.config);
    const wish = { number: request.number, implemented, paths: codeFiles(merged, workspace, prefix) };
    const isMarked = code.from === "" && (await hasMarks(wish, merged, { forge, head, prefix }));
    marked.push({ request, tickets, ...(await markRealized(wish, { isMarked, isHeld, writer })) });
  }
  const forward = marked.flatMap((one) => one.forward);
  // Before the markers are brought: after a crash the next plan must know that this status was reviewed with the merge.
  await remember(forge, (memory) => {
    const known = memory.code.forward;
    const isNews = forward.some((ticket) => !known.includes(ticket));
    return isNews ? { ...memory, code: { ...memory.code, forward: [...new Set([...known, ...forward])] } } : memory;
  });
  return {
    ...{ ended, from, forward, declined, named: marked },
    realized: marked.flatMap(({ request: { number }, addresses, isNew }) => (addresses.length === 0 ? [] : [{ number, addresses, isNew }])),
    problems: marked.flatMap(({ problems }) => problems),
  };
}

interface Marked extends RealizedMarks {
  readonly request: PullRequest;
  readonly tickets: readonly TicketName[];
}

async function writerFor(workspace: Workspace): Promise<MarkerWriter> {
  const { docs } = await readSpecs(workspace);
  return new MarkerWriter(workspace, new Map(docs.map((doc) => [doc.path, doc] as const)));
}

/** What is no spec, in a few paths. Empty: it changes nothing that could implement anything. */
function codeFiles({ files }: MergedText, workspace: Workspace, prefix: string): readonly string[] {
  const specs = new Set(specPaths(files, prefix, workspace).map((path) => prefix + path));
  const code = files.filter((path) => !specs.has(path));
  return code.length === 0 ? [] : coverFiles(code, MOST_FILES);
}

/** Asked only while the memory is young: later it knows itself what was marked. */
async function hasMarks(
  { number, implemented }: MarkWish,
  { merge }: MergedText,
  { forge, head, prefix }: Pick<BotWorld, "forge"> & Pick<MarkedClone, "head" | "prefix">,
): Promise<boolean> {
  const specs = [...new Set(implemented.map(({ path }) => prefix + path))];
  return specs.length > 0 && (await wasMarked(number, await forge.commits(merge.id, head), specs, forge));
}
