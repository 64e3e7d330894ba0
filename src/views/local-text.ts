/** Tickets of the local tracker, as the people there see them: a tree of all, or one with everything around it. */

import type { CriterionValue } from "../core/model/item.ts";
import type { Ticket } from "../core/model/ticket.ts";
import { cleanLine, cleanText } from "../core/text/terminal-text.ts";
import { ago } from "../core/text/ago.ts";
import { said } from "./field-details.ts";
import { GLYPHS, STATE_GLYPHS } from "./glyphs.ts";
import type { Page, Role } from "./paint.ts";
import type { Row } from "./plan-row.ts";
import { layoutOf, rowLines } from "./row-text.ts";
import { spread } from "./spread.ts";
import { count } from "./words.ts";
import { wrapText } from "./wrap.ts";

/** A ticket with what stands around it. */
export interface TicketView {
  readonly ticket: Ticket;
  readonly criteria: readonly CriterionValue[];
  readonly children: readonly string[];
  readonly comments: readonly { readonly author: string; readonly at: string; readonly text: string }[];
  readonly links: readonly { readonly url: string; readonly title: string }[];
  readonly history: readonly {
    readonly field: string;
    readonly from: string | null;
    readonly to: string | null;
    readonly author: string;
    readonly at: string;
  }[];
  readonly next: readonly string[];
}

const STATE: Readonly<Record<Ticket["category"], readonly [Role, string]>> = {
  open: ["quiet", GLYPHS.open],
  in_progress: ["change", GLYPHS.inProgress],
  done: ["good", STATE_GLYPHS.done],
  canceled: ["quiet", STATE_GLYPHS.failed],
};

export function ticketTree(tickets: readonly Ticket[], project: string, page: Page): string {
  if (tickets.length === 0) return `  ${page.paint("heading", `No tickets in ${project}.`)}\n`;
  const rows = treeRows(tickets);
  const layout = layoutOf(rows, page);
  return `${[...rows.flatMap((row) => rowLines(row, layout, page)), "", `  ${page.paint("heading", `${count(tickets.length, "ticket")} in ${project}`)}`].join("\n")}\n`;
}

function treeRows(tickets: readonly Ticket[]): readonly Row[] {
  const keys = new Set(tickets.map((ticket) => ticket.key));
  const children = Map.groupBy(tickets, (ticket) => (ticket.parent !== null && keys.has(ticket.parent) ? ticket.parent : ""));
  const rowsBelow = (parent: string, depth: number): readonly Row[] =>
    (children.get(parent) ?? []).flatMap((ticket) => [ticketRow(ticket, depth), ...rowsBelow(ticket.key, depth + 1)]);
  return rowsBelow("", 0);
}

function ticketRow(ticket: Ticket, depth: number): Row {
  const [role, glyph] = STATE[ticket.category];
  const facts = [ticket.type ?? "", ticket.status, ...ticket.labels.map((label) => `#${label}`), ticket.archived ? "archived" : ""];
  return {
    kind: "change",
    change: "",
    depth,
    glyph,
    role,
    label: ticket.key,
    title: ticket.title,
    note: [said(facts.filter((fact) => fact !== "").join(GLYPHS.dot))],
    details: [],
  };
}

export function ticketPage(view: TicketView, now: string, page: Page): string {
  const { ticket } = view;
  const facts: readonly (readonly [string, string])[] = [
    ["status", view.next.length === 0 ? ticket.status : `${ticket.status}  (next: ${view.next.join(", ")})`],
    ["parent", ticket.parent ?? ""],
    ["below", view.children.join(", ")],
    ["labels", ticket.labels.join(", ")],
    ["spec", ticket.base?.address ?? ""],
  ];
  const blocks = [
    spread(
      [
        { text: cleanLine(ticket.key), role: "key" },
        { text: `  ${cleanLine(ticket.title)}`, role: "heading" },
      ],
      cleanLine(ticket.type ?? ""),
      page,
    ),
    facts
      .filter(([, value]) => value !== "")
      .flatMap(([name, value]) =>
        wrapText(cleanLine(value), page.columns - 10).map((line, index) => `  ${page.paint("quiet", (index === 0 ? name : "").padEnd(6))}  ${line}`),
      ),
    ticket.body === ""
      ? []
      : cleanText(ticket.body)
          .trimEnd()
          .split("\n")
          .map((line) => (line === "" ? "" : `    ${line}`)),
    view.comments.flatMap((comment) => [
      page.paint("quiet", `  ${cleanLine(comment.author)}, ${ago(comment.at, now)}`),
      ...cleanText(comment.text)
        .split("\n")
        .flatMap((text) => wrapText(text, page.columns - 4))
        .map((line) => `    ${line}`),
    ]),
    view.links.map((link) => `  ${cleanLine(link.title)}  ${page.paint("command", cleanLine(link.url))}`),
    historyLines(view, now, page),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

const SHOWN_EDITS = 10;

function historyLines({ history }: TicketView, now: string, page: Page): readonly string[] {
  const shown = history.slice(-SHOWN_EDITS);
  const hidden = history.length - shown.length;
  const lines = shown.map(({ field, from, to, author, at }) => {
    const values =
      field === "body" || field === "comment" || field === "link" ? "" : `  ${cleanLine(from ?? "none")} ${GLYPHS.arrow} ${cleanLine(to ?? "none")}`;
    return `${field}${values}  (${cleanLine(author)}, ${ago(at, now)})`;
  });
  return [
    ...(hidden > 0 ? [`  ${GLYPHS.fold} ${count(hidden, "earlier edit")}`] : []),
    ...lines.flatMap((line) => wrapText(line, page.columns - 2)).map((line) => `  ${line}`),
  ].map((line) => page.paint("quiet", line));
}
