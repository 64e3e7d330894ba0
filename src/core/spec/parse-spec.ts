/** Reads one spec: from its text to sections with ids, markers, criteria and blocks, and what is wrong with them. Never throws. */

import type { Root } from "mdast";
import type { SpecDocument } from "../model/spec-document.ts";
import { foldSpace } from "../text/plain-text.ts";
import { withoutNumber } from "../text/section-number.ts";
import { applyMarkers } from "./apply-markers.ts";
import { assignIds, stopDuplicates } from "./assign-ids.ts";
import { findConflictMarks } from "./find-conflict-marks.ts";
import type { MarkdownParser } from "./markdown-parser.ts";
import { readDefinitions } from "./read-definitions.ts";
import { EMPTY_FRONT_MATTER, readFrontMatter, type FrontMatterReading } from "./read-front-matter.ts";
import { readSections } from "./read-sections.ts";
import { cutToSize, type SpecDraft } from "./section-draft.ts";
import { withLineFeeds } from "./source-lines.ts";
import { spanOf, trimmedSpanOf } from "./span-of.ts";

/** `path` is relative to the workspace root, with `/`. */
export function parseSpec(path: string, text: string, parser: MarkdownParser): SpecDocument {
  const draft: SpecDraft = { path, text, sections: [], definitions: new Map(), removed: [], diagnostics: [] };
  const root = parser.outline(text);
  const frontMatter = frontMatterOf(root, draft);
  draft.diagnostics.push(...frontMatter.diagnostics);
  const definitions = readDefinitions(root, text);
  for (const [key, node] of definitions) {
    const { start, end } = trimmedSpanOf(node, text);
    draft.definitions.set(key, withLineFeeds(text.slice(start, end)));
  }
  readSections(root, draft, definitions);
  applyMarkers(draft);
  nameDocument(draft, frontMatter.value.title);
  assignIds(draft);
  stopDuplicates(draft);
  if (refusesConflicts(draft) || frontMatter.stops) for (const section of draft.sections) section.stopped = true;
  draft.sections.forEach(cutToSize);
  const first = root.children[0];
  const frontMatterEnd = first?.type === "yaml" || first?.type === "toml" ? spanOf(first).end : null;
  return { ...draft, frontMatter: frontMatter.value, frontMatterEnd };
}

function frontMatterOf(root: Root, draft: SpecDraft): FrontMatterReading {
  const first = root.children[0];
  if (first?.type === "yaml") return readFrontMatter(draft.path, draft.text, spanOf(first));
  if (first?.type !== "toml") return { value: EMPTY_FRONT_MATTER, diagnostics: [], stops: false };
  const message = "TOML front matter is not read; write it as YAML between --- lines.";
  return {
    value: EMPTY_FRONT_MATTER,
    diagnostics: [{ code: "front-matter-toml", severity: "notice", message, place: { path: draft.path, line: 1 } }],
    stops: false,
  };
}

/** Front matter title, else the h1, else the file name. */
function nameDocument(draft: SpecDraft, written: string | null): void {
  const document = draft.sections[0];
  if (!document) return;
  const h1 = draft.sections.find((section) => section.depth === 1 && section.title !== "");
  const file = draft.path.slice(draft.path.lastIndexOf("/") + 1).replace(/\.[^.]+$/, "");
  document.title = foldSpace(written ?? h1?.title ?? file);
  document.name = withoutNumber(document.title);
  document.id = "";
}

function refusesConflicts(draft: SpecDraft): boolean {
  const marks = findConflictMarks(draft.text);
  if (marks === null) return false;
  const [line = 1, ...others] = marks;
  // What else looks wrong in it, a marker in the text or an id twice, is so because both sides stand there.
  draft.diagnostics.length = 0;
  draft.diagnostics.push({
    code: "spec-conflict-marks",
    severity: "error",
    message: "The file holds the marks of an unfinished git merge; nothing in it is touched.",
    place: { path: draft.path, line },
    also: others.map((other) => ({ path: draft.path, line: other })),
  });
  return true;
}
