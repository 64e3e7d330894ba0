/** Finds what a pull request names among the specs: the sections that it implements, the tickets it is linked on, and what there is not. */

import { parseAddress, printAddress } from "../address.ts";
import type { Config } from "../model/config.ts";
import type { Section } from "../model/section.ts";
import type { SpecDocument } from "../model/spec-document.ts";
import { fullKey, ownerOfKey } from "../plan/key-owner.ts";
import { nearestWord } from "../text/nearest-word.ts";
import type { NamedThings, NamedTicket } from "./named-sections.ts";

export interface FoundSection {
  readonly path: string;
  readonly section: Section;
  readonly address: string;
  readonly ticket: TicketName | null;
}

export interface TicketName {
  readonly target: string;
  readonly key: string;
}

/** A `Canon-Section:` that is none, and the nearest one there is. */
export interface UnknownSection {
  readonly written: string;
  readonly nearest: string | null;
}

export interface FoundThings {
  readonly implemented: readonly FoundSection[];
  readonly tickets: readonly TicketName[];
  readonly unknown: readonly UnknownSection[];
}

/** Longer words are compared with nothing. */
const LONGEST = 200;

export function implementedSections(named: NamedThings, docs: readonly SpecDocument[], config: Config): FoundThings {
  const all = sectionsIn(docs, config);
  const byAddress = new Map(all.map((found) => [found.address, found] as const));
  const byTicket = new Map(all.flatMap((found) => (found.ticket ? [[ticketWord(found.ticket), found] as const] : [])));
  const bySection = named.sections.map((written) => ({ written, found: byAddress.get(written.replace(/^\.\//, "")) }));
  const closed = named.closes.flatMap((ticket) => ticketOf(ticket, byTicket, config));
  const mentioned = named.mentions.flatMap((ticket) => ticketOf(ticket, byTicket, config));
  const implemented = [...bySection.flatMap(({ found }) => found ?? []), ...closed.flatMap((ticket) => byTicket.get(ticketWord(ticket)) ?? [])];
  const tickets = [...implemented.flatMap(({ ticket }) => ticket ?? []), ...closed, ...mentioned];
  return {
    implemented: [...new Map(implemented.map((found) => [found.address, found])).values()],
    tickets: [...new Map(tickets.map((ticket) => [ticketWord(ticket), ticket])).values()],
    unknown: bySection.flatMap(({ written, found }) => (found ? [] : [{ written, nearest: nearestTo(written, docs, all) }])),
  };
}

export function sectionsIn(docs: readonly SpecDocument[], config: Config): readonly FoundSection[] {
  return docs.flatMap((doc) => sectionsOf(doc, config));
}

export function ticketWord({ target, key }: TicketName): string {
  return `${target} ${key}`;
}

/** Without what a person has taken out, and what cannot be told apart. The document counts where it is an item itself. */
function sectionsOf({ path, sections }: SpecDocument, config: Config): readonly FoundSection[] {
  if (sections[0]?.stopped === true) return [];
  return sections.flatMap((section): readonly FoundSection[] => {
    if (section.stopped || section.skipped || section.isCriteriaHeading || (section.index === 0 && section.ticket === null)) return [];
    const owner = section.ticket === null ? null : ownerOfKey(section.ticket, config);
    const ticket = section.ticket !== null && owner?.state === "owned" ? { target: owner.target.name, key: section.ticket.key } : null;
    return [{ path, section, address: printAddress({ path, id: section.id }), ticket }];
  });
}

/** Where several targets could own it, only a section can tell which. */
function ticketOf({ system, key, targets }: NamedTicket, known: ReadonlyMap<string, FoundSection>, config: Config): readonly TicketName[] {
  const possible = config.targets
    .filter((target) => target.system === system && targets.includes(target.name))
    .map((target) => ({ target: target.name, key: fullKey(target, key) }));
  const sure = possible.filter((ticket) => known.has(ticketWord(ticket)));
  if (sure.length === 1) return sure;
  return possible.length === 1 ? possible : [];
}

function nearestTo(written: string, docs: readonly SpecDocument[], all: readonly FoundSection[]): string | null {
  if (written.length > LONGEST) return null;
  const address = parseAddress(written) ?? { path: written, id: "" };
  const paths = docs.map(({ path }) => path);
  const path = paths.includes(address.path) ? address.path : nearestWord(address.path, paths);
  const within = all.filter((found) => found.path === path && found.section.index > 0);
  const id = nearestWord(
    address.id,
    within.map(({ section }) => section.id),
  );
  return within.find(({ section }) => section.id === id)?.address ?? path;
}
