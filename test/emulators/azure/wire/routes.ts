/** Every address that the emulated organisation knows, with the scope it needs, the versions it serves and what it costs. */

import type { WireAnswer, WireMeaning, WireRequest } from "../../kit/wire.ts";
import type { Served } from "./api-version.ts";
import { getAttachment, postAttachment } from "./attachments.ts";
import type { Call } from "./call.ts";
import { createOne, deleteOne, runBatch, updateOne } from "./change-work-items.ts";
import { deleteComment, getComment, getComments, patchComment, postComment } from "./comments.ts";
import { getRevision, getRevisions, getUpdates } from "./history.ts";
import { listLocations, listResourceAreas } from "./locations.ts";
import * as metadata from "./metadata.ts";
import { getWorkItem, getWorkItems, readBatch } from "./read-work-items.ts";
import { destroyDeleted, getDeleted, listDeleted, restore } from "./recycle-bin.ts";
import { runWiql } from "./wiql-run.ts";

export interface Route {
  readonly method: string;
  /** Of what follows the organisation and the project. */
  readonly pattern: RegExp;
  readonly scope: "any" | "project" | "read" | "write";
  readonly needsProject: boolean;
  readonly served: Served;
  /** What it is for Canon; writes find out more by their bodies. */
  readonly means: WireMeaning["operation"];
  answer(call: Call): WireAnswer;
}

export interface Found {
  readonly route: Route;
  readonly organization: string;
  readonly project: string | null;
  readonly values: Readonly<Record<string, string>>;
}

const ITEMS: Served = { resource: 3, releasedIn: 1 };
/** Asked with a version at all, they want one that says preview. */
const PREVIEW: Served = { resource: 1, releasedIn: null };
const COMMENTS: Served = { resource: 4, releasedIn: null };
const ID = String.raw`wit/workitems/(?<id>-?\d+)`;

