/** The section that a ticket of people gets when somebody accepts it: its words, made safe when they are written, and its marker. */

import { shortPrint } from "../fingerprint.ts";
import type { Change, LineEdit } from "../model/plan.ts";
import type { Depth, Section } from "../model/section.ts";
import type { SpecDocument } from "../model/spec-document.ts";
import type { SpecStatus } from "../model/status.ts";
import type { Ticket } from "../model/ticket.ts";
import type { NewSection, SectionEdit } from "../spec/section-edit.ts";
import { slugOf } from "../text/slug.ts";
import { pulledStatus } from "./pulled-status.ts";
import { sealChange } from "./seal.ts";
import type { TargetView } from "./target-view.ts";

export interface AcceptedSection {
  readonly id: string;
  readonly edit: SectionEdit;
}

export function acceptedSection(doc: SpecDocument, into: Section, ticket: Ticket, { config, format, statuses }: TargetView): AcceptedSection {
  const { blocks, criteria } = format.parse(ticket.body);
  const id = freeId(doc, slugOf(ticket.title) || "section");
  const status: SpecStatus | null = ticket.category === "canceled" ? "deprecated" : pulledStatus(null, ticket, statuses);
  const section: NewSection = {
    depth: DEEPER[into.depth],
    title: ticket.title,
    blocks: blocks.map((block) => format.markdownOf(block)),
    criteria: criteria.map(({ text, checked }) => ({ text, checked })),
    ticket: { kind: "ticket", system: config.system, key: ticket.key },
    // Frozen at once: no section below may lose its own derived id to it.
    system: { id, status, generation: 1 },
  };
  return { id, edit: { section: into.index, append: [section] } };
}

/** What it says is taken over as it is now: words that people add meanwhile would be missing in the section. */
export function acceptChange(change: Change, ticket: Ticket, edits: readonly LineEdit[]): Change {
  return sealChange({
    ...change,
    edits,
    guards: [
      { field: "title", live: ticket.title },
      { field: "status", live: ticket.status },
      { field: "body", live: shortPrint(ticket.body) },
    ],
  });
}

/** There are six depths, and the first is the document's own title. */
const DEEPER: Readonly<Record<Depth, NewSection["depth"]>> = { 0: 2, 1: 2, 2: 3, 3: 4, 4: 5, 5: 6, 6: 6 };

function freeId({ sections }: SpecDocument, slug: string): string {
  const taken = new Set(sections.map(({ id }) => id));
  let id = slug;
  for (let next = 2; taken.has(id); next += 1) id = `${slug}-${next}`;
  return id;
}
