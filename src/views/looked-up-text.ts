/** A ticket that was looked up, for people. */

import type { LookedUpTicket } from "../core/lookup/looked-up-ticket.ts";
import { ago } from "../core/text/ago.ts";
import { cleanLine, cleanText, padText } from "../core/text/terminal-text.ts";
import type { Page } from "./paint.ts";
import { wrapText } from "./wrap.ts";

const LABEL = 10;

/** `cachedAt`: when the platform was asked, where that was before; `now` ISO 8601. */
export function lookedUpText(ticket: LookedUpTicket, cachedAt: string | null, now: string, page: Page): string {
  const { metadata } = ticket;
  const rows: readonly (readonly [string, string | null])[] = [
    ["status", `${ticket.status.replace("_", " ")} (${metadata.state})`],
    ["type", metadata.type === null ? ticket.type : `${ticket.type} (${metadata.type})`],
    ["assignee", ticket.assignee ?? "nobody"],
    ["labels", ticket.labels.length === 0 ? null : ticket.labels.join(", ")],
    ["priority", metadata.priority?.label ?? null],
    ["team", metadata.team === null ? null : metadata.team.name === metadata.team.key ? metadata.team.key : `${metadata.team.name} (${metadata.team.key})`],
    ["parent", metadata.parent],
    ["created", ago(ticket.createdAt, now)],
    ["updated", ago(ticket.updatedAt, now)],
    ["archived", metadata.archivedAt === null ? null : ago(metadata.archivedAt, now)],
    ["branch", ticket.branch],
    ["address", ticket.url],
  ];
  const lines = [
    ...wrapText(`${ticket.key}  ${cleanLine(ticket.title)}`, page.columns - 2).map((line) => `  ${page.paint("heading", line)}`),
    ...rows.flatMap(([label, value]) => (value === null ? [] : [`  ${page.paint("quiet", padText(label, LABEL))}  ${cleanLine(value)}`])),
    ...(ticket.description.trim() === ""
      ? []
      : [
          "",
          ...cleanText(ticket.description.trim())
            .split("\n")
            .map((line) => `  ${line}`.trimEnd()),
        ]),
    ...(cachedAt === null ? [] : ["", `  ${page.paint("quiet", `as it was ${ago(cachedAt, now)}; --fresh asks again`)}`]),
  ];
  return `${lines.join("\n")}\n`;
}
