/** Every command with its one line of help; the rest of a command is loaded only when it runs. */

import type { CommandEntry } from "./command.ts";

const FIRST = "First steps";
const DAILY = "Every day";
const TARGETS = "Targets";
const LOCAL = "Local tracker";
const HELP = "Help";

export const COMMANDS: readonly CommandEntry[] = [
  {
    name: "demo",
    section: FIRST,
    summary: "make a small project and apply it on the local tracker",
    load: async () => (await import("./commands/demo.ts")).demo,
  },
  { name: "init", section: FIRST, summary: "write canon.config.yaml for this folder", load: async () => (await import("./commands/init.ts")).init },
  { name: "list", section: FIRST, summary: "show what would be a ticket, and why not (offline)", load: async () => (await import("./commands/list.ts")).list },
  { name: "track", section: FIRST, summary: "mark sections that shall be tickets", load: async () => (await import("./commands/track.ts")).track },
  { name: "skip", section: FIRST, summary: "mark sections that shall not be tickets", load: async () => (await import("./commands/track.ts")).skip },
  { name: "validate", section: FIRST, summary: "check specs and configuration (offline)", load: async () => (await import("./commands/validate.ts")).validate },
  { name: "plan", section: DAILY, summary: "show what apply would do; writes nothing", load: async () => (await import("./commands/plan.ts")).plan },
  { name: "apply", section: DAILY, summary: "show the plan, ask, and carry it out", load: async () => (await import("./commands/apply.ts")).apply },
  {
    name: "pull",
    section: DAILY,
    summary: "bring what people changed on tickets into the specs",
    load: async () => (await import("./commands/pull.ts")).pull,
  },
  { name: "sync", section: DAILY, summary: "apply and pull in one plan", load: async () => (await import("./commands/sync.ts")).sync },
  {
    name: "resolve",
    section: DAILY,
    summary: "decide what stands where both sides changed",
    load: async () => (await import("./commands/resolve.ts")).resolve,
  },
  { name: "status", section: DAILY, summary: "how far every spec is, and what waits for you", load: async () => (await import("./commands/status.ts")).status },
  { name: "drift", section: DAILY, summary: "show what people changed in the trackers", load: async () => (await import("./commands/drift.ts")).drift },
  { name: "adopt", section: DAILY, summary: "link tickets that people made to sections", load: async () => (await import("./commands/adopt.ts")).adopt },
  { name: "move", section: DAILY, summary: "move sections with their tickets to another target", load: async () => (await import("./commands/move.ts")).move },
  {
    name: "ticket",
    section: DAILY,
    summary: "look tickets up; answer questions about those of people",
    load: async () => (await import("./commands/ticket.ts")).ticket,
  },
  { name: "show", section: DAILY, summary: "show a section with its ticket", load: async () => (await import("./commands/show.ts")).show },
  {
    name: "recreate",
    section: DAILY,
    summary: "give sections a new ticket whose own is gone",
    load: async () => (await import("./commands/recreate.ts")).recreate,
  },
  { name: "undo", section: DAILY, summary: "close the tickets that a run created", load: async () => (await import("./commands/undo.ts")).undo },
  { name: "runs", section: DAILY, summary: "list past runs, and what became of them", load: async () => (await import("./commands/runs.ts")).runs },
  {
    name: "bot",
    section: DAILY,
    summary: "plans on pull requests, and changes of tickets as pull requests",
    load: async () => (await import("./commands/bot.ts")).bot,
  },
  { name: "lock", section: DAILY, summary: "show who is writing; break a dead run's lease", load: async () => (await import("./commands/lock.ts")).lock },
  {
    name: "target",
    section: TARGETS,
    summary: "list, check and explain the trackers of the configuration",
    load: async () => (await import("./commands/target.ts")).target,
  },
  {
    name: "doctor",
    section: TARGETS,
    summary: "check all targets and the code host: connection, scopes, statuses",
    load: async () => (await import("./commands/doctor.ts")).doctor,
  },
  { name: "local", section: LOCAL, summary: "be the engineer and the product manager there", load: async () => (await import("./commands/local.ts")).local },
  { name: "explain", section: HELP, summary: "explain the code of a message", load: async () => (await import("./commands/explain.ts")).explain },
  { name: "schema", section: HELP, summary: "print the JSON Schema of the configuration", load: async () => (await import("./commands/schema.ts")).schema },
  {
    name: "completion",
    section: HELP,
    summary: "print a completion script for bash, zsh or fish",
    load: async () => (await import("./commands/completion.ts")).completionFor(COMMANDS),
  },
  { name: "clean", section: HELP, summary: "remove .canon/cache", load: async () => (await import("./commands/clean.ts")).clean },
  { name: "help", section: HELP, summary: "show help for a command; --json for all", load: async () => (await import("./commands/help.ts")).helpFor(COMMANDS) },
];
