/** `canon help`: the same pages as `--help`, and all of it for programs. */

import { EXIT } from "../../core/model/exit-code.ts";
import type { Page } from "../../views/paint.ts";
import type { CommandEntry, CommandSpec } from "../command.ts";
import { findCommand } from "../find-command.ts";
import { helpDocument } from "../help-document.ts";
import { commandHelp, groupHelp, overview } from "../help-text.ts";

/** The table is passed in, because it names this module. */
export function helpFor(commands: readonly CommandEntry[]): CommandSpec {
  return {
    kind: "command",
    about: "Shows what a command does, with examples. --json prints every command with its flags, for completion and for coding agents.",
    operands: { name: "COMMAND", least: 0, most: 2 },
    options: [],
    examples: [
      ["canon help plan", "one command"],
      ["canon help --json", "all of them, for programs"],
    ],
    json: "document",
    run: async (session) => {
      if (session.json) return session.document(EXIT.ok, [], await helpDocument(commands));
      session.print(await pageFor(session.input.operands, commands, session.page));
      return EXIT.ok;
    },
  };
}

async function pageFor([word, further]: readonly string[], commands: readonly CommandEntry[], page: Page): Promise<string> {
  if (word === undefined) return overview(commands, page);
  const entry = findCommand(word, commands);
  const loaded = await entry.load();
  if (loaded.kind === "command") return commandHelp(entry.name, entry.summary, loaded, page);
  if (further === undefined) return groupHelp(entry.name, entry.summary, loaded, page);
  const inner = findCommand(further, loaded.commands, `${word} `);
  const spec = await inner.load();
  return spec.kind === "command" ? commandHelp(`${word} ${inner.name}`, inner.summary, spec, page) : "";
}
