/** An open Jira: what all operations on one project share. */

import type { Ticket } from "../../core/model/ticket.ts";
import type { RemoteOptions } from "../remote-options.ts";
import type { Found, FoundIssue, JiraApi } from "./jira-api.ts";
import { openJiraClient, type JiraClient } from "./jira-client.ts";
import { byAge, ticketOf } from "./jira-map.ts";
import { openMemory, type JiraMemory } from "./jira-memory.ts";
import { openJiraProject, type JiraProject } from "./jira-project.ts";
import { jiraSite, type JiraSite } from "./jira-site.ts";
import { userSchema, type WireUser } from "./jira-wire.ts";
import { openWorkflow, type JiraWorkflow } from "./jira-workflow.ts";

/** Characters of a summary, and of a text in its native form [FACTS]. */
export const TITLE_LIMIT = 255;
export const BODY_LIMIT = 32_767;

export interface JiraSession {
  readonly client: JiraClient;
  readonly api: JiraApi;
  readonly isCloud: boolean;
  /** Who asks: asked once, and not at all where opening told it already. */
  readonly me: () => Promise<WireUser>;
  /** The project's key; Jira writes them in capitals. */
  readonly key: string;
  readonly project: JiraProject;
  readonly memory: JiraMemory;
  readonly workflow: JiraWorkflow;
  readonly parser: RemoteOptions["parser"];
  /** Tickets oldest first, remembered. */
  tickets(found: Found): Promise<readonly Ticket[]>;
  ticket(found: FoundIssue): Promise<Ticket>;
}

/** Throws TrackerError where it cannot be told whether this is the Cloud. */
export async function openSession(options: RemoteOptions): Promise<JiraSession> {
  const asked = jiraSite(options);
  const account = asked.isCloud === null ? await cloudAccount(options, asked) : null;
  const site = { ...asked, isCloud: asked.isCloud ?? account !== null };
  const client = openJiraClient(options, site);
  const api = await openApi(client, options, site.isCloud);
  const key = options.target.project.trim().toUpperCase();
  const memory = openMemory();
  let asking: Promise<WireUser> | null = account === null ? null : Promise.resolve(account);
  const me = (): Promise<WireUser> => {
    asking ??= api.myself().catch((error: unknown) => {
      // What failed once may go well the next time.
      asking = null;
      throw error;
    });
    return asking;
  };
  const ticket = async (found: FoundIssue): Promise<Ticket> =>
    ticketOf(found.issue, found.property, {
      ...{ root: site.root, epicLink: await api.epicLink(), me: await me() },
      bodyOf: (description) => api.bodyOf(description),
    });
  return {
    client,
    api,
    isCloud: site.isCloud,
    me,
    key,
    project: openJiraProject(api, client, key),
    memory,
    workflow: openWorkflow(),
    parser: options.parser,
    ticket,
    tickets: async (found) => {
      memory.see(found);
      const unique = [...new Map(found.issues.map((one) => [one.issue.id, one])).values()];
      return Promise.all(unique.sort((a, b) => byAge(a.issue, b.issue)).map(ticket));
    },
  };
}

/** What servers said, for as long as their environment is there: a command may open the same target more than once. */
const told = new WeakMap<RemoteOptions["env"], Map<string, Promise<WireUser | null>>>();

async function cloudAccount(options: RemoteOptions, site: JiraSite): Promise<WireUser | null> {
  const known = told.get(options.env) ?? new Map<string, Promise<WireUser | null>>();
  told.set(options.env, known);
  const asked = known.get(site.root) ?? askServer(options, site);
  known.set(site.root, asked);
  try {
    return await asked;
  } catch (error) {
    known.delete(site.root);
    throw error;
  }
}

/** Only the Cloud has a third version of the API; who asks is what a check wants to know next. null: Data Center. */
async function askServer(options: RemoteOptions, site: JiraSite): Promise<WireUser | null> {
  const client = openJiraClient(options, site);
  const request = { method: "GET", path: "/rest/api/3/myself", writes: false } as const;
  const { status, json } = await client.send(request, [404]);
  return status === 404 ? null : client.read(request, json, userSchema);
}

/** Either is loaded only where it is used. */
async function openApi(client: JiraClient, options: RemoteOptions, isCloud: boolean): Promise<JiraApi> {
  if (isCloud) {
    const { openCloudApi } = await import("./jira-cloud-api.ts");
    return openCloudApi(client, options.parser, TITLE_LIMIT);
  }
  const { openDcApi } = await import("./jira-dc-api.ts");
  return openDcApi(client, options.parser, TITLE_LIMIT);
}
