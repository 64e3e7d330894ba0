/** Which request is which operation of the emulated Jira, and what it is for Canon. */

import type { WireMeaning } from "../kit/wire.ts";
import type { JiraHandler } from "./jira-call.ts";
import * as comments from "./jira-comments.ts";
import * as creating from "./jira-creating.ts";
import * as editing from "./jira-editing.ts";
import * as history from "./jira-history.ts";
import * as metadata from "./jira-metadata.ts";
import type { JiraFlavour } from "./jira-options.ts";
import * as reading from "./jira-reading.ts";
import * as searching from "./jira-searching.ts";
import type { JiraTasks } from "./jira-tasks.ts";
import { transitionsInBulk } from "./jira-tasks.ts";
import * as transitions from "./jira-transitions.ts";

export interface JiraRoute {
  readonly method: string;
  /** Below `/rest/api/N`, with `{}` for a part. */
  readonly template: string;
  readonly pattern: RegExp;
  readonly means: WireMeaning["operation"];
  /** The first part of the path is a ticket that this writes. */
  readonly writes: boolean;
  readonly handle: JiraHandler;
}

type Row = readonly [string, WireMeaning["operation"], JiraHandler];

export function jiraRoutes(flavour: JiraFlavour, tasks: JiraTasks): readonly JiraRoute[] {
  const rows: readonly Row[] = [...(flavour === "cloud" ? [...CLOUD, ...taskRows(tasks)] : DATA_CENTER), ...SHARED];
  return rows.map(([line, means, handle]) => {
    const [method = "", template = ""] = line.split(" ");
    const pattern = new RegExp(`^${template.replaceAll("{}", "([^/]+)")}/?$`);
    return { method, template, pattern, means, writes: method !== "GET" && template.startsWith("/issue/{}"), handle };
  });
}

const SHARED: readonly Row[] = [
  ["GET /myself", "check", metadata.myself],
  ["GET /serverInfo", "check", metadata.serverInfo],
  ["GET /mypermissions", "check", metadata.myPermissions],
  ["GET /field", "check", metadata.allFields],
  ["GET /project/{}", "check", metadata.readProject],
  ["GET /project/{}/statuses", "check", metadata.projectStatuses],
  ["GET /project/{}/components", "check", metadata.projectComponents],
  ["GET /issue/createmeta/{}/issuetypes", "check", metadata.createTypes],
  ["GET /issue/createmeta/{}/issuetypes/{}", "check", metadata.createFields],
  ["POST /issue", "create", creating.createOne],
  ["POST /issue/bulk", "create", creating.createMany],
  ["GET /issue/{}", "read", reading.readOne],
  ["PUT /issue/{}", "update", editing.editOne],
  ["GET /issue/{}/properties", "read", editing.listProperties],
  ["GET /issue/{}/properties/{}", "read", editing.readProperty],
  ["PUT /issue/{}/properties/{}", "update", editing.writeProperty],
  ["DELETE /issue/{}/properties/{}", "update", editing.removeProperty],
  ["GET /issue/{}/transitions", "read", transitions.listTransitions],
  ["POST /issue/{}/transitions", "transition", transitions.transitionOne],
  ["GET /issue/{}/comment", "read", comments.listComments],
  ["POST /issue/{}/comment", "comment", comments.addComment],
  ["PUT /issue/{}/comment/{}", "comment", comments.editComment],
  ["GET /comment/{}/properties", "read", comments.listCommentProperties],
  ["GET /comment/{}/properties/{}", "read", comments.readCommentProperty],
  ["PUT /comment/{}/properties/{}", "comment", comments.writeCommentProperty],
  ["GET /issue/{}/remotelink", "read", comments.listLinks],
  ["POST /issue/{}/remotelink", "link", comments.putLink],
  ["DELETE /issue/{}/remotelink", "link", comments.removeLink],
];

const CLOUD: readonly Row[] = [
  ["POST /issue/bulkfetch", "read", reading.readMany],
  ["POST /search/jql", "read", searching.postCloudSearch],
  ["GET /search/jql", "read", searching.getCloudSearch],
  ["POST /search/approximate-count", "read", searching.countCloud],
  ["POST /search", "read", searching.goneSearch],
  ["GET /search", "read", searching.goneSearch],
  ["GET /issue/{}/changelog", "history", history.changesOfOne],
  ["POST /issue/{}/changelog/list", "history", history.changesById],
  ["POST /changelog/bulkfetch", "history", history.changesOfMany],
  ["POST /comment/list", "read", comments.readComments],
  ["GET /project/search", "check", metadata.searchProjects],
  ["GET /project/{}/hierarchy", "check", metadata.projectHierarchy],
  ["GET /issuetype/project", "check", metadata.typesOfProject],
  ["GET /bulk/issues/transition", "read", transitionsInBulk],
  ["GET /workflow/search", "check", metadata.workflows],
  ["POST /workflows", "check", metadata.workflows],
  ["GET /workflows/search", "check", metadata.workflows],
  ["POST /webhook", "other", metadata.webhooks],
];

function taskRows(tasks: JiraTasks): readonly Row[] {
  return [
    ["POST /bulk/issues/transition", "transition", tasks.submitTransitions],
    ["POST /bulk/issues/fields", "update", tasks.submitFields],
    ["GET /bulk/queue/{}", "other", tasks.read],
  ];
}

const DATA_CENTER: readonly Row[] = [
  ["GET /project", "check", metadata.allProjects],
  ["POST /search", "read", searching.postDataCenterSearch],
  ["GET /search", "read", searching.getDataCenterSearch],
];
