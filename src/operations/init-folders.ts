/** The folders of a workspace that hold specs, and how many sections each way of choosing would make tickets of. */

import { readdir } from "node:fs/promises";
import { DEFAULT_EXCLUDE_HEADINGS } from "../core/config/default-exclude-headings.ts";
import type { SectionRule } from "../core/model/config.ts";
import type { SpecDocument } from "../core/model/spec-document.ts";
import type { MarkdownParser } from "../core/spec/markdown-parser.ts";
import { parseSpec } from "../core/spec/parse-spec.ts";
import { selectSections } from "../core/spec/select-sections.ts";
import { findSpecs, readSpec } from "../io/spec-files.ts";

export interface SpecFolder {
  /** Relative to the workspace, with `/`. */
  readonly path: string;
  /** The glob that takes all of it. */
  readonly include: string;
  readonly files: number;
  /** Sections with a ticket. */
  readonly tickets: number;
  /** Sections that each rule would make items of. */
  readonly counts: Readonly<Record<SectionRule, number>>;
}

const USUAL_FOLDERS: readonly string[] = ["specs", "docs/specs", "rfcs", "docs/rfcs", "docs/adr", "openspec", ".specify"];
/** Where Markdown is never a spec of this project. */
const OTHER_PEOPLES: ReadonlySet<string> = new Set(["node_modules", "vendor", "dist", "build", "target", "coverage"]);
const RULES: readonly SectionRule[] = ["all", "marked", "numbered", "criteria"];
const DEPTHS: ReadonlySet<number> = new Set([2, 3, 4]);

/** The usual ones, those with most files first; where there are none, any folder at the top that holds Markdown. */
export async function findSpecFolders(root: string, parser: MarkdownParser): Promise<readonly SpecFolder[]> {
  const usual = await surveyAll(root, USUAL_FOLDERS, parser);
  const found = usual.length > 0 ? usual : await surveyAll(root, await visibleFolders(root), parser);
  return found.toSorted((a, b) => b.files - a.files);
}

async function surveyAll(root: string, folders: readonly string[], parser: MarkdownParser): Promise<readonly SpecFolder[]> {
  const surveys: SpecFolder[] = [];
  for (const folder of folders) {
    const survey = await surveyFolder(root, folder, parser);
    if (survey.files > 0) surveys.push(survey);
  }
  return surveys;
}

async function visibleFolders(root: string): Promise<readonly string[]> {
  const entries = await readdir(root, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && !OTHER_PEOPLES.has(entry.name)).map(({ name }) => name);
}

async function surveyFolder(root: string, path: string, parser: MarkdownParser): Promise<SpecFolder> {
  const include = `${path}/**/*.md`;
  const files = await findSpecs(root, [include], []);
  const counts: Record<SectionRule, number> = { all: 0, marked: 0, numbered: 0, criteria: 0 };
  let tickets = 0;
  for (const file of files) {
    const read = await readSpec(root, file);
    if (!read.ok) continue;
    const doc = parseSpec(file, read.text, parser);
    tickets += doc.sections.filter(({ ticket }) => ticket !== null).length;
    for (const rule of RULES) counts[rule] += countItems(doc, rule);
  }
  return { path, include, files: files.length, tickets, counts };
}

function countItems(doc: SpecDocument, rule: SectionRule): number {
  const { choices } = selectSections(doc, { rule, excludeHeadings: DEFAULT_EXCLUDE_HEADINGS, depths: DEPTHS });
  return choices.filter(({ item }) => item).length;
}
