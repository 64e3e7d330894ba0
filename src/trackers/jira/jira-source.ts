/** Any ticket of a Jira, also of projects that are no target. */

import { isTicketKey } from "../../core/spec/ticket-key.ts";
import type { RemoteOptions } from "../remote-options.ts";
import type { TicketSource } from "../ticket-source.ts";
import { badKey, notFound } from "./jira-error-client.ts";
import { openSession } from "./jira-session.ts";
import { detailsOf } from "./jira-details.ts";

export async function openJiraSource(options: RemoteOptions): Promise<TicketSource> {
  const session = await openSession(options);
  return {
    system: "jira",
    whoami: async () => (await session.api.myself()).displayName,
    find: async (key) => {
      if (!isTicketKey("jira", key)) throw badKey(key);
      const issue = await session.api.details(key);
      if (issue === null) throw notFound(key, session.client.site.host);
      return detailsOf(issue, session.client.site.root, await session.api.epicLink(), (text) => session.api.markdownOf(text));
    },
    close: async () => {},
  };
}
