/** Writes what one merged pull request implements into the specs of the clone, spec by spec. */

import { ticketWord, type FoundSection, type TicketName } from "../../core/bot/implemented-sections.ts";
import { realizedEdit } from "../../core/bot/realized-edit.ts";
import type { MarkerWriter } from "../apply/marker-writer.ts";

export interface MarkWish {
  readonly number: number;
  readonly implemented: readonly FoundSection[];
  readonly paths: readonly string[];
}

export interface Marking {
  /** It was marked before, and what is not there any more was taken away. */
  readonly isMarked: boolean;
  /** The ticket decides: the section gets no other status. */
  readonly isHeld: (ticket: TicketName) => boolean;
  readonly writer: MarkerWriter;
}

export interface RealizedMarks {
  /** Sections that it implements. */
  readonly addresses: readonly string[];
  /** Some of them were written. */
  readonly isNew: boolean;
  /** Tickets (`target key`) whose section's status was moved. */
  readonly forward: readonly string[];
  /** Why others could not be. */
  readonly problems: readonly string[];
}

export async function markRealized({ number, implemented, paths }: MarkWish, { isMarked, isHeld, writer }: Marking): Promise<RealizedMarks> {
  const done = { addresses: [] as string[], isNew: false, forward: [] as string[], problems: [] as string[] };
  if (paths.length === 0) return done;
  for (const [path, found] of Map.groupBy(implemented, (one) => one.path)) {
    const planned = found.flatMap(({ section, ticket }) => {
      const edit = isMarked ? null : realizedEdit(section, number, paths, ticket !== null && isHeld(ticket));
      return edit === null ? [] : [{ edit, ticket }];
    });
    const problem =
      planned.length === 0
        ? null
        : await writer.edit(
            path,
            planned.map(({ edit }) => edit),
          );
    if (problem !== null) {
      done.problems.push(`${path} ${problem}: what PR#${number} implements is not marked there.`);
      continue;
    }
    done.addresses.push(...found.map(({ address }) => address));
    done.isNew ||= planned.length > 0;
    done.forward.push(...planned.flatMap(({ edit, ticket }) => (edit.system && ticket ? [ticketWord(ticket)] : [])));
  }
  return done;
}
