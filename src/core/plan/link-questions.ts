/** Questions that arise while tickets are looked for: what a marker names is not there, or not the section's; what a run left may be. */

import type { Claim } from "../model/claim.ts";
import type { Question } from "../model/plan.ts";
import type { Ticket } from "../model/ticket.ts";
import { shellWord } from "../text/shell-word.ts";
import type { CompiledItem } from "./compile-items.ts";

export function doubtQuestion(item: CompiledItem): Question {
  return {
    kind: "in-doubt",
    target: item.target,
    address: item.addressText,
    key: null,
    text: "An interrupted run may have created a ticket for this section; nobody knows yet.",
    hint: "canon apply finds out before it writes anything.",
  };
}

export function missing(item: CompiledItem, key: string): Question {
  return {
    kind: "ticket-missing",
    target: item.target,
    address: item.addressText,
    key,
    text: `The marker names ${key}, which ${item.target} does not have, or does not show to this account.`,
    hint: `Correct the key, or: canon recreate ${shellWord(item.addressText)}`,
  };
}

/** A ticket is given back before its marker goes: here that was cut short, or the marker goes elsewhere. */
export function released(item: CompiledItem, ticket: Ticket): Question {
  return {
    kind: "released",
    target: item.target,
    address: item.addressText,
    key: ticket.key,
    text: `${ticket.key} was given back, by canon undo or a tombstone, and the section still names it.`,
    hint: `Run that canon undo again, or get the specs that it was run on; a new ticket for the section: canon recreate ${shellWord(item.addressText)}`,
  };
}

export function archived(item: CompiledItem, ticket: Ticket): Question {
  return {
    kind: "archived",
    target: item.target,
    address: item.addressText,
    key: ticket.key,
    text: `${ticket.key} was archived, so nothing can be written to it.`,
    hint: `Bring the ticket back, or write status:deprecated in its system marker; canon skip ${shellWord(item.addressText)} leaves both as they are.`,
  };
}

export function copied(item: CompiledItem, ticket: Ticket): Question {
  return {
    kind: "copy",
    target: item.target,
    address: item.addressText,
    key: ticket.key,
    text: `${ticket.key} is a copy that a person made of another ticket.`,
    hint: `canon adopt ${shellWord(ticket.key)} ${shellWord(item.addressText)} makes it this section's own; or let the marker name the original.`,
  };
}

export function claimQuestion(item: CompiledItem, claim: Claim): Question {
  return {
    kind: "claim",
    target: item.target,
    address: item.addressText,
    key: claim.key,
    text: `${claim.key} "${claim.title}" was created for ${claim.path}#${claim.section} and its marker never arrived; this section may be the one.`,
    hint: `If it is: canon adopt ${shellWord(claim.key)} ${shellWord(item.addressText)}. If not, adopt it where it belongs, or canon skip ${shellWord(item.addressText)}.`,
  };
}
