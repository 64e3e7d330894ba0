/** The table of commands as shells need it: for every command its flags, and what may stand in each place. */

import type { HelpDocument } from "../help-document.ts";
import type { OptionSpec } from "../option-spec.ts";

export const SHELLS = ["bash", "zsh", "fish"] as const;

export type ShellName = (typeof SHELLS)[number];

/** What completes a place: addresses of the workspace, the shell's own file names, or these words. */
export type Place = "addresses" | "files" | readonly string[];

export interface CompletedFlag {
  /** "--out", "-n". */
  readonly flag: string;
  readonly help: string;
  /** null: it takes no value. */
  readonly value: Place | null;
}

export interface CompletedCommand {
  /** "plan", "local show". */
  readonly name: string;
  readonly flags: readonly CompletedFlag[];
  readonly operand: Place;
}

export interface CompletionTable {
  readonly commands: readonly CompletedCommand[];
  /** Flags of every command. */
  readonly globals: readonly CompletedFlag[];
  /** Words at the top, and those that follow "local", with what they do. */
  readonly menus: ReadonlyMap<string, readonly (readonly [string, string])[]>;
}

/** `summaries`: of the words at the top, groups included. */
export function completionTable({ commands, globalOptions }: HelpDocument, summaries: readonly (readonly [string, string])[]): CompletionTable {
  const menus = new Map<string, readonly (readonly [string, string])[]>([["", summaries]]);
  for (const { name, summary } of commands) {
    const [group = "", word] = name.split(" ");
    if (word !== undefined) menus.set(group, [...(menus.get(group) ?? []), [word, summary]]);
  }
  const words = summaries.map(([word]) => word);
  return {
    commands: commands.map(({ name, options, operands }) => ({
      name,
      flags: options.flatMap((option) => flagsOf(option, words)),
      operand: placeOf(operands.name, words),
    })),
    globals: globalOptions.flatMap((option) => flagsOf(option, words)),
    menus,
  };
}

/** `-h, --help` are two; `--out FILE` takes a value. */
function flagsOf({ flags, help }: OptionSpec, words: readonly string[]): readonly CompletedFlag[] {
  const [names = "", value] = flags.split(/ (?=[A-Z]+$)/);
  return names.split(", ").map((flag) => ({ flag, help, value: value === undefined ? null : placeOf(value, words) }));
}

/** By the word that help prints for the place. */
function placeOf(word: string, commands: readonly string[]): Place {
  if (word.split(" ").includes("ADDRESS")) return "addresses";
  switch (word) {
    case "FILE":
    case "FOLDER":
    case "DIR":
      return "files";
    case "COMMAND":
      return commands;
    case "SHELL":
      return SHELLS;
    default:
      return [];
  }
}

/** As one word of a POSIX shell. */
export function shellQuoted(text: string): string {
  return /^[\w./=:-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
