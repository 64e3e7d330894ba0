/** `canon lock`: who is writing to what, and how to take the lease of a dead run away. */

import type { CommandEntry, CommandGroup } from "../command.ts";

const commands: readonly CommandEntry[] = [
  { name: "show", section: "Look", summary: "show who is writing, and what runs left open", load: async () => (await import("./lock-show.ts")).lockShow },
  { name: "break", section: "Change", summary: "take the lease of a dead run away", load: async () => (await import("./lock-break.ts")).lockBreak },
];

export const lock: CommandGroup = {
  kind: "group",
  about:
    "One run writes to a target at a time. In one clone a lock excludes the others; between clones a lease does, kept in the git remote under refs/canon/lock.",
  commands,
};
