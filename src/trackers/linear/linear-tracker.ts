/** Linear as a tracker: the contract, put together of its parts. */

import { markdownFormat } from "../../core/text/markdown-format.ts";
import type { RemoteOptions } from "../remote-options.ts";
import { TrackerError } from "../tracker-error.ts";
import type { Capabilities, Check, Tracker } from "../tracker.ts";
import { openLinearClient } from "./linear-client.ts";
import { createTickets } from "./linear-create.ts";
import { readHistory } from "./linear-history.ts";
import { labelBook } from "./linear-labels.ts";
import { BODY_LIMIT, TITLE_LIMIT } from "./linear-limits.ts";
import { setLinks } from "./linear-links.ts";
import { postNotes } from "./linear-notes.ts";
import { loadProject, shapeOf } from "./linear-project.ts";
import { readQuery } from "./linear-reads.ts";
import type { LinearSession } from "./linear-session.ts";
import { settle } from "./linear-settle.ts";
import { moveTickets, updateTickets } from "./linear-update.ts";

const CAPABILITIES: Capabilities = {
  batch: { read: 250, create: 50, update: 25 },
  hierarchy: true,
  types: false,
  transitions: "free",
  conditionalWrite: false,
  clientIds: true,
  rewritesText: true,
  // [F] What was just written shows a moment later in lists; by id it is there at once.
  indexLag: true,
  history: true,
  convertsTypes: false,
  baseAlone: true,
  embedded: false,
  titleLimit: TITLE_LIMIT,
  bodyLimit: BODY_LIMIT,
  childLimit: null,
  depthLimit: null,
  creationsPerHour: null,
};

/** Linear tells of no key what it may do; these are what its settings call the permissions that Canon needs. */
const NEEDED = ["read", "write"];

/** Asks for the team at once, because the organisation's name is a part of the identity. Throws TrackerError. */
export async function openLinearTracker(options: RemoteOptions): Promise<Tracker> {
  const client = openLinearClient(options);
  let project = await loadProject(client, options.target.project);
  let isFresh = true;
  const session: LinearSession = { client, project: () => project, labels: labelBook(client, () => project), seen: new Map() };

  const check = async (): Promise<Check> => {
    try {
      // What opening has just read need not be read again.
      if (!isFresh) project = await loadProject(client, options.target.project);
      isFresh = false;
      return { ok: true, account: project.account, project: shapeOf(project), granted: [], needed: NEEDED };
    } catch (error) {
      if (error instanceof TrackerError) return { ok: false, error };
      throw error;
    }
  };

  const format = markdownFormat(options.parser, { titleLimit: TITLE_LIMIT });
  return {
    system: "linear",
    identity: `linear:${project.urlKey}/${project.team.key}`,
    capabilities: CAPABILITIES,
    format,
    check,
    read: (query) => readQuery(session, query),
    history: (keys, since) => readHistory(session, keys, since),
    // Ids that Canon chooses need no mark to look above.
    watermark: async () => "chosen ids",
    create: (drafts) => createTickets(session, drafts),
    update: (patches) => updateTickets(session, patches),
    transition: (steps) => moveTickets(session, steps),
    comment: (notes) => postNotes(session, format, notes),
    link: (links) => setLinks(session, links),
    settleCreates: (inDoubt) => settle(session, inDoubt),
    close: async () => undefined,
  };
}
