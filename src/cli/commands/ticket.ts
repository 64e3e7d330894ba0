/** `canon ticket`: looking tickets up, and answers to questions about those that people made. */

import type { CommandEntry, CommandGroup } from "../command.ts";

const LOOK = "Look";
const ANSWER = "Answer";

const commands: readonly CommandEntry[] = [
  { name: "show", section: LOOK, summary: "show any ticket, by key or address", load: async () => (await import("./ticket-show.ts")).ticketShow },
  { name: "match", section: LOOK, summary: "print the tickets that a text names (offline)", load: async () => (await import("./ticket-match.ts")).ticketMatch },
  {
    name: "accept",
    section: ANSWER,
    summary: "write a section for a ticket that people made",
    load: async () => (await import("./ticket-accept.ts")).ticketAccept,
  },
  { name: "ignore", section: ANSWER, summary: "leave tickets alone that people made", load: async () => (await import("./ticket-ignore.ts")).ticketIgnore },
];

export const ticket: CommandGroup = {
  kind: "group",
  about:
    "People make tickets below those of sections, or where inbox: says. Every plan asks about them until somebody answers: the section they are about, or a label on the ticket that every runner reads.",
  commands,
};
