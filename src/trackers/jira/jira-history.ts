/** Who changed what when, in Canon's own field names; properties are in no changelog, so bases never appear. */

import { CRITERIA_HEADING } from "../../core/text/ticket-layout.ts";
import type { FieldEdit } from "../tracker.ts";
import type { Logged } from "./jira-api.ts";
import { jiraDate } from "./jira-map.ts";
import { MARK } from "./jira-property.ts";
import type { JiraSession } from "./jira-session.ts";
import type { WireChangeItem } from "./jira-wire.ts";

export async function historyJira({ api }: JiraSession, keys: readonly string[], since: string | null): Promise<readonly FieldEdit[]> {
  if (keys.length === 0) return [];
  const logged = await api.logged([...new Set(keys)]);
  const from = since === null ? 0 : Date.parse(since);
  return logged
    .flatMap((ticket) => editsOf(ticket, (text) => api.markdownOf(text)))
    .filter(({ at }) => Date.parse(at) >= from)
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function editsOf({ key, changes, comments }: Logged, markdownOf: (text: unknown) => string): readonly FieldEdit[] {
  const changed = changes.flatMap(({ author, created, items }) =>
    items.flatMap((item) => {
      const edit = editOf(item);
      return edit === null ? [] : [{ key, ...edit, author: author?.displayName ?? "", at: jiraDate(created) }];
    }),
  );
  const said = comments.map(({ author, created, body }) => ({
    ...{ key, field: "comment", from: null, to: markdownOf(body) },
    ...{ author: author?.displayName ?? "", at: jiraDate(created) },
  }));
  return [...changed, ...said];
}

type Edit = Pick<FieldEdit, "field" | "from" | "to">;

/** null: a field that Canon does not know, or nothing that a person would see. */
function editOf(item: WireChangeItem): Edit | null {
  const from = item.fromString ?? null;
  const to = typeof item.toString === "string" ? item.toString : null;
  switch (item.field.toLowerCase()) {
    case "summary":
      return edit("title", from, to);
    case "issuetype":
      return edit("type", from, to);
    case "status":
      return edit("status", from, to);
    // One name for each way in which Jira has ever nested tickets.
    case "parent":
    case "parent issue":
    case "issueparentassociation":
    case "epic link":
      return edit("parent", from, to);
    case "labels":
      return edit("labels", labelList(from), labelList(to));
    case "description":
      return textEdit(from ?? "", to ?? "");
    case "link":
    case "remoteissuelink":
    case "remoteworkitemlink":
      return edit("link", from, to);
    default:
      return null;
  }
}

function edit(field: string, from: string | null, to: string | null): Edit | null {
  return from === to ? null : { field, from, to };
}

/** Jira parts labels with blanks, which no label may hold. */
function labelList(text: string | null): string | null {
  const labels = (text ?? "").split(" ").filter((label) => label !== "" && label !== MARK);
  return labels.join(", ");
}

/** Both flavours tell of texts in wiki markup, where the generated heading is a line of its own. */
function textEdit(from: string, to: string): Edit | null {
  const [before, after] = [partsOf(from), partsOf(to)];
  if (before.rest === after.rest && before.criteria !== after.criteria) return { field: "criteria", from: before.criteria, to: after.criteria };
  return edit("body", from, to);
}

const HEADING = new RegExp(String.raw`^\s*(?:h[1-6]\.|#{1,6})\s*\**${CRITERIA_HEADING}\**\s*$`, "i");
/** The next heading or the rule above the footer ends them. */
const END = /^\s*(?:h[1-6]\.|#{1,6}\s|-{4,}\s*$|-{3}\s*$)/;

function partsOf(text: string): { readonly criteria: string; readonly rest: string } {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trimEnd());
  const begins = lines.findIndex((line) => HEADING.test(line));
  if (begins === -1) return { criteria: "", rest: shown(lines) };
  const length = lines.slice(begins + 1).findIndex((line) => END.test(line));
  const ends = length === -1 ? lines.length : begins + 1 + length;
  return { criteria: shown(lines.slice(begins + 1, ends)), rest: shown([...lines.slice(0, begins), ...lines.slice(ends)]) };
}

function shown(lines: readonly string[]): string {
  return lines.filter((line) => line !== "").join("\n");
}
