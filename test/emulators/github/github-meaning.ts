/** What a request to GitHub is for Canon, read from its method, path and query alone. */

import { isObject } from "../kit/json-value.ts";
import type { WireMeaning, WireRequest } from "../kit/wire.ts";
import { allFields, graphqlOperation } from "./graphql/graphql-operation.ts";
import type { GraphqlOperation, RootField } from "./graphql/graphql-operation.ts";

/** One ticket that a mutation writes: the names in the answer that belong to it. */
export interface WrittenElement {
  readonly keys: readonly string[];
}

const HISTORY = ["timelineItems", "userContentEdits"];
const READS = ["issues", "issue", "issueOrPullRequest", "nodes", "node", "search", "subIssues"];

export function meaningOf(request: WireRequest): WireMeaning {
  return request.path === "/graphql" ? graphqlMeaning(request) : restMeaning(request);
}

/** The tickets a request writes, in its order: faults are aimed at them. */
export function elementsOf(request: WireRequest): readonly WrittenElement[] {
  const operation = request.path === "/graphql" ? graphqlOperation(request) : null;
  if (!operation?.isMutation) return [];
  const creates = operation.roots.filter(({ field }) => field === "createIssue");
  if (creates.length > 0) return creates.map(({ key }) => ({ keys: [key] }));
  const bySubject = new Map<string, string[]>();
  for (const root of operation.roots) {
    const subject = subjectOf(root);
    bySubject.set(subject, [...(bySubject.get(subject) ?? []), root.key]);
  }
  return [...bySubject.values()].map((keys) => ({ keys }));
}

function graphqlMeaning(request: WireRequest): WireMeaning {
  const operation = graphqlOperation(request);
  if (operation === null) return { operation: "other", elements: 1 };
  if (operation.isMutation) return { operation: mutationMeaning(operation), elements: Math.max(1, elementsOf(request).length) };
  const fields = allFields(operation);
  if (HISTORY.some((name) => fields.has(name))) return { operation: "history", elements: 1 };
  return { operation: READS.some((name) => fields.has(name)) ? "read" : "check", elements: 1 };
}

function mutationMeaning({ roots }: GraphqlOperation): WireMeaning["operation"] {
  const has = (...fields: readonly string[]): boolean => roots.some(({ field }) => fields.includes(field));
  if (has("createIssue")) return "create";
  if (has("closeIssue", "reopenIssue") || roots.some(({ field, input }) => field === "updateIssue" && input["state"] !== undefined)) return "transition";
  if (has("updateIssue", "addSubIssue", "removeSubIssue", "addLabelsToLabelable", "removeLabelsFromLabelable", "transferIssue", "deleteIssue")) return "update";
  return has("addComment", "updateIssueComment") ? "comment" : "other";
}

/** Mutations of one ticket belong together, whatever they do to it. */
function subjectOf({ key, field, input }: RootField): string {
  const id =
    field === "addSubIssue" || field === "removeSubIssue"
      ? input["subIssueId"]
      : (input["id"] ?? input["issueId"] ?? input["labelableId"] ?? input["subjectId"]);
  return typeof id === "string" ? id : key;
}

function restMeaning({ method, path, json }: WireRequest): WireMeaning {
  const [, rest = ""] = /^\/repos\/[^/]+\/[^/]+\/issues(\/.*)?$/u.exec(path) ?? [];
  const isIssues = /^\/repos\/[^/]+\/[^/]+\/issues(?:\/|$)/u.test(path);
  if (method === "GET") {
    if (/^\/\d+\/(?:events|timeline)$/u.test(rest)) return { operation: "history", elements: 1 };
    return { operation: isIssues || path === "/search/issues" ? "read" : "check", elements: 1 };
  }
  if (!isIssues) return { operation: "other", elements: 1 };
  if (rest === "") return { operation: "create", elements: 1 };
  if (/\/comments(?:\/\d+)?$/u.test(rest)) return { operation: "comment", elements: 1 };
  const changesState = isObject(json) && (json["state"] !== undefined || json["state_reason"] !== undefined);
  return { operation: changesState ? "transition" : "update", elements: 1 };
}
