/** `canon completion`: a script that lets a shell complete commands, flags and addresses. */

import { EXIT } from "../../core/model/exit-code.ts";
import { cleanLine } from "../../core/text/terminal-text.ts";
import { completeAddress } from "../../operations/complete-address.ts";
import type { CommandEntry, CommandSpec } from "../command.ts";
import { completionTable, SHELLS, type ShellName } from "../completion/completion-table.ts";
import { helpDocument } from "../help-document.ts";
import { usageError } from "../usage-error.ts";

/** The table is passed in, because it names this module. */
export function completionFor(commands: readonly CommandEntry[]): CommandSpec {
  return {
    kind: "command",
    about:
      "Prints a script for bash, zsh or fish that completes commands, flags, and addresses: files of specs, then the sections in them. The script's first lines say where to put it.",
    operands: { name: "SHELL", least: 0, most: 1 },
    options: [{ flags: "--addresses PREFIX", help: "print the addresses that begin so (the script asks for them)" }],
    examples: [
      ["canon completion bash > ~/.local/share/bash-completion/completions/canon", "bash, for good"],
      ["canon completion zsh > ~/.zfunc/_canon", "zsh, with ~/.zfunc in fpath"],
      ["canon completion fish > ~/.config/fish/completions/canon.fish", "fish, for good"],
    ],
    json: "document",
    run: async (session) => {
      const prefix = session.input.text("addresses");
      if (prefix !== null) {
        const candidates = await completeAddress({ folder: session.folder, config: session.input.text("config") }, prefix);
        session.print(candidates.map(({ text, title }) => `${text}${title === "" ? "" : `\t${cleanLine(title)}`}\n`).join(""));
        return session.document(EXIT.ok, [], { candidates });
      }
      const shell = SHELLS.find((name) => name === session.input.operands[0]);
      if (shell === undefined) throw usageError(`canon completion knows the shells ${SHELLS.join(", ")}.`, "Write for example: canon completion bash");
      const script = await scriptFor(shell, commands);
      session.print(script);
      return session.document(EXIT.ok, [], { shell, script });
    },
  };
}

/** The scripts are loaded only here: completing an address must be quick. */
async function scriptFor(shell: ShellName, commands: readonly CommandEntry[]): Promise<string> {
  const table = completionTable(
    await helpDocument(commands),
    commands.map(({ name, summary }) => [name, summary] as const),
  );
  switch (shell) {
    case "bash":
      return (await import("../completion/bash-script.ts")).bashScript(table);
    case "zsh":
      return (await import("../completion/zsh-script.ts")).zshScript(table);
    case "fish":
      return (await import("../completion/fish-script.ts")).fishScript(table);
  }
}
