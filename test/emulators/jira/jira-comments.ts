/** Comments, their properties, and remote links of the emulated Jira. */

import { asList, asObject, asText } from "../kit/json-value.ts";
import type { JiraCall, JiraHandler } from "./jira-call.ts";
import { DONE, listOf, ok, pageOf, ticketOf, writableTicket } from "./jira-call.ts";
import { bodyOf } from "./jira-edit.ts";
import type { JiraComment, JiraProperties, JiraTicket } from "./jira-model.ts";
import { checkProperties, checkProperty } from "./jira-properties.ts";
import { fieldRefusal, JiraRefusal, notFound } from "./jira-refusal.ts";
import { acceptText } from "./jira-text.ts";
import type { JiraWorld } from "./jira-world.ts";

export function withComments(world: JiraWorld, ticket: JiraTicket, bodies: readonly unknown[]): JiraTicket {
  return bodies.reduce<JiraTicket>((made, body) => withComment(world, made, body, new Map()), ticket);
}

function withComment(world: JiraWorld, ticket: JiraTicket, given: unknown, properties: JiraProperties): JiraTicket {
  const { maxComments } = world.settings;
  if (ticket.comments.length >= maxComments) throw new JiraRefusal(400, `The issue has reached the limit of ${maxComments} comments.`);
  const body = acceptText(world, "comment", given);
  if (body === null) throw fieldRefusal("comment", "Comment body can not be empty!");
  const comment: JiraComment = { id: String(world.nextNumber()), author: world.dana, body, created: world.clock.now(), properties };
  return { ...ticket, comments: [...ticket.comments, comment] };
}

export const addComment: JiraHandler = (call) => {
  const { world, render, request } = call;
  const ticket = writableTicket(call, "ADD_COMMENTS");
  const body = bodyOf(request.json);
  const after = world.put(withComment(world, ticket, body["body"], checkProperties(body["properties"])), world.dana, []);
  const comment = after.comments.at(-1);
  if (!comment) throw new Error("the comment is lost");
  return ok(render.comment(after, comment, wantsProperties(call)), 201);
};

/** Everybody may edit what they wrote; what others wrote takes a permission that few have. */
export const editComment: JiraHandler = (call) => {
  const { world, render, request, params } = call;
  const ticket = writableTicket(call, "EDIT_OWN_COMMENTS");
  const comment = ticket.comments.find(({ id }) => id === params[1]);
  if (!comment) throw new JiraRefusal(404, `Can not find a comment for the id: ${params[1] ?? ""}.`);
  mayEdit(call, comment);
  const given = bodyOf(request.json);
  const body = acceptText(world, "comment", given["body"], comment.body);
  if (body === null) throw fieldRefusal("comment", "Comment body can not be empty!");
  // Data Center is not known to take properties with an edit.
  const sent = world.settings.flavour === "cloud" ? checkProperties(given["properties"]) : new Map<string, unknown>();
  const next = { ...comment, body, properties: new Map([...comment.properties, ...sent]) };
  const after = world.put({ ...ticket, comments: ticket.comments.map((one) => (one.id === comment.id ? next : one)) }, world.dana, []);
  return ok(render.comment(after, next, wantsProperties(call)));
};

function mayEdit({ world }: JiraCall, { author }: JiraComment): void {
  if (author !== world.dana) throw new JiraRefusal(400, "You do not have the permission to edit this comment.");
}

export const listComments: JiraHandler = (call) => {
  const ticket = ticketOf(call);
  const { query } = call.request;
  const all = query.get("orderBy") === "-created" ? ticket.comments.toReversed() : ticket.comments;
  const { values, ...page } = pageOf(all, query, 100, 5_000);
  return ok({ ...page, comments: values.map((comment) => call.render.comment(ticket, comment, wantsProperties(call))) });
};

/** Comments by id, in the Cloud only. */
export const readComments: JiraHandler = (call) => {
  const ids = new Set(asList(bodyOf(call.request.json)["ids"]).map(String));
  if (ids.size === 0 || ids.size > 1_000) throw new JiraRefusal(400, "Between 1 and 1000 comment IDs must be provided.");
  const found = call.world.current().filter((ticket) => call.world.seen(ticket.id) !== null);
  const values = found.flatMap((ticket) =>
    ticket.comments.filter(({ id }) => ids.has(id)).map((one) => call.render.comment(ticket, one, wantsProperties(call))),
  );
  return ok({ startAt: 0, maxResults: 1_000, total: values.length, isLast: true, values });
};

