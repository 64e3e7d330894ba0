/** The discussion of a work item: a preview in every version, pages by token, and nothing that stops a repeat. */

import { asObject, asText } from "../../kit/json-value.ts";
import type { WireAnswer } from "../../kit/wire.ts";
import { identityJson } from "../state/identity.ts";
import type { ItemComment, WorkItem } from "../state/work-item.ts";
import { AzureRefusal, badRequest, mayNotSave } from "./azure-refusal.ts";
import { readMoment } from "./call.ts";
import type { Call } from "./call.ts";
import { visibleItem } from "./read-work-items.ts";
import { azureDate } from "./relations.ts";
import { addComment, changeComment } from "./write-work-item.ts";

const PAGE = 200;

export function postComment(call: Call): WireAnswer {
  const item = visibleItem(call, call.values["id"] ?? "");
  const text = asText(asObject(call.request.json)["text"]);
  if (text === null || text.trim() === "") throw badRequest("The comment has no text.", "ArgumentException");
  if (!call.world.behaviour.mayWrite) throw mayNotSave();
  const asked = (call.request.query.get("format") ?? "html").toLowerCase();
  const format = asked === "markdown" || asked === "0" ? "markdown" : "html";
  return { status: 200, body: commentJson(addComment(item, text, format, call), item, call) };
}

export function getComments(call: Call): WireAnswer {
  const item = visibleItem(call, call.values["id"] ?? "");
  const { query } = call.request;
  const ids = query.get("ids")?.split(",").map(Number) ?? null;
  const seen = item.comments.filter((comment) => comment.at <= readMoment(call.world) && (!comment.isDeleted || query.get("includeDeleted") === "true"));
  const wanted = ids === null ? seen : seen.filter(({ id }) => ids.includes(id));
  // The newest comes first unless the request says otherwise.
  const ordered = /^(asc|1)$/i.test(query.get("order") ?? "") ? wanted : wanted.toReversed();
  const skip = Number(query.get("continuationToken") ?? 0);
  if (!Number.isInteger(skip)) throw badRequest("The continuation token is not valid.", "ArgumentException");
  const top = Math.min(PAGE, Number(query.get("$top") ?? PAGE));
  const page = ordered.slice(skip, skip + top);
  const next = skip + page.length < ordered.length ? String(skip + page.length) : null;
  const url = `${call.collection}/${call.project?.id ?? ""}/_apis/wit/workItems/${item.id}/comments`;
  return {
    status: 200,
    body: {
      totalCount: wanted.length,
      count: page.length,
      comments: page.map((comment) => commentJson(comment, item, call)),
      ...(next === null ? {} : { continuationToken: next, nextPage: `${url}?continuationToken=${next}` }),
      url,
    },
  };
}

export function getComment(call: Call): WireAnswer {
  const item = visibleItem(call, call.values["id"] ?? "");
  return { status: 200, body: commentJson(commentOf(item, call), item, call) };
}

export function patchComment(call: Call): WireAnswer {
  const item = visibleItem(call, call.values["id"] ?? "");
  const old = commentOf(item, call);
  const text = asText(asObject(call.request.json)["text"]);
  if (text === null) throw badRequest("The comment has no text.", "ArgumentException");
  // [M] Only who wrote it may.
  if (!call.world.behaviour.mayWrite || old.by.id !== call.by.id) throw mayNotSave();
  return { status: 200, body: commentJson(changeComment(item, old, text, call), item, call) };
}

export function deleteComment(call: Call): WireAnswer {
  const item = visibleItem(call, call.values["id"] ?? "");
  const old = commentOf(item, call);
  item.comments = item.comments.map((one) => (one === old ? { ...old, isDeleted: true } : one));
  return { status: 204, body: null };
}

function commentOf(item: WorkItem, call: Call): ItemComment {
  const found = item.comments.find(({ id, isDeleted }) => id === Number(call.values["comment"]) && !isDeleted);
  if (found === undefined) throw new AzureRefusal(404, "CommentNotFoundException", `The comment ${call.values["comment"] ?? ""} does not exist.`);
  return found;
}

function commentJson({ id, version, text, format, by, at, isDeleted }: ItemComment, item: WorkItem, { collection, project, version: asked }: Call): unknown {
  return {
    workItemId: item.id,
    id,
    version,
    text,
    createdBy: identityJson(by, collection),
    createdDate: azureDate(at),
    modifiedBy: identityJson(by, collection),
    modifiedDate: azureDate(at),
    ...(isDeleted ? { isDeleted } : {}),
    ...((asked?.number ?? 0) >= 7.1 ? { format } : {}),
    url: `${collection}/${project?.id ?? ""}/_apis/wit/workItems/${item.id}/comments/${id}`,
  };
}
