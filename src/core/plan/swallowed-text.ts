/** Tells of a ticket whose text runs into an open comment or code block: what stands in it counts neither as there nor as gone. */

import type { Diagnostic } from "../model/diagnostic.ts";
import type { Ticket } from "../model/ticket.ts";
import type { CompiledItem } from "./compile-items.ts";

export function swallowedText({ address, addressText, line }: CompiledItem, { key }: Ticket): Diagnostic {
  return {
    code: "ticket-swallowed",
    severity: "warning",
    place: { path: address.path, line },
    message: `A comment or code block on ${key} is never closed and swallows the text below it. Nothing of it is taken for removed.`,
    hint: `Close it on the ticket; or let the spec stand: canon resolve ${addressText} --keep spec.`,
  };
}
