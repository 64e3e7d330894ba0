/** The local tracker's query language: what it finds, and what it says about what it does not understand. */

import { expect, test } from "vitest";
import { inboxFilter } from "../../src/trackers/local/local-inbox.ts";
import { DEFAULT_SHAPE } from "../../src/trackers/local/local-project.ts";
import { TrackerError } from "../../src/trackers/tracker-error.ts";
import type { Ticket } from "../../src/core/model/ticket.ts";

const TICKET: Ticket = {
  ...{ id: "1", key: "PAY-1", url: null, revision: "1", title: "Refunds hang", type: "Bug", status: "In Progress", category: "in_progress" },
  ...{ labels: ["Triage", "needs spec"], parent: null, body: "Seen on Monday: the note says 10:30.", base: null, token: null },
  ...{ createdAt: "2026-11-21T10:00:00Z", createdByUs: null, updatedAt: "2026-11-21T10:00:00Z", updatedBy: "rin", archived: false },
};

const finds = (query: string): boolean => inboxFilter(query, DEFAULT_SHAPE)(TICKET);

function refusal(query: string): { readonly message: string; readonly hint: string | null } {
  try {
    inboxFilter(query, DEFAULT_SHAPE);
  } catch (error) {
    if (error instanceof TrackerError && error.kind === "invalid") return error;
    throw error;
  }
  throw new Error(`${query} was understood`);
}

test.each([
  ["label:triage", true],
  ["label:tri", false],
  ['label:"needs spec"', true],
  ["label:never-used", false],
  ["type:bug", true],
  ["type:Story", false],
  ['status:"in progress"', true],
  ["status:Todo", false],
  ["STATUS:Done", false],
  ["refunds monday", true],
  ["refunds tuesday", false],
  ["label:triage type:bug refunds", true],
  ["label:triage type:story refunds", false],
  ['"monday: the"', true],
  ['"label:triage"', false],
  ["10:30", true],
  ["10:31", false],
])("%s → %s", (query, found) => {
  expect(finds(query)).toBe(found);
});

test.each([
  ["lable:triage", "has no field lable", "Did you mean label:triage?"],
  ["assignee:rin", "has no field assignee", "Fields are label, type, status."],
  ["type:Storry", "no such type", "Did you mean Story?"],
  ["status:Tood", "no such status", "Did you mean Todo?"],
  ["status:", "says status:", "Write status:NAME"],
  ["status: Todo", "says status:", "without a blank"],
  ['status:""', "says status:", "Write status:NAME"],
  ['label:"triage', "opens a quote", "closing quote"],
  ["", "is empty", "label:triage"],
  ['  "" ', "is empty", "label:triage"],
])("%s is refused with what to do", (query, message, hint) => {
  const refused = refusal(query);
  expect(refused.message).toContain(message);
  expect(refused.hint).toContain(hint);
});
