/** Any work item of an organisation by its number, for people who ask what it says. */

import type { RemoteOptions } from "../remote-options.ts";
import type { TicketDetails, TicketSource } from "../ticket-source.ts";
import { htmlOf } from "./azure-body.ts";
import { ITEM_VERSION, openAzureClient, type AzureClient } from "./azure-client.ts";
import { bodyOf, idOf, parentOf, utc } from "./azure-map.ts";
import { categoryOf } from "./azure-project.ts";
import { connection, stateList } from "./azure-project-wire.ts";
import { labelsOf } from "./azure-tags.ts";
import { nameOf, workItem, type WireItem } from "./azure-wire.ts";
import { htmlToMarkdown } from "./html/html-to-markdown.ts";

/** What the scale of Azure's processes means. */
const PRIORITIES: Readonly<Record<number, string>> = { 1: "Critical", 2: "High", 3: "Medium", 4: "Low" };

export async function openAzureSource(options: RemoteOptions): Promise<TicketSource> {
  const client = openAzureClient(options);
  return {
    system: "azure",
    whoami: async () => {
      const { authenticatedUser: user } = await client.read(connection, { method: "GET", path: "connectionData", version: "7.1-preview.1" });
      return user.customDisplayName ?? user.providerDisplayName ?? "unknown";
    },
    find: (key) => find(client, key),
    close: async () => undefined,
  };
}

async function find(client: AzureClient, key: string): Promise<TicketDetails> {
  // AB#42 is how commits and pull requests name a work item.
  const id = idOf(key.trim().replace(/^(?:AB)?#/i, ""));
  if (id === null) throw client.error("not-found", `${key} is no number of a work item.`, "Numbers of work items are like 4711.");
  const item = await client.read(workItem, { method: "GET", path: `wit/workitems/${id}`, version: ITEM_VERSION, query: { $expand: "relations" } });
  const { fields } = item;
  const { value: states } = await client.read(stateList, {
    method: "GET",
    path: `wit/workitemtypes/${encodeURIComponent(fields["System.WorkItemType"])}/states`,
    project: fields["System.TeamProject"],
    version: "7.1",
  });
  const state = fields["System.State"];
  const category = states.find(({ name }) => name === state)?.category;
  const priority = fields["Microsoft.VSTS.Common.Priority"];
  return {
    id: String(id),
    key: String(id),
    url: `${client.place.collection}/_workitems/edit/${id}`,
    title: fields["System.Title"] ?? "",
    description: descriptionOf(item),
    state,
    stateKind: category === undefined ? "unknown" : categoryOf(category),
    type: fields["System.WorkItemType"],
    assignee: nameOf(fields["System.AssignedTo"]),
    labels: labelsOf(fields["System.Tags"]),
    createdAt: utc(fields["System.CreatedDate"]),
    updatedAt: utc(fields["System.ChangedDate"]),
    archivedAt: null,
    team: { key: fields["System.TeamProject"], name: fields["System.TeamProject"] },
    priority: priority === undefined ? null : { value: priority, label: PRIORITIES[priority] ?? String(priority) },
    parent: parentOf(item)?.toString() ?? null,
  };
}

function descriptionOf(item: WireItem): string {
  const body = bodyOf(item);
  const html = htmlOf(body);
  return html === null ? body : htmlToMarkdown(html);
}
