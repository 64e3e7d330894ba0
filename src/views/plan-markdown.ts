/** A plan as a comment on a pull request: the same view as the text, in tables that a forge renders. */

import { COMMENT_ROOM } from "../core/bot/plan-room.ts";
import type { Diagnostic } from "../core/model/diagnostic.ts";
import type { Piece } from "../core/text/word-difference.ts";
import { hintOf, placeText } from "./diagnostics-text.ts";
import { codeSpan, escapeMarkdown } from "./escape-markdown.ts";
import { GLYPHS, SEVERITY_WORDS } from "./glyphs.ts";
import type { Row } from "./plan-row.ts";
import type { ObservedGroup, OrphanGroup, PlanView, SpecGroup } from "./plan-view.ts";
import { count } from "./words.ts";

/** Longer tables are folded away. */
const OPEN_ROWS = 40;

/** How long it may become, and what is said where it is cut. */
export interface Fit {
  readonly room: number;
  /** Markdown. */
  readonly rest: string;
}

const COMMENT: Fit = { room: COMMENT_ROOM, rest: "the rest is longer than a comment may be: see the output of `canon plan`." };

export function planMarkdown(view: PlanView, fit: Fit = COMMENT): string {
  const blocks: readonly Block[] = [
    `### Canon: ${view.summary.words.map(escapeMarkdown).join(GLYPHS.dot)}`,
    ...view.groups,
    ...(view.moreQuestions > 0 ? [`${GLYPHS.fold} ${count(view.moreQuestions, "more question")}`] : []),
    ...view.observed.map(observedMarkdown),
    ...view.orphans.map(orphansMarkdown),
    ...(view.diagnostics.length > 0 ? [view.diagnostics.map(diagnosticMarkdown).join("\n")] : []),
  ];
  return `${fitting(blocks, endMarkdown(view), fit).join("\n\n")}\n`;
}

/** Text that is shown whole or not at all, or a spec, of which as many tickets are shown as there is room for. */
type Block = string | SpecGroup;

/** All of it, or blocks from the first on while they fit; the last, the summary, always does. */
function fitting(blocks: readonly Block[], last: string, { room, rest }: Fit): readonly string[] {
  const all = [...blocks.map((block) => (typeof block === "string" ? block : groupMarkdown(block))), last];
  if (all.join("\n\n").length < room) return all;
  const end = [`${GLYPHS.fold} ${rest}`, last];
  const kept: string[] = [];
  // The words that say that it is cut need room as well.
  let left = room - end.join("\n\n").length - 2;
  for (const [at, block] of blocks.entries()) {
    const whole = all[at] ?? "";
    if (whole.length + 2 > left) return [...kept, ...(typeof block === "string" ? [] : beginningOf(block, left - 2)), ...end];
    left -= whole.length + 2;
    kept.push(whole);
  }
  return [...kept, last];
}

/** Its first tickets; none where there is no room for any. */
function beginningOf(group: SpecGroup, room: number): readonly string[] {
  const rows = [...group.decisions, ...group.rows];
  let left = room - groupMarkdown({ ...group, decisions: [], rows: [] }).length - FOLDING;
  let shown = 0;
  for (const row of rows) {
    left -= tableRow(row).length + 1;
    if (left < 0) break;
    shown += 1;
  }
  return shown === 0 ? [] : [groupMarkdown({ ...group, decisions: [], rows: rows.slice(0, shown) })];
}

/** Characters that folding a table away takes at most. */
const FOLDING = 100;

function groupMarkdown(group: SpecGroup): string {
  const title = group.title === "" ? codeSpan(group.path) : `${escapeMarkdown(group.title)} ${codeSpan(group.path)}`;
  const target = group.targetLabel === "" ? "" : ` → ${escapeMarkdown(group.targetLabel)}`;
  return `#### ${title}${target}\n\n${table([...group.decisions, ...group.rows])}`;
}

function observedMarkdown(group: ObservedGroup): string {
  const apart =
    group.apart > 0
      ? `\n\n${GLYPHS.fold} ${count(group.apart, "differs", "differ")} from the spec as both sides left ${group.apart === 1 ? "it" : "them"}`
      : "";
  const rows = group.rows.length > 0 ? `\n\n${table(group.rows)}` : "";
  return `#### Changed in ${escapeMarkdown(group.targetLabel)} (not part of apply)${rows}${apart}`;
}

function orphansMarkdown(group: OrphanGroup): string {
  const lines = group.orphans.map((orphan) => `- ${codeSpan(orphan.key)} ${escapeMarkdown(orphan.title)}, was ${codeSpan(orphan.address)}`);
  return `#### No section any more for these in ${escapeMarkdown(group.targetLabel)} (left alone)\n\n${lines.join("\n")}`;
}

function table(rows: readonly Row[]): string {
  const lines = ["| | ticket | section | |", "|---|---|---|---|", ...rows.map(tableRow)].join("\n");
  return rows.length <= OPEN_ROWS ? lines : `<details><summary>${count(rows.length, "ticket")}</summary>\n\n${lines}\n\n</details>`;
}

function tableRow(row: Row): string {
  const details = [
    ...(row.note.length > 0 ? [piecesMarkdown(row.note)] : []),
    ...row.details.map((detail) => `${detail.label === "" ? "" : `${detail.label}: `}${piecesMarkdown(detail.pieces)}`),
  ];
  const indent = "&emsp;".repeat(row.depth);
  return `| ${row.glyph === "-" ? "−" : row.glyph} | ${escapeMarkdown(row.label)} | ${indent}${escapeMarkdown(row.title)} | ${details.join("<br>")} |`;
}

export function piecesMarkdown(list: readonly Piece[]): string {
  return list.map(pieceMarkdown).join("").trim();
}

function pieceMarkdown({ kind, text }: Piece): string {
  switch (kind) {
    case "same":
      return escapeMarkdown(text);
    case "fold":
      return GLYPHS.fold;
    case "removed":
      return `<del>${escapeMarkdown(text)}</del>`;
    case "added":
      return `<ins>${escapeMarkdown(text)}</ins>`;
  }
}

export function diagnosticMarkdown(diagnostic: Diagnostic): string {
  const place = diagnostic.place === undefined ? "" : `${codeSpan(placeText(diagnostic.place))} `;
  return `- **${SEVERITY_WORDS[diagnostic.severity]}** ${place}${escapeMarkdown(diagnostic.message)} ${escapeMarkdown(hintOf(diagnostic))} (${codeSpan(diagnostic.code)})`;
}

function endMarkdown(view: PlanView): string {
  const { effort } = view.summary;
  const inSync = view.inSync.map(({ targetLabel, sections }) => `${sections} in sync with ${escapeMarkdown(targetLabel)}`);
  const facts = [...inSync, ...view.notes.map(escapeMarkdown), ...(effort === "" ? [] : [effort])];
  const next = view.next.length === 0 ? "" : `\n\nnext: ${view.next.map(stepMarkdown).join(GLYPHS.dot)}`;
  return `${facts.join(GLYPHS.dot)}${next}`.trim();
}

/** "bring back: canon pull": the command is code, what leads to it is not. */
function stepMarkdown(step: string): string {
  const at = step.indexOf("canon ");
  return at < 0 ? escapeMarkdown(step) : escapeMarkdown(step.slice(0, at)) + codeSpan(step.slice(at));
}
