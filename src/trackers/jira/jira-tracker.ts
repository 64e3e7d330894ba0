/** Jira Cloud and Data Center behind the contract. */

import type { RemoteOptions } from "../remote-options.ts";
import type { Capabilities, Tracker } from "../tracker.ts";
import { checkJira } from "./jira-check.ts";
import { CONCURRENCY } from "./jira-client.ts";
import { createJira } from "./jira-create.ts";
import { historyJira } from "./jira-history.ts";
import { commentJira, linkJira } from "./jira-notes.ts";
import { readJira } from "./jira-read.ts";
import { BODY_LIMIT, openSession, TITLE_LIMIT } from "./jira-session.ts";
import { settleJira } from "./jira-settle.ts";
import { transitionJira } from "./jira-transition.ts";
import { updateJira } from "./jira-update.ts";

const CAPABILITIES: Capabilities = {
  // An update is a request of its own for each ticket; so many go side by side within about the time of one.
  batch: { read: 100, create: 50, update: CONCURRENCY },
  hierarchy: true,
  types: true,
  transitions: "workflow",
  conditionalWrite: false,
  clientIds: false,
  rewritesText: true,
  // A list gives ids; Canon's tickets are read as they are. It may miss what was just written.
  indexLag: false,
  history: true,
  // Jira converts between types only where workflow and form happen to agree, and never between levels.
  convertsTypes: false,
  baseAlone: true,
  embedded: false,
  titleLimit: TITLE_LIMIT,
  bodyLimit: BODY_LIMIT,
  childLimit: null,
  depthLimit: null,
  creationsPerHour: null,
};

/** Throws TrackerError where the address or the credentials are missing, or nothing says whether it is the Cloud. */
export async function openJiraTracker(options: RemoteOptions): Promise<Tracker> {
  const session = await openSession(options);
  return {
    system: "jira",
    identity: `jira:${session.client.site.host}/${session.key}`,
    capabilities: CAPABILITIES,
    format: session.api.format,
    check: async () => checkJira(session),
    read: async (query) => readJira(session, query),
    history: async (keys, since) => historyJira(session, keys, since),
    // Its list lags: a mark that is too low only makes recovery read more.
    watermark: async () => String(await session.api.newest(session.key)),
    create: async (drafts) => createJira(session, drafts),
    update: async (patches) => updateJira(session, patches),
    transition: async (steps) => transitionJira(session, steps),
    comment: async (notes) => commentJira(session, notes),
    link: async (links) => linkJira(session, links),
    settleCreates: async (inDoubt) => settleJira(session, inDoubt),
    close: async () => {},
  };
}