export const readCommentProperty: JiraHandler = (call) => {
  const { comment } = commentOf(call);
  const key = call.params[1] ?? "";
  if (!comment.properties.has(key)) throw new JiraRefusal(404, `The property with key '${key}' does not exist.`);
  return ok({ key, value: comment.properties.get(key) });
};

export const listCommentProperties: JiraHandler = (call) => {
  const { comment } = commentOf(call);
  return ok({ keys: [...comment.properties.keys()].map((key) => ({ key, self: `${call.render.base}/comment/${comment.id}/properties/${key}` })) });
};

export const writeCommentProperty: JiraHandler = (call) => {
  const { ticket, comment } = commentOf(call);
  mayEdit(call, comment);
  const key = call.params[1] ?? "";
  checkProperty(key, call.request.json);
  const next = { ...comment, properties: new Map([...comment.properties, [key, call.request.json]]) };
  call.world.put({ ...ticket, comments: ticket.comments.map((one) => (one.id === comment.id ? next : one)) }, call.world.dana, [], false);
  return { status: comment.properties.has(key) ? 200 : 201, body: null };
};

export const listLinks: JiraHandler = (call) => {
  const ticket = ticketOf(call);
  const wanted = call.request.query.get("globalId");
  if (wanted === null) return ok(ticket.links.map((link) => call.render.link(ticket, link)));
  const link = ticket.links.find(({ globalId }) => globalId === wanted);
  if (!link) throw notFound();
  return ok(call.render.link(ticket, link));
};

/** With a `globalId` that it knows it changes that link; without one it always makes another. */
export const putLink: JiraHandler = (call) => {
  const { world, render } = call;
  const ticket = writableTicket(call, "LINK_ISSUES");
  const body = bodyOf(call.request.json);
  const object = asObject(body["object"]);
  const globalId = asText(body["globalId"]);
  if (!asText(object["url"])) throw fieldRefusal("url", "'url' is required.");
  if (!asText(object["title"])) throw fieldRefusal("title", "'title' is required.");
  if (globalId !== null && globalId.length > 255) throw fieldRefusal("globalId", "'globalId' cannot be longer than 255 characters.");
  const known = globalId === null ? undefined : ticket.links.find((link) => link.globalId === globalId);
  const { maxLinks } = world.settings;
  if (!known && ticket.links.length >= maxLinks) throw new JiraRefusal(400, `The issue has reached the limit of ${maxLinks} remote links.`);
  const link = { id: known?.id ?? world.nextNumber(), globalId, relationship: asText(body["relationship"]), object };
  const told = `This issue links to "${String(object["title"])} (Web Link)"`;
  const items = known ? [] : [{ field: "RemoteIssueLink", fieldId: "", custom: false, from: null, fromText: null, to: String(link.id), toText: told }];
  const links = known ? ticket.links.map((one) => (one === known ? link : one)) : [...ticket.links, link];
  world.put({ ...ticket, links }, world.dana, items);
  // Data Center's document knows one answer for both.
  return ok({ id: link.id, self: `${render.base}/issue/${ticket.id}/remotelink/${link.id}` }, known || world.settings.flavour === "data-center" ? 200 : 201);
};

export const removeLink: JiraHandler = (call) => {
  const ticket = writableTicket(call, "LINK_ISSUES");
  const wanted = call.request.query.get("globalId") ?? "";
  call.world.put({ ...ticket, links: ticket.links.filter(({ globalId }) => globalId !== wanted) }, call.world.dana, []);
  return DONE;
};

function commentOf({ world, params }: JiraCall): { readonly ticket: JiraTicket; readonly comment: JiraComment } {
  for (const ticket of world.current()) {
    const comment = ticket.comments.find(({ id }) => id === params[0]);
    if (comment && world.seen(ticket.id) !== null) return { ticket, comment };
  }
  throw new JiraRefusal(404, "The comment does not exist or you do not have permission to see it.");
}

function wantsProperties({ request, world }: JiraCall): boolean {
  const isList = request.path.endsWith("/comment/list");
  return (isList || world.settings.commentsShowProperties) && listOf(request.query, "expand").includes("properties");
}
