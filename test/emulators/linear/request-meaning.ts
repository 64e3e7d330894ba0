/** What a request is for Canon, told by its root fields: several may stand in one request under aliases. */

import { Kind, type FieldNode } from "graphql";
import type { WireMeaning, WireRequest } from "../kit/wire.ts";
import { given } from "./compare.ts";
import { prepare, rootFields } from "./documents.ts";

type Operation = WireMeaning["operation"];

/** The first that occurs in a request names it: a create brings attachments along, a move is more than a label. */
const RANK: readonly Operation[] = ["create", "update", "transition", "comment", "link", "history", "read", "check", "other"];
const CHECKS: ReadonlySet<string> = new Set(["viewer", "organization", "team", "teams", "workflowState", "workflowStates", "issueLabel", "issueLabels"]);
const ISSUE_FIELDS: ReadonlySet<string> = new Set(["issues", "children", "attachments"]);

export interface WrittenField {
  /** Under which the answer holds it. */
  readonly key: string;
  readonly elements: number;
}

export interface RequestMeaning extends WireMeaning {
  /** The fields that the elements stand in, in the order of the request. */
  readonly fields: readonly WrittenField[];
}

const UNKNOWN: RequestMeaning = { operation: "other", elements: 1, fields: [] };

export function meaningOf(request: WireRequest): RequestMeaning {
  const { query, variables, operationName } = given(request.json);
  if (typeof query !== "string") return UNKNOWN;
  try {
    const roots = rootFields(prepare(query, typeof operationName === "string" ? operationName : null), variables);
    const written = new Set(roots.flatMap(({ name, args }) => ticketsOf(name, args)));
    const meant = roots
      // An attachment to a ticket that the same request writes is a part of that write.
      .filter(({ name, args }) => name !== "attachmentCreate" || !written.has(given(args["input"])["issueId"]))
      .map(({ name, node, args }) => ({ key: node.alias?.value ?? name, ...fieldMeaning(name, node, args) }));
    const operation = RANK.find((one) => meant.some((other) => other.operation === one)) ?? "other";
    if (!isWrite(operation)) return { ...UNKNOWN, operation };
    const fields = meant.filter((one) => one.operation === operation).map(({ key, elements }) => ({ key, elements }));
    return { operation, elements: fields.reduce((sum, { elements }) => sum + elements, 0), fields };
  } catch {
    return UNKNOWN;
  }
}

/** The tickets that a field writes by itself, as the request names them. */
function ticketsOf(name: string, args: Readonly<Record<string, unknown>>): readonly unknown[] {
  const input = given(args["input"]);
  switch (name) {
    case "issueCreate":
      return [input["id"]];
    case "issueBatchCreate":
      return Array.isArray(input["issues"]) ? input["issues"].map((issue) => given(issue)["id"]) : [];
    case "issueUpdate":
      return [args["id"]];
    default:
      return [];
  }
}

function isWrite(operation: Operation): boolean {
  return ["create", "update", "transition", "comment", "link"].includes(operation);
}

function fieldMeaning(name: string, node: FieldNode, args: Readonly<Record<string, unknown>>): WireMeaning {
  const input = given(args["input"]);
  switch (name) {
    case "issueCreate":
      return { operation: "create", elements: 1 };
    case "issueBatchCreate":
      return { operation: "create", elements: Array.isArray(input["issues"]) ? input["issues"].length : 1 };
    case "issueUpdate":
      return { operation: isMove(input) ? "transition" : "update", elements: 1 };
    case "issueBatchUpdate":
      return { operation: isMove(input) ? "transition" : "update", elements: Array.isArray(args["ids"]) ? args["ids"].length : 1 };
    case "issueAddLabel":
    case "issueRemoveLabel":
    case "issueArchive":
    case "issueUnarchive":
    case "issueDelete":
    case "attachmentUpdate":
    case "attachmentDelete":
      return { operation: "update", elements: 1 };
    case "attachmentCreate":
      // Canon keeps its own record in the metadata of an attachment; a link for people has none.
      return { operation: Object.keys(given(input["metadata"])).length > 0 ? "update" : "link", elements: 1 };
    case "commentCreate":
    case "commentUpdate":
      return { operation: "comment", elements: 1 };
    case "issue":
    case "issues":
    case "searchIssues":
    case "attachment":
    case "attachmentsForURL":
    case "comment":
    case "comments":
      return { operation: selects(node, new Set(["history"])) ? "history" : "read", elements: 1 };
    default:
      if (!CHECKS.has(name)) return { operation: "other", elements: 1 };
      return { operation: selects(node, ISSUE_FIELDS) ? "read" : "check", elements: 1 };
  }
}

function isMove(input: Readonly<Record<string, unknown>>): boolean {
  const fields = Object.keys(input).filter((name) => input[name] !== undefined);
  return fields.length > 0 && fields.every((name) => name === "stateId");
}

/** Whether one of these fields is asked for somewhere below. */
function selects(node: FieldNode, names: ReadonlySet<string>): boolean {
  return (node.selectionSet?.selections ?? []).some((one) => one.kind === Kind.FIELD && (names.has(one.name.value) || selects(one, names)));
}
