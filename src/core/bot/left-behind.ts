/** Tickets that a pull request leaves without a section: it takes their markers away, and no tombstone says what shall become of them. */

import { printAddress } from "../address.ts";
import type { Config } from "../model/config.ts";
import type { Orphan } from "../model/plan.ts";
import type { SpecDocument } from "../model/spec-document.ts";
import { ownerOfKey } from "../plan/key-owner.ts";
import { ticketToken } from "../spec/print-marker.ts";

/** `before`: the specs that it touches, as they were; `after`: all specs, as they will be. In the order of the specs. */
export function leftBehind(before: readonly SpecDocument[], after: readonly SpecDocument[], config: Config): readonly Orphan[] {
  const kept = new Set(
    after.flatMap(({ sections, removed }) =>
      [...sections.flatMap(({ ticket }) => ticket ?? []), ...removed].map(({ system, key }) => ticketToken(system, key)),
    ),
  );
  return before.flatMap(({ path, sections }) =>
    sections.flatMap(({ ticket, id, title }): readonly Orphan[] => {
      if (ticket === null || kept.has(ticketToken(ticket.system, ticket.key))) return [];
      const owner = ownerOfKey(ticket, config);
      return owner.state === "owned" ? [{ target: owner.target.name, key: ticket.key, title, address: printAddress({ path, id }) }] : [];
    }),
  );
}
