/** The body of an item: fingerprints from the source for every plan, Markdown blocks for a ticket when one is written. */

import type { Root, RootContent } from "mdast";
import { shortPrint, shortPrintOf } from "../fingerprint.ts";
import type { BodyDigest } from "../model/item.ts";
import type { Section, SourceBlock } from "../model/section.ts";
import type { SpecDocument } from "../model/spec-document.ts";
import { isDocumentHeading } from "./document-item.ts";
import type { MarkdownParser } from "./markdown-parser.ts";
import { printMarkdown } from "./print-markdown.ts";
import { readDefinitions } from "./read-definitions.ts";
import { rewriteBlock, type BodyContext } from "./rewrite-block.ts";
import { lineEnd, lineEndingAt, lineStart, withLineFeeds } from "./source-lines.ts";
import { spanOf } from "./span-of.ts";
import { usedDefinitions } from "./used-definitions.ts";

/** `sections` as `SectionChoice.bodySections` gives them: the item's own first. No parsing: this runs for every item of every plan. */
export function bodyDigest(doc: SpecDocument, sections: readonly number[]): BodyDigest {
  return new SourceDigest(doc, sections);
}

/** Plans compare whole bodies; the prints of the blocks wait until a base is written, for a plan holds tens of thousands of these. */
class SourceDigest implements BodyDigest {
  readonly whole: string;
  readonly #doc: SpecDocument;
  readonly #sections: readonly number[];

  constructor(doc: SpecDocument, sections: readonly number[]) {
    this.#doc = doc;
    this.#sections = sections;
    this.whole = shortPrint(JSON.stringify(sourcesOf(doc, sections)));
  }

  get blocks(): readonly string[] {
    return sourcesOf(this.#doc, this.#sections).map((source) => (typeof source === "string" ? shortPrint(source) : shortPrintOf(source)));
  }
}

/** A block alone, or with the definitions it uses: it changes with these, not with those of others. */
type BlockSource = string | readonly string[];

function sourcesOf(doc: SpecDocument, sections: readonly number[]): readonly BlockSource[] {
  const sources: BlockSource[] = [];
  for (const { section, withHeading } of partsOf(doc, sections)) {
    if (withHeading && section.heading) sources.push(blockSource(doc.text.slice(section.heading.start, section.heading.end), doc));
    for (const block of section.blocks) sources.push(blockSource(block.rest ?? sourceOf(doc, block), doc));
  }
  return sources;
}

function blockSource(source: string, doc: SpecDocument): BlockSource {
  const text = withLineFeeds(source);
  const used = usedDefinitions(text, doc.definitions);
  return used.length === 0 ? text : [text, ...used.map((key) => doc.definitions.get(key) ?? "")];
}

/** One Markdown text per block of the digest, in its order: links, references and mentions made fit for a tracker, criteria and comments left out. */
export function renderBody(doc: SpecDocument, sections: readonly number[], parser: MarkdownParser, context: BodyContext): string[] {
  return partsOf(doc, sections).flatMap(({ section, withHeading }) => renderSection(doc, section, withHeading, parser, context));
}

interface Part {
  readonly section: Section;
  readonly withHeading: boolean;
}

/** One block of the digest: a heading of an enclosed section, or a block. */
export interface BodyPart {
  readonly section: Section;
  /** null: the section's heading. */
  readonly block: SourceBlock | null;
}

/** The blocks of the digest, in its order. */
export function bodyParts(doc: SpecDocument, sections: readonly number[]): readonly BodyPart[] {
  return partsOf(doc, sections).flatMap(({ section, withHeading }): readonly BodyPart[] => [
    ...(withHeading && section.heading ? [{ section, block: null }] : []),
    ...section.blocks.map((block) => ({ section, block })),
  ]);
}

/** The item's own heading is its title; those of enclosed sections are text. */
function partsOf(doc: SpecDocument, sections: readonly number[]): readonly Part[] {
  return sections.flatMap((index, position) => {
    const section = doc.sections[index];
    return section ? [{ section, withHeading: position > 0 && !(sections[0] === 0 && isDocumentHeading(doc, section)) }] : [];
  });
}

/**
 * A heading at the root closes everything before it, so what stands under it parses alone as it does in its file. The
 * definitions it uses come first, behind a blank line (nothing there is front matter) and before a comment (which ends
 * a footnote that would otherwise swallow an indented block).
 */
function renderSection(doc: SpecDocument, section: Section, withHeading: boolean, parser: MarkdownParser, context: BodyContext): string[] {
  const start = withHeading && section.heading ? section.heading.start : section.blocks[0]?.start;
  const end = section.blocks.at(-1)?.end ?? (withHeading ? section.heading?.end : undefined);
  if (start === undefined || end === undefined) return [];
  // With the last line's own end: what stands at the very end of a text is read otherwise in places.
  const last = lineEnd(doc.text, end);
  const source = doc.text.slice(lineStart(doc.text, start), last + lineEndingAt(doc.text, last).length);
  const definitions = usedDefinitions(source, doc.definitions).map((key) => doc.definitions.get(key) ?? "");
  const prelude = `\n${definitions.map((definition) => `${definition}\n\n`).join("")}<!-- -->\n\n`;
  const text = withLineFeeds(prelude + source);
  const root = parser.parse(text);
  const own = root.children.filter((node) => spanOf(node).start >= prelude.length);
  const known = readDefinitions(root, text);
  return own.flatMap((node) => rewriteBlock(node, text, doc.path, known, context).map(printBlock));
}

function printBlock(node: RootContent): string {
  const root: Root = { type: "root", children: [node] };
  return printMarkdown(root);
}

function sourceOf(doc: SpecDocument, block: SourceBlock): string {
  return doc.text.slice(block.start, block.end);
}
