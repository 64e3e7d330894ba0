/** The GitHub tracker: issues of one repository, its hierarchy made of sub-issues, its statuses of states and reasons. */

import { markdownFormat } from "../../core/text/markdown-format.ts";
import type { RemoteOptions } from "../remote-options.ts";
import { TrackerError } from "../tracker-error.ts";
import type { Capabilities, Check, Tracker } from "../tracker.ts";
import { checkGithub } from "./github-check.ts";
import { refusal } from "./github-client.ts";
import { CHILD_LIMIT, createIssues, CREATES } from "./github-create.ts";
import { extraFields } from "./github-extra.ts";
import { readHistory } from "./github-history.ts";
import { nameOf, parseRepo } from "./github-key.ts";
import { commentIssues, linkIssues } from "./github-notes.ts";
import { openGithub } from "./github-open.ts";
import { PAGE } from "./github-pages.ts";
import { githubProject } from "./github-project.ts";
import { readQuery } from "./github-read.ts";
import { openMemory, type GithubSession } from "./github-session.ts";
import { readWatermark, settle } from "./github-settle.ts";
import { BODY_LIMIT, TITLE_LIMIT } from "./github-text.ts";
import { transitionIssues } from "./github-transition.ts";
import { UPDATE_BATCH, updateIssues } from "./github-update.ts";

export async function openGithubTracker(options: RemoteOptions): Promise<Tracker> {
  const { target, parser, clock } = options;
  const repo = parseRepo(target.project);
  if (repo === null) throw refusal("invalid", `${target.name}: project "${target.project}" is no repository.`, "Write it as owner/repo.");
  const { client, host } = await openGithub(options);
  // Every organisation has types; reading them costs requests, so a target uses them only where it says so.
  const usesTypes = (target.hierarchy ?? null) !== null;
  const session: GithubSession = { client, repo, project: githubProject(client, repo), clock, usesTypes, memory: openMemory(clock) };
  const format = markdownFormat(parser, { titleLimit: TITLE_LIMIT });
  const extraOf = extraFields(session);
  return {
    system: "github",
    identity: `github:${host}/${nameOf(repo).toLowerCase()}`,
    capabilities: capabilitiesOf(usesTypes),
    format,
    check: () => checked(session),
    read: (query) => readQuery(session, query),
    history: (keys, since) => readHistory(session, format, keys, since),
    watermark: () => readWatermark(session),
    create: (drafts) => createIssues(session, extraOf, drafts),
    update: (patches) => updateIssues(session, patches),
    transition: (steps) => transitionIssues(session, steps),
    comment: (notes) => commentIssues(session, notes),
    link: (links) => linkIssues(session, links),
    settleCreates: (inDoubt) => (inDoubt.length === 0 ? Promise.resolve([]) : settle(session, inDoubt)),
    close: async () => undefined,
  };
}

function capabilitiesOf(usesTypes: boolean): Capabilities {
  return {
    batch: { read: PAGE, create: CREATES, update: UPDATE_BATCH },
    hierarchy: true,
    types: usesTypes,
    transitions: "free",
    conditionalWrite: false,
    clientIds: false,
    // Through the API every byte is kept.
    rewritesText: false,
    // The list by label is no search: it may miss what was just made, and shows the truth of what it shows.
    indexLag: false,
    history: true,
    convertsTypes: usesTypes,
    baseAlone: false,
    embedded: false,
    titleLimit: TITLE_LIMIT,
    bodyLimit: BODY_LIMIT,
    childLimit: CHILD_LIMIT,
    depthLimit: 8,
    creationsPerHour: 500,
  };
}

async function checked(session: GithubSession): Promise<Check> {
  try {
    return await checkGithub(session);
  } catch (error) {
    if (error instanceof TrackerError) return { ok: false, error };
    throw error;
  }
}
