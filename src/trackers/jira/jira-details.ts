/** One ticket as Jira tells of it, with what the contract has no room for: what `canon ticket show` prints. */

import { looseObject, nullish, object, string, type ZodMiniType } from "zod/mini";
import type { TicketDetails } from "../ticket-source.ts";
import type { JiraApi } from "./jira-api.ts";
import { browseUrl, categoryOf, jiraDate, parentOf } from "./jira-map.ts";
import { MARK } from "./jira-property.ts";
import type { WireIssue, WireNamed } from "./jira-wire.ts";

export const DETAIL_FIELDS: readonly string[] = [
  ...["summary", "issuetype", "status", "resolution", "labels", "parent", "description", "created", "updated", "archiveddate", "archivedDate"],
  ...["assignee", "priority", "project"],
];

interface WireMore {
  readonly assignee?: { readonly displayName: string } | null | undefined;
  readonly priority?: WireNamed | null | undefined;
  readonly project?: { readonly key: string; readonly name: string } | null | undefined;
  readonly archiveddate?: string | null | undefined;
  readonly archivedDate?: string | null | undefined;
}

/** Beside what every ticket shows. */
const moreSchema: ZodMiniType<WireMore> = looseObject({
  assignee: nullish(object({ displayName: string() })),
  priority: nullish(object({ id: string(), name: string() })),
  project: nullish(object({ key: string(), name: string() })),
  archiveddate: nullish(string()),
  archivedDate: nullish(string()),
});

export function detailsOf(issue: WireIssue, root: string, epicLink: string | null, markdownOf: JiraApi["markdownOf"]): TicketDetails {
  const { fields } = issue;
  const parsed = moreSchema.safeParse(fields);
  const { assignee, priority, project, archiveddate, archivedDate }: WireMore = parsed.success ? parsed.data : {};
  const archivedAt = archiveddate ?? archivedDate ?? null;
  return {
    id: issue.id,
    key: issue.key,
    url: browseUrl(root, issue.key),
    title: fields.summary,
    description: markdownOf(fields["description"]),
    state: fields.status.name,
    stateKind: categoryOf(fields.status, fields.resolution?.name ?? null),
    type: fields.issuetype.name,
    assignee: assignee?.displayName ?? null,
    labels: fields.labels.filter((label) => label !== MARK),
    createdAt: jiraDate(fields.created),
    updatedAt: jiraDate(fields.updated),
    archivedAt: archivedAt === null ? null : jiraDate(archivedAt),
    // A project is what comes nearest to a team here.
    team: project ? { key: project.key, name: project.name } : null,
    // Ids of priorities run from the highest, 1, as Jira comes.
    priority: priority ? { value: Number(priority.id) || 0, label: priority.name } : null,
    parent: parentOf(issue, epicLink),
  };
}
