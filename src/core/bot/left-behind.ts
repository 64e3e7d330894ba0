/** Tickets that a pull request leaves without a section: it takes their markers away, and no tombstone says what shall become of them. */

import { printAddress } from "../address.ts";
import type { Config } from "../model/config.ts";
import type { Orphan } from "../model/plan.ts";
import type { SpecDocument } from "../model/spec-document.ts";
import { ownersOfKey } from "../plan/key-owner.ts";

/** `before`: the specs that it touches, as they were; `after`: all specs, as they will be. In the order of the specs. */
export function leftBehind(before: readonly SpecDocument[], after: readonly SpecDocument[], config: Config): readonly Orphan[] {
  const kept = new Set(after.flatMap(({ sections, removed }) => [...sections.flatMap(({ ticket }) => ticket?.key ?? []), ...removed.map(({ key }) => key)]));
  return before.flatMap(({ path, sections }) =>
    sections.flatMap(({ ticket, id, title }): readonly Orphan[] => {
      const owner = ticket === null || kept.has(ticket.key) ? undefined : ownersOfKey(ticket.key, config)[0];
      return ticket === null || owner === undefined ? [] : [{ target: owner.name, key: ticket.key, title, address: printAddress({ path, id }) }];
    }),
  );
}
