/** Markers of a document with the whole keys of their tickets, so that two ways of writing one key are one ticket everywhere. The text stays as it is. */

import type { Config } from "../model/config.ts";
import type { TicketMarker } from "../model/marker.ts";
import type { SpecDocument } from "../model/spec-document.ts";
import { fullKey, ownerOfKey } from "./key-owner.ts";

/** The document itself where nothing is written short. */
export function withFullKeys(doc: SpecDocument, config: Config): SpecDocument {
  if (!config.targets.some(({ system }) => system === "github")) return doc;
  const full = ({ system, key }: Pick<TicketMarker, "system" | "key">): string => {
    if (system !== "github") return key;
    const owner = ownerOfKey({ kind: "ticket", system, key }, config);
    return owner.state === "owned" ? fullKey(owner.target, key) : key;
  };
  const sections = doc.sections.map((section) => {
    const key = section.ticket === null ? null : full(section.ticket);
    return section.ticket === null || key === null || key === section.ticket.key ? section : { ...section, ticket: { ...section.ticket, key } };
  });
  const removed = doc.removed.map((marker) => ({ ...marker, key: full(marker) }));
  return { ...doc, sections, removed };
}
