/** Azure DevOps as a tracker: the contract, put together of its parts. */

import type { RemoteOptions } from "../remote-options.ts";
import { TrackerError } from "../tracker-error.ts";
import type { Capabilities, Check, Tracker } from "../tracker.ts";
import { openAzureClient } from "./azure-client.ts";
import { createTickets } from "./azure-create.ts";
import { azureFormat } from "./azure-format.ts";
import { readHistory } from "./azure-history.ts";
import { BODY_LIMIT, TITLE_LIMIT } from "./azure-limits.ts";
import { postNotes, setLinks } from "./azure-notes.ts";
import { loadProject, type AzureProject } from "./azure-project.ts";
import { readQuery } from "./azure-queries.ts";
import type { AzureSession } from "./azure-session.ts";
import { highestId, settle } from "./azure-settle.ts";
import { moveTickets } from "./azure-transition.ts";
import { updateTickets } from "./azure-update.ts";
import { connection } from "./azure-project-wire.ts";

const CAPABILITIES: Capabilities = {
  batch: { read: 200, create: 200, update: 200 },
  hierarchy: true,
  types: true,
  transitions: "workflow",
  conditionalWrite: true,
  clientIds: false,
  rewritesText: true,
  // Lists come as numbers from an index that lags, and the tickets from where they are.
  indexLag: false,
  history: true,
  convertsTypes: true,
  baseAlone: true,
  embedded: false,
  titleLimit: TITLE_LIMIT,
  bodyLimit: BODY_LIMIT,
  childLimit: null,
  depthLimit: null,
  creationsPerHour: null,
};

/** Azure tells of no token what it may do; this is what its settings call the scope that Canon needs. */
const NEEDED = ["Work Items (Read & write)"];

/** Asks nothing before it is used. Throws TrackerError where address or token are missing. */
export async function openAzureTracker(options: RemoteOptions): Promise<Tracker> {
  const client = openAzureClient(options);
  const format = azureFormat(options.parser, { titleLimit: TITLE_LIMIT });
  let loading: Promise<AzureProject> | null = null;
  const session: AzureSession = {
    client,
    seen: new Map(),
    pause: (ms) => options.clock.sleep(ms),
    project: () => {
      loading ??= loadProject(client).catch((error: unknown) => {
        loading = null;
        throw error;
      });
      return loading;
    },
  };

  const check = async (): Promise<Check> => {
    try {
      const [{ authenticatedUser: user }, { shape }] = await Promise.all([
        client.read(connection, { method: "GET", path: "connectionData", version: "7.1-preview.1" }),
        session.project(),
      ]);
      const account = user.customDisplayName ?? user.providerDisplayName ?? "unknown";
      return { ok: true, account, project: shape, granted: [], needed: NEEDED };
    } catch (error) {
      if (error instanceof TrackerError) return { ok: false, error };
      throw error;
    }
  };

  return {
    system: "azure",
    identity: client.place.identity,
    capabilities: CAPABILITIES,
    format,
    check,
    read: (query) => readQuery(session, query),
    history: (keys, since) => readHistory(session, format, keys, since),
    watermark: () => highestId(session),
    create: (drafts) => createTickets(session, drafts),
    update: (patches) => updateTickets(session, patches),
    transition: (steps) => moveTickets(session, steps),
    comment: (notes) => postNotes(session, notes),
    link: (links) => setLinks(session, links),
    settleCreates: (inDoubt) => settle(session, inDoubt),
    close: async () => undefined,
  };
}
