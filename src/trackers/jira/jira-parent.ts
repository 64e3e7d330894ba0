/** Where a ticket says below which it stands: `parent` in the Cloud; on Data Center a sub-task has that, and a story names its epic. */

import type { IssueEdit } from "./jira-api.ts";

/** `level` of the ticket's own type. */
export function parentFields(parent: string | null, level: number, epicLink: string | null): Pick<IssueEdit, "fields" | "update"> {
  if (epicLink !== null && level >= 0) return { fields: { [epicLink]: parent }, update: {} };
  if (parent !== null) return { fields: { parent: { key: parent } }, update: {} };
  return { fields: {}, update: { parent: [{ set: { none: true } }] } };
}