const ROUTES: readonly Route[] = [
  route("OPTIONS", String.raw`(?<area>[^/]*)`, "any", "check", listLocations),
  route("GET", "resourceareas", "any", "check", listResourceAreas, { served: PREVIEW }),
  route("GET", "connectiondata", "any", "check", metadata.connectionData, { served: PREVIEW }),
  route("GET", "projects", "project", "check", metadata.listProjects, { served: { resource: 4, releasedIn: 1 } }),
  route("GET", "projects/(?<name>[^/]+)", "project", "check", metadata.getProject, { served: { resource: 4, releasedIn: 1 } }),
  route("GET", "work/backlogconfiguration", "read", "check", metadata.backlogConfiguration, { needsProject: true, served: { resource: 1, releasedIn: 1 } }),
  route("GET", "wit/workitemtypes", "read", "check", metadata.listTypes, { needsProject: true, served: { resource: 2, releasedIn: 1 } }),
  route("GET", "wit/workitemtypes/(?<type>[^/]+)", "read", "check", metadata.getType, { needsProject: true, served: { resource: 2, releasedIn: 1 } }),
  route("GET", "wit/workitemtypes/(?<type>[^/]+)/states", "read", "check", metadata.listStates, { needsProject: true, served: { resource: 1, releasedIn: 1 } }),
  route("GET", "wit/workitemtypes/(?<type>[^/]+)/fields", "read", "check", metadata.listTypeFields, { needsProject: true }),
  route("GET", "wit/workitemtypecategories", "read", "check", metadata.listCategories, { needsProject: true, served: { resource: 2, releasedIn: 1 } }),
  route("GET", "wit/workitemtypecategories/(?<category>[^/]+)", "read", "check", metadata.getCategory, {
    needsProject: true,
    served: { resource: 2, releasedIn: 1 },
  }),
  route("GET", "wit/fields", "read", "check", metadata.listFields),
  route("GET", "wit/fields/(?<field>[^/]+)", "read", "check", metadata.getField),
  route("GET", "wit/tags", "read", "check", metadata.listTags, { needsProject: true, served: { resource: 1, releasedIn: 7.1 } }),
  route("GET", "wit/classificationnodes/(?<group>areas|iterations)", "read", "check", metadata.listAreas, {
    needsProject: true,
    served: { resource: 2, releasedIn: 1 },
  }),
  route("POST", String.raw`wit/workitems/\$(?<type>[^/]+)`, "write", "create", createOne, { needsProject: true }),
  route("PATCH", ID, "write", "update", updateOne),
  route("DELETE", ID, "write", "update", deleteOne),
  route("PATCH", String.raw`wit/\$batch`, "write", "update", runBatch),
  route("GET", ID, "read", "read", getWorkItem),
  route("GET", "wit/workitems", "read", "read", getWorkItems),
  route("POST", "wit/workitemsbatch", "read", "read", readBatch, { served: { resource: 1, releasedIn: 1 } }),
  // A fault meant for a read strikes the read of the tickets that follows: half a list of ids could not be told from a whole one.
  route("POST", "wit/wiql", "read", "other", runWiql, { served: { resource: 2, releasedIn: 1 } }),
  route("GET", `${ID}/updates`, "read", "history", getUpdates),
  route("GET", `${ID}/revisions`, "read", "history", getRevisions),
  route("GET", String.raw`${ID}/revisions/(?<revision>\d+)`, "read", "history", getRevision),
  route("POST", `${ID}/comments`, "write", "comment", postComment, { needsProject: true, served: COMMENTS }),
  route("GET", `${ID}/comments`, "read", "read", getComments, { needsProject: true, served: COMMENTS }),
  route("GET", String.raw`${ID}/comments/(?<comment>\d+)`, "read", "read", getComment, { needsProject: true, served: COMMENTS }),
  route("PATCH", String.raw`${ID}/comments/(?<comment>\d+)`, "write", "comment", patchComment, { needsProject: true, served: COMMENTS }),
  route("DELETE", String.raw`${ID}/comments/(?<comment>\d+)`, "write", "comment", deleteComment, { needsProject: true, served: COMMENTS }),
  route("POST", "wit/attachments", "write", "other", postAttachment, { served: { resource: 4, releasedIn: 1 } }),
  route("GET", "wit/attachments/(?<id>[0-9a-f-]+)", "read", "read", getAttachment, { served: { resource: 4, releasedIn: 1 } }),
  route("GET", "wit/recyclebin", "read", "read", listDeleted, { served: { resource: 2, releasedIn: 1 } }),
  route("GET", String.raw`wit/recyclebin/(?<id>\d+)`, "read", "read", getDeleted, { served: { resource: 2, releasedIn: 1 } }),
  route("PATCH", String.raw`wit/recyclebin/(?<id>\d+)`, "write", "other", restore, { served: { resource: 2, releasedIn: 1 } }),
  route("DELETE", String.raw`wit/recyclebin/(?<id>\d+)`, "write", "other", destroyDeleted, { served: { resource: 2, releasedIn: 1 } }),
];

/** `/{organization}[/{project}[/{team}]]/_apis/…`, in any case. */
export function findRoute({ method, path }: WireRequest): Found | null {
  const [, organization, project, rest] = /^\/([^/]+)(?:\/([^/]+))?(?:\/[^/]+)?\/_apis(?:\/(.*?))?\/?$/i.exec(decoded(path)) ?? [];
  if (organization === undefined) return null;
  for (const one of ROUTES) {
    const match = one.method === method ? one.pattern.exec(rest ?? "") : null;
    if (match) return { route: one, organization, project: project ?? null, values: match.groups ?? {} };
  }
  return null;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function route(
  method: string,
  pattern: string,
  scope: Route["scope"],
  means: Route["means"],
  answer: Route["answer"],
  { needsProject = false, served = ITEMS }: { readonly needsProject?: boolean; readonly served?: Served } = {},
): Route {
  return { method, pattern: new RegExp(`^${pattern}$`, "i"), scope, needsProject, served, means, answer };
}
