/** One walk over the root of a file: headings open sections, the rest is put where it belongs. */

import type { Heading, List, Root, RootContent } from "mdast";
import type { Span } from "../model/marker.ts";
import type { Depth } from "../model/section.ts";
import { plainText } from "../text/plain-text.ts";
import { withoutNumber } from "../text/section-number.ts";
import { titleKey } from "../text/title-key.ts";
import { mayHoldCriteria, readCriteria, restOfList } from "./read-criteria.ts";
import type { DefinitionNode } from "./read-definitions.ts";
import { readComment } from "./read-comment.ts";
import { draftSection, type SectionDraft, type SpecDraft } from "./section-draft.ts";
import { spanOf, trimmedSpanOf } from "./span-of.ts";

export function readSections(root: Root, draft: SpecDraft, definitions: ReadonlyMap<string, DefinitionNode>): void {
  let section = draftSection(0, 0, -1, null);
  draft.sections.push(section);
  // A document's markers stand under its h1; only without one do they stand at the top.
  let isUnderHeading = !root.children.some((node) => node.type === "heading" && node.depth === 1);
  let isTicketLost = false;
  let position = -1;
  for (const node of root.children) {
    position += 1;
    switch (node.type) {
      case "heading":
        section = openSection(node, draft);
        // The marker above a heading may have been meant for it: neither section is touched until somebody moves it.
        section.stopped = isTicketLost;
        isTicketLost = false;
        isUnderHeading = true;
        break;
      case "html": {
        const below = root.children[position + 1];
        const isAboveHeading = below?.type === "heading";
        const isTight = isAboveHeading && section.index === 0 && spanOf(below).line === spanOf(node).endLine + 1;
        const role = readComment(node, draft, section, { isUnderHeading: isUnderHeading && !isTight, isAboveHeading });
        isTicketLost = role === "lost-ticket" && isAboveHeading;
        if (role === "body") {
          isUnderHeading = false;
          addBlock(node, draft, section);
        }
        break;
      }
      case "yaml":
      case "toml":
        break;
      case "definition":
      case "footnoteDefinition":
        isUnderHeading = false;
        break;
      case "list":
        isUnderHeading = false;
        addList(node, draft, section, definitions);
        break;
      default:
        isUnderHeading = false;
        addBlock(node, draft, section);
    }
  }
}

function openSection(node: Heading, draft: SpecDraft): SectionDraft {
  const section = draftSection(draft.sections.length, node.depth, enclosing(draft.sections, node.depth), spanOf(node));
  section.title = ownText(plainText(node.children), section.heading, draft);
  section.name = withoutNumber(section.title);
  section.isCriteriaHeading = titleKey(section.title) === "acceptance criteria";
  draft.sections.push(section);
  return section;
}

/** A title is a slice of the parser's copy of the file, and would keep all of that alive; as a slice of our own text it costs nothing. */
function ownText(title: string, heading: Span | null, { text }: SpecDraft): string {
  const source = heading ? text.slice(heading.start, heading.end) : "";
  const at = source.indexOf(title);
  return at < 0 ? title : source.slice(at, at + title.length);
}

/** The nearest section before that is less deep. Climbing parents visits each only once per level. */
function enclosing(sections: readonly SectionDraft[], depth: Depth): number {
  let candidate = sections.at(-1);
  while (candidate && candidate.depth >= depth) candidate = sections[candidate.parent];
  return candidate?.index ?? 0;
}

function addBlock(node: RootContent, draft: SpecDraft, section: SectionDraft): void {
  const { start, end } = trimmedSpanOf(node, draft.text);
  section.blocks.push({ type: node.type, start, end, rest: null });
}

function addList(node: List, draft: SpecDraft, section: SectionDraft, definitions: ReadonlyMap<string, DefinitionNode>): void {
  const { start, end } = trimmedSpanOf(node, draft.text);
  const criteria = mayHoldCriteria(draft.text.slice(start, end)) ? readCriteria(node, draft.text, definitions) : [];
  if (criteria.length === 0) return addBlock(node, draft, section);
  for (const criterion of criteria) section.criteria.push(criterion);
  const rest = restOfList(node, draft.text);
  if (rest !== "") section.blocks.push({ type: "list", start, end, rest });
}
