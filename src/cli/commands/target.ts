/** `canon target`: the trackers that the configuration names. */

import type { CommandEntry, CommandGroup } from "../command.ts";

const LOOK = "Look";

const commands: readonly CommandEntry[] = [
  {
    name: "list",
    section: LOOK,
    summary: "list the targets, and whether their credentials are set (offline)",
    load: async () => (await import("./target-list.ts")).targetList,
  },
  {
    name: "check",
    section: LOOK,
    summary: "connect, and say who Canon is there and what is wrong",
    load: async () => (await import("./target-check.ts")).targetCheck,
  },
  {
    name: "statuses",
    section: LOOK,
    summary: "show how states and statuses translate",
    load: async () => (await import("./target-statuses.ts")).targetStatuses,
  },
];

export const target: CommandGroup = {
  kind: "group",
  about: "A target is a tracker and a project in it: an entry of ticket_systems.",
  commands,
};
