/** A whole new section as lines of a spec: heading, markers, text and criteria, all of it made safe. */

import type { SpecDocument } from "../model/spec-document.ts";
import { safeBlocks } from "../text/safe-blocks.ts";
import { safeInline } from "../text/safe-inline.ts";
import { safeTitle } from "../text/safe-title.ts";
import { escapeReferences } from "./escape-references.ts";
import type { NewLine } from "./line-patch.ts";
import type { MarkdownParser } from "./markdown-parser.ts";
import { printMarker } from "./print-marker.ts";
import type { NewSection } from "./section-edit.ts";

export function printSection(doc: SpecDocument, section: NewSection, parser: MarkdownParser): readonly NewLine[] {
  const { depth, title, blocks, criteria, ticket, system } = section;
  const texts = blocks.flatMap((block) => safeBlocks(block, parser)).map((block) => escapeReferences(block, doc, parser));
  const items = criteria.map(({ text, checked }) => `- [${checked ? "x" : " "}] ${escapeReferences(safeInline(text), doc, parser, "- [ ] ")}`);
  return [
    null,
    `${"#".repeat(depth)} ${escapeReferences(safeTitle(title), doc, parser, "# ")}`,
    printMarker(ticket),
    ...(system ? [printMarker({ kind: "system", unknown: [], ...system })] : []),
    ...texts.flatMap((text): NewLine[] => [null, ...text.split("\n")]),
    ...(items.length > 0 ? [null, ...items] : []),
    null,
  ];
}
