/** History over the wire: of one ticket by position, of many by token. Data Center shows it by `expand=changelog` only. */

import { asList, asText } from "../kit/json-value.ts";
import type { JiraHandler } from "./jira-call.ts";
import { ok, pageOf, texts, ticketOf } from "./jira-call.ts";
import { bodyOf } from "./jira-edit.ts";
import { JiraRefusal } from "./jira-refusal.ts";

const MOST_TICKETS = 1_000;
const LARGEST_PAGE = 10_000;

export const changesOfOne: JiraHandler = (call) => {
  const { changes } = ticketOf(call);
  const { values, ...page } = pageOf(changes, call.request.query, 100, 100);
  return ok({ ...page, isLast: page.startAt + values.length >= page.total, values: values.flatMap((change) => call.render.change(change) ?? []) });
};

export const changesById: JiraHandler = (call) => {
  const ids = new Set(asList(bodyOf(call.request.json)["changelogIds"]).map(String));
  const histories = ticketOf(call).changes.filter(({ id }) => ids.has(id));
  return ok({ startAt: 0, maxResults: histories.length, total: histories.length, histories: histories.flatMap((change) => call.render.change(change) ?? []) });
};

export const changesOfMany: JiraHandler = ({ world, render, request }) => {
  const body = bodyOf(request.json);
  const asked = texts(body["issueIdsOrKeys"]);
  if (asked.length === 0 || asked.length > MOST_TICKETS) throw new JiraRefusal(400, `Between 1 and ${MOST_TICKETS} issues must be provided.`);
  const fieldIds = texts(body["fieldIds"]);
  const wanted = fieldIds.length === 0 ? undefined : new Set(fieldIds);
  // Tickets that cannot be seen are left out without a word.
  const tickets = [...new Map(asked.flatMap((one) => world.seen(one) ?? []).map((ticket) => [ticket.id, ticket])).values()];
  const all = tickets
    .flatMap((ticket) => ticket.changes.map((change) => ({ ticket, change })))
    .sort((a, b) => a.change.created - b.change.created || Number(a.ticket.id) - Number(b.ticket.id))
    .flatMap(({ ticket, change }) => {
      const shown = render.change(change, wanted);
      return shown === null ? [] : [{ id: ticket.id, shown }];
    });
  const startAt = Number(asText(body["nextPageToken"]) ?? 0);
  const size = Math.min(Number(body["maxResults"] ?? 1_000), LARGEST_PAGE);
  const page = all.slice(startAt, startAt + size);
  const issueChangeLogs = [...new Set(page.map(({ id }) => id))].map((issueId) => ({
    issueId,
    changeHistories: page.filter(({ id }) => id === issueId).map(({ shown }) => shown),
  }));
  return ok({ issueChangeLogs, ...(startAt + size < all.length ? { nextPageToken: String(startAt + size) } : {}) });
};
