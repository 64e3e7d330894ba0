/** `canon status` as a comment on a pull request or a weekly note: one table. */

import { codeSpan, escapeMarkdown } from "./escape-markdown.ts";

import { GLYPHS } from "./glyphs.ts";
import { diagnosticMarkdown } from "./plan-markdown.ts";
import type { StatusLine, StatusView } from "./status-view.ts";
import { count } from "./words.ts";

/** GitHub takes 65,536 characters; a table that is cut says so. */
const LONGEST = 50_000;

export function statusMarkdown(view: StatusView): string {
  const blocks = [
    `### Canon: ${view.summary.map(escapeMarkdown).join(GLYPHS.dot)}`,
    ...(view.lines.length > 0 ? [table(view)] : []),
    ...(view.diagnostics.length > 0 ? [view.diagnostics.map(diagnosticMarkdown).join("\n")] : []),
    ...(view.next.length > 0 ? [`next: ${view.next.map(codeSpan).join(GLYPHS.dot)}`] : []),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function table({ columns, lines, total }: StatusView): string {
  const head = [`| spec | ${[...columns, "waits for you"].join(" | ")} |`, `|---|${"---:|".repeat(columns.length)}---|`];
  const sums = total === null ? [] : [row({ ...total, title: "all" })];
  const rows: string[] = [];
  let length = 0;
  for (const line of lines) {
    const text = row(line);
    length += text.length + 1;
    if (length > LONGEST) break;
    rows.push(text);
  }
  const cut = lines.length - rows.length;
  return [...head, ...rows, ...sums].join("\n") + (cut > 0 ? `\n\n${GLYPHS.fold} ${count(cut, "more spec")}: \`canon status\`` : "");
}

function row({ title, path, cells, waiting }: StatusLine): string {
  const name = path === "" ? `**${escapeMarkdown(title)}**` : title === path ? codeSpan(path) : `${escapeMarkdown(title)} ${codeSpan(path)}`;
  return `| ${[name, ...cells, waiting.join(GLYPHS.dot)].join(" | ")} |`;
}
