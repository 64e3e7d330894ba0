/** All commands as data: what `canon help --json` prints and the reference in docs/cli.md is made of. */

import type { CommandEntry, CommandSpec } from "./command.ts";
import { GLOBAL_OPTIONS, type OptionSpec } from "./option-spec.ts";
import { usageLine } from "./help-text.ts";

export interface CommandDocument {
  /** "plan", "local show". */
  readonly name: string;
  readonly section: string;
  readonly summary: string;
  readonly about: string;
  readonly usage: string;
  readonly operands: { readonly name: string; readonly least: number; /** null: any number. */ readonly most: number | null };
  readonly options: readonly OptionSpec[];
  readonly examples: readonly { readonly command: string; readonly what: string }[];
  readonly json: CommandSpec["json"];
}

export interface HelpDocument {
  readonly globalOptions: readonly OptionSpec[];
  readonly commands: readonly CommandDocument[];
}

export async function helpDocument(commands: readonly CommandEntry[]): Promise<HelpDocument> {
  const documents = await Promise.all(commands.map((entry) => documentsOf(entry, "")));
  return { globalOptions: GLOBAL_OPTIONS, commands: documents.flat() };
}

async function documentsOf(entry: CommandEntry, path: string): Promise<readonly CommandDocument[]> {
  const loaded = await entry.load();
  if (loaded.kind === "group")
    return (await Promise.all(loaded.commands.map((inner) => documentsOf({ ...inner, section: entry.section }, `${entry.name} `)))).flat();
  const name = path + entry.name;
  const { about, operands, options, examples, json } = loaded;
  return [
    {
      name,
      section: entry.section,
      summary: entry.summary,
      about,
      usage: usageLine(name, loaded),
      operands: { ...operands, most: Number.isFinite(operands.most) ? operands.most : null },
      options,
      examples: examples.map(([command, what]) => ({ command, what })),
      json,
    },
  ];
}
