/** `canon local`: be the engineer and the product manager on the local tracker. */

import type { CommandEntry, CommandGroup } from "../command.ts";

const READ = "Look";
const WRITE = "Change";
const MOVE = "Carry over";

const commands: readonly CommandEntry[] = [
  { name: "list", section: READ, summary: "list tickets as a tree", load: async () => (await import("./local-read.ts")).localList },
  { name: "show", section: READ, summary: "show one ticket", load: async () => (await import("./local-read.ts")).localShow },
  { name: "create", section: WRITE, summary: "make a ticket", load: async () => (await import("./local-write.ts")).localCreate },
  { name: "edit", section: WRITE, summary: "change title, body, type or parent", load: async () => (await import("./local-write.ts")).localEdit },
  {
    name: "criterion",
    section: WRITE,
    summary: "add, tick, untick, reword or remove a criterion",
    load: async () => (await import("./local-write.ts")).localCriterion,
  },
  { name: "move", section: WRITE, summary: "give a ticket another status", load: async () => (await import("./local-write.ts")).localMove },
  { name: "close", section: WRITE, summary: "close a ticket as done, or canceled", load: async () => (await import("./local-write.ts")).localClose },
  { name: "reopen", section: WRITE, summary: "open a ticket again", load: async () => (await import("./local-write.ts")).localReopen },
  { name: "comment", section: WRITE, summary: "write a comment", load: async () => (await import("./local-write.ts")).localComment },
  { name: "label", section: WRITE, summary: "add and remove labels", load: async () => (await import("./local-write.ts")).localLabel },
  { name: "archive", section: WRITE, summary: "put a ticket away, or back with --undo", load: async () => (await import("./local-write.ts")).localArchive },
  {
    name: "duplicate",
    section: WRITE,
    summary: "copy a ticket as trackers do, hidden data and all",
    load: async () => (await import("./local-write.ts")).localDuplicate,
  },
  {
    name: "transfer",
    section: WRITE,
    summary: "move a ticket to another project of the same file",
    load: async () => (await import("./local-write.ts")).localTransfer,
  },
  { name: "remove", section: WRITE, summary: "take a ticket away for good", load: async () => (await import("./local-write.ts")).localRemove },
  { name: "export", section: MOVE, summary: "print the project as sorted JSON lines", load: async () => (await import("./local-carry.ts")).localExport },
  { name: "import", section: MOVE, summary: "read such lines into an empty project", load: async () => (await import("./local-carry.ts")).localImport },
  { name: "behave", section: MOVE, summary: "make the tracker as difficult as real ones", load: async () => (await import("./local-carry.ts")).localBehave },
];

export const local: CommandGroup = {
  kind: "group",
  about:
    "Works on a target with system: local as people work on a real tracker, so that everything Canon does can be tried without one. CANON_USER names who you are.",
  commands,
};
