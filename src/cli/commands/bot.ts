/** `canon bot`: Canon on pull requests. */

import type { CommandEntry, CommandGroup } from "../command.ts";

const READ = "Look";
const WRITE = "Carry out";

const commands: readonly CommandEntry[] = [
  { name: "plan", section: READ, summary: "say on pull requests what merging them does to tickets", load: async () => (await import("./bot-plan.ts")).botPlan },
  {
    name: "apply",
    section: WRITE,
    summary: "carry out what was reviewed on merged pull requests",
    load: async () => (await import("./bot-apply.ts")).botApply,
  },
  {
    name: "pull",
    section: WRITE,
    summary: "propose what people changed on tickets, as pull requests",
    load: async () => (await import("./bot-pull.ts")).botPull,
  },
  { name: "run", section: WRITE, summary: "do what the event of a GitHub workflow asks for", load: async () => (await import("./bot-run.ts")).botRun },
];

export const bot: CommandGroup = {
  kind: "group",
  about:
    "Says on pull requests what merging them does to tickets, carries it out after the merge, and proposes what people changed on tickets as pull requests. Runs in any CI; docs/bot.md tells how.",
  commands,
};
