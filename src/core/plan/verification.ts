/** Whether a closed ticket makes its section done: by whoever reads the plan, by the verifier, or without asking (semantics 9). */

import type { FieldNote, Question } from "../model/plan.ts";
import type { Ticket } from "../model/ticket.ts";
import { shellWord } from "../text/shell-word.ts";
import type { CompiledItem } from "./compile-items.ts";
import type { PlanInput } from "./plan-input.ts";

export interface Verification {
  /** Set where the section stays as it is. */
  readonly question: Question | null;
  readonly note: FieldNote | null;
}

export function verificationOf(item: CompiledItem, ticket: Ticket, { config, selection, verified }: PlanInput): Verification {
  switch (config.verify) {
    case "off":
      return { question: null, note: null };
    case "review":
      if (selection.vouches) return { question: null, note: "unverified" };
      return {
        question: question(
          item,
          ticket,
          "nobody has verified it against the code.",
          `Run canon pull ${shellWord(item.addressText)} at a terminal and answer, or set verify: to off or a command.`,
        ),
        note: null,
      };
    case "command": {
      const answer = verified.get(item.addressText);
      if (answer?.isVerified) return { question: null, note: "verified" };
      return { question: question(item, ticket, answer?.message ?? "the verifier has not been asked.", "Finish the work, or reopen the ticket."), note: null };
    }
  }
}

function question(item: CompiledItem, ticket: Ticket, why: string, hint: string): Question {
  return {
    kind: "unverified",
    target: item.target,
    address: item.addressText,
    key: ticket.key,
    text: `${ticket.key} is closed ("${ticket.status}"), but the section stays ${item.fields.status ?? "open"}: ${why}`,
    hint,
  };
}
