/** What would be a ticket, as a tree per spec; with `all`, also what would not, and why. */

import type { ListedSection, ListedSpec, ListReport } from "../core/model/list-report.ts";
import { cleanLine, displayWidth } from "../core/text/terminal-text.ts";
import { diagnosticsText } from "./diagnostics-text.ts";
import { said } from "./field-details.ts";
import { GLYPHS } from "./glyphs.ts";
import { NOT_ITEM_WORDS } from "./not-item-words.ts";
import type { Page } from "./paint.ts";
import type { Row } from "./plan-row.ts";
import { nextLines } from "./plan-text.ts";
import { layoutOf, rowLines, type Layout } from "./row-text.ts";
import { spread } from "./spread.ts";
import { targetLabels } from "./target-label.ts";
import { count } from "./words.ts";
import { wrapParts, wrapText } from "./wrap.ts";

export interface ListOptions {
  readonly all: boolean;
  /** `specs.include`, for the words when nothing matches. */
  readonly include: readonly string[];
  /** The addresses that were asked for; none: everything. */
  readonly addresses: readonly string[];
}

interface ShownSpec {
  readonly spec: ListedSpec;
  readonly rows: readonly Row[];
}

export function listText(report: ListReport, options: ListOptions, page: Page): string {
  const labels = targetLabels(targetsOf(report));
  const shown = report.specs.map((spec) => ({ spec, rows: listRows(spec, options.all) })).filter(({ rows }) => rows.length > 0);
  const layout = layoutOf(
    shown.flatMap(({ rows }) => rows),
    page,
  );
  const hidden = report.specs.length - shown.length;
  const blocks = [
    ...shown.map((one) => specLines(one, labels, layout, page)),
    hidden > 0 && report.specs.length > 0
      ? [page.paint("quiet", `  ${GLYPHS.fold} ${count(hidden, "spec")} without a ticket${options.all ? "" : " (--all)"}`)]
      : [],
    diagnosticsText(report.diagnostics, page),
    totalLines(report, labels, options, page),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

function targetsOf(report: ListReport): readonly NonNullable<ListedSpec["target"]>[] {
  const found = new Map(report.specs.flatMap(({ target }) => (target === null ? [] : [[target.name, target] as const])));
  return [...found.values()];
}

function specLines({ spec, rows }: ShownSpec, labels: ReadonlyMap<string, string>, layout: Layout, page: Page): readonly string[] {
  const title = cleanLine(spec.title);
  const path = cleanLine(spec.path);
  const left =
    title === ""
      ? [{ text: path, role: "heading" as const }]
      : [
          { text: title, role: "heading" as const },
          { text: `  ${path}`, role: "quiet" as const },
        ];
  const label = spec.target === null ? "" : (labels.get(spec.target.name) ?? spec.target.name);
  return [...spread(left, label, page), "", ...rows.flatMap((row) => rowLines(row, layout, page))];
}

function listRows(spec: ListedSpec, all: boolean): readonly Row[] {
  const sections = all ? spec.sections : spec.sections.filter((section) => section.reason === null);
  const depths = all ? headingDepths(sections) : parentDepths(sections);
  return sections.map((section, index) => listRow(section, depths[index] ?? 0));
}

function headingDepths(sections: readonly ListedSection[]): readonly number[] {
  const top = Math.min(...sections.map((section) => section.depth));
  return sections.map((section) => section.depth - top);
}

function parentDepths(sections: readonly ListedSection[]): readonly number[] {
  const depths = new Map<string, number>();
  return sections.map((section) => {
    const depth = section.parent === null ? 0 : (depths.get(section.parent) ?? -1) + 1;
    depths.set(section.address, depth);
    return depth;
  });
}

/** No tracker takes a longer one; here nobody knows yet which will be asked. */
const LONGEST_TITLE = 255;

function listRow(section: ListedSection, depth: number): Row {
  const isItem = section.reason === null;
  const fresh = isItem && section.key === null;
  return {
    kind: "change",
    change: "",
    depth,
    glyph: isItem ? (fresh ? "+" : "=") : "-",
    role: fresh ? "create" : "quiet",
    label: section.key ?? (isItem ? (section.type ?? "ticket") : ""),
    title: section.title.length > LONGEST_TITLE ? `${section.title.slice(0, LONGEST_TITLE)}…` : section.title,
    note: noteOf(section),
    details: [],
  };
}

function noteOf(section: ListedSection): Row["note"] {
  if (section.reason !== null) return [said(NOT_ITEM_WORDS[section.reason])];
  const { total, checked } = section.criteria;
  const parts = [section.status === null || section.status === "draft" ? "" : section.status, total > 0 ? `criteria ${checked}/${total}` : ""].filter(
    (part) => part !== "",
  );
  return parts.length === 0 ? [] : [said(parts.join(GLYPHS.dot))];
}

/** "787 sections would be tickets · 12 linked", per target where there are several. */
function totalLines(report: ListReport, labels: ReadonlyMap<string, string>, options: ListOptions, page: Page): readonly string[] {
  const totals = Object.entries(report.totals).filter(([, total]) => total.fresh + total.linked > 0);
  if (report.specs.length === 0)
    return wrapText(isUnread(report) ? "No spec could be read." : emptyWords(options), page.columns - 2).map((line) => `  ${page.paint("heading", line)}`);
  if (totals.length === 0)
    return [`  ${page.paint("heading", "No section would be a ticket.")}`, ...(options.all ? [] : nextLines(["canon list --all"], page))];
  const width = Math.max(...totals.map(([name]) => displayWidth(labels.get(name) ?? name)));
  const lines = totals.flatMap(([name, total]) => {
    const lead = totals.length > 1 ? `${(labels.get(name) ?? name).padEnd(width)}  ` : "";
    const words = totalWords(total);
    return wrapParts(words, page.columns - 2 - lead.length).map(
      (line, index) => `  ${page.paint("heading", index === 0 ? lead + line : " ".repeat(lead.length) + line)}`,
    );
  });
  return [...lines, ...nextLines(["canon plan"], page)];
}

function emptyWords({ addresses, include }: ListOptions): string {
  return cleanLine(addresses.length > 0 ? `Nothing matches ${addresses.join(", ")}.` : `No spec matches ${include.join(", ") || "the configuration"}.`);
}

/** Specs that are refused are there all the same. */
function isUnread({ diagnostics }: ListReport): boolean {
  return diagnostics.some(({ code, severity }) => severity === "error" && code.startsWith("spec-"));
}

function totalWords({ fresh, linked }: ListReport["totals"][string]): readonly string[] {
  if (fresh === 0) return [count(linked, "section has its ticket", "sections have their ticket")];
  return [count(fresh, "section would be a ticket", "sections would be tickets"), ...(linked > 0 ? [`${linked} linked`] : [])];
}
