/** What tests of specs share: both parsers, loaded once, and short ways to parse a text and to look at the result. */

import type { MarkdownParser } from "../../src/core/spec/markdown-parser.ts";
import type { SpecDocument } from "../../src/core/model/spec-document.ts";
import type { Section } from "../../src/core/model/section.ts";
import { parseSpec } from "../../src/core/spec/parse-spec.ts";
import { loadParser } from "../../src/io/parse-markdown.ts";

export const satteri: MarkdownParser = await loadParser("satteri");
export const remark: MarkdownParser = await loadParser("remark");

export function parse(text: string, path = "specs/payments.md"): SpecDocument {
  return parseSpec(path, text, satteri);
}

/** The section with that id; fails the test where there is none. */
export function section(doc: SpecDocument, id: string): Section {
  const found = doc.sections.find((candidate) => candidate.index > 0 && candidate.id === id);
  if (!found) throw new Error(`no section ${id} among ${doc.sections.map((candidate) => candidate.id).join(", ")}`);
  return found;
}

export function codes(doc: SpecDocument): string[] {
  return doc.diagnostics.map(({ code, severity, place }) => `${severity} ${code} ${place?.line ?? "-"}`);
}
