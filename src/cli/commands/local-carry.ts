/** `canon local export`, `import` and `behave`: the project as a whole. */

import { readFile } from "node:fs/promises";
import { EXIT } from "../../core/model/exit-code.ts";
import type { CommandSpec } from "../command.ts";
import { count } from "../../views/words.ts";
import { NO_OPERANDS } from "../option-spec.ts";
import { behaviourChange, SWITCHES } from "../local-behaviour.ts";
import { withDesk } from "../open-desk.ts";
import { CommandFailure } from "../usage-error.ts";
import { TARGET } from "./local-read.ts";

export const localExport: CommandSpec = {
  kind: "command",
  about: "Prints everything of the project as sorted JSON lines, which may be committed and compared.",
  operands: NO_OPERANDS,
  options: [TARGET],
  examples: [["canon local export > tickets.jsonl", "a copy to commit"]],
  json: "document",
  run: (session) =>
    withDesk(session, async (desk) => {
      session.world.stdout.write(await desk.exportProject());
      return EXIT.ok;
    }),
};

export const localImport: CommandSpec = {
  kind: "command",
  about: "Reads what canon local export printed into an empty project.",
  operands: { name: "FILE", least: 1, most: 1 },
  options: [TARGET],
  examples: [["canon local import tickets.jsonl", "the same tickets again"]],
  json: "lines",
  run: (session) =>
    withDesk(session, async (desk) => {
      const { tickets } = await desk.importProject(await textOf(session.inFolder(session.input.operands[0] ?? "")));
      session.print(`  ${count(tickets, "ticket is", "tickets are")} in ${desk.project} now.\n`);
      session.record("summary", { exitCode: EXIT.ok, diagnostics: [], tickets });
      return EXIT.ok;
    }),
};

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch {
    throw new CommandFailure([{ code: "usage", severity: "error", message: `${file} cannot be read.`, hint: "Name a file that canon local export wrote." }]);
  }
}

export const localBehave: CommandSpec = {
  kind: "command",
  about: `Shows or sets how this project behaves, to try what real trackers do: rewrite text, lag behind, refuse steps. Switches: ${SWITCHES.join(", ")}.`,
  operands: { name: "SWITCH=VALUE", least: 0, most: Infinity },
  options: [TARGET],
  examples: [
    ["canon local behave", "as it is"],
    ["canon local behave rewrites=jira workflow=strict", "as Jira does"],
  ],
  json: "lines",
  run: (session) =>
    withDesk(session, async (desk) => {
      const words = session.input.operands;
      const behaviour = words.length === 0 ? await desk.behaviour() : await desk.behave(behaviourChange(words));
      session.print(
        Object.entries(behaviour)
          .map(([name, value]) => `  ${name.padEnd(16)}  ${String(value)}\n`)
          .join(""),
      );
      session.record("summary", { exitCode: EXIT.ok, diagnostics: [], behaviour });
      return EXIT.ok;
    }),
};
