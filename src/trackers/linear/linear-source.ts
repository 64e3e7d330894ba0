/** Any ticket of a Linear workspace by its key, for people who ask what it says. */

import * as z from "zod/mini";
import type { RemoteOptions } from "../remote-options.ts";
import type { TicketDetails, TicketSource } from "../ticket-source.ts";
import { openLinearClient } from "./linear-client.ts";
import { stateKindOf } from "./linear-statuses.ts";

const VIEWER = "query CanonViewer { viewer { name email } }";

const DETAILS = `query CanonTicket($key: String!) {
  issue(id: $key) {
    id identifier url title description createdAt updatedAt archivedAt priority priorityLabel
    state { name type }
    assignee { name email }
    labels(first: 250) { nodes { name } }
    team { key name }
    parent { identifier }
  }
}`;

const text = z.string();
const maybeText = z.nullable(text);

const viewerAnswer = z.object({ viewer: z.object({ name: text, email: text }) });

const detailsAnswer = z.object({
  issue: z.object({
    id: text,
    identifier: text,
    url: text,
    title: text,
    description: maybeText,
    createdAt: text,
    updatedAt: text,
    archivedAt: maybeText,
    priority: z.number(),
    priorityLabel: text,
    state: z.object({ name: text, type: text }),
    assignee: z.nullable(z.object({ name: text, email: text })),
    labels: z.object({ nodes: z.array(z.object({ name: text })) }),
    team: z.object({ key: text, name: text }),
    parent: z.nullable(z.object({ identifier: text })),
  }),
});

export async function openLinearSource(options: RemoteOptions): Promise<TicketSource> {
  const client = openLinearClient(options);
  return {
    system: "linear",
    whoami: async () => {
      const { viewer } = (await client.read(viewerAnswer, { query: VIEWER, variables: {}, about: "CanonViewer" })).value;
      return viewer.name === "" ? viewer.email : viewer.name;
    },
    find: async (key) => {
      const wanted = key.trim().toUpperCase();
      const { value } = await client.read(detailsAnswer, { query: DETAILS, variables: { key: wanted }, about: "CanonTicket" });
      return detailsOf(value.issue);
    },
    close: async () => undefined,
  };
}

function detailsOf(wire: z.infer<typeof detailsAnswer>["issue"]): TicketDetails {
  return {
    id: wire.id,
    key: wire.identifier,
    url: wire.url,
    title: wire.title,
    description: wire.description ?? "",
    state: wire.state.name,
    stateKind: stateKindOf(wire.state.type),
    type: null,
    assignee: wire.assignee === null ? null : wire.assignee.name || wire.assignee.email,
    labels: wire.labels.nodes.map(({ name }) => name),
    createdAt: wire.createdAt,
    updatedAt: wire.updatedAt,
    archivedAt: wire.archivedAt,
    team: wire.team,
    priority: { value: wire.priority, label: wire.priorityLabel },
    parent: wire.parent?.identifier ?? null,
  };
}
