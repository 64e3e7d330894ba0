/** What was typed after a command, checked against what it takes. */

import { Command, Option } from "commander";
import { nearestWord } from "../core/text/nearest-word.ts";
import { GLOBAL_OPTIONS, type Grammar, type OptionSpec } from "./option-spec.ts";
import { flagOfNeighbour } from "./neighbours.ts";
import { usageError } from "./usage-error.ts";

/** Options are asked for by their long name, `-C` by its letter; asking for one that the command lacks is our own mistake. */
export interface Input {
  readonly operands: readonly string[];
  /** True for options that the command declares. */
  readonly has: (name: string) => boolean;
  readonly flag: (name: string) => boolean;
  readonly text: (name: string) => string | null;
  readonly list: (name: string) => readonly string[];
}

export function parseInput(words: readonly string[], name: string, spec: Grammar): Input {
  const parser = parserOf(name, spec.options);
  checkLastValue(words, name, parser);
  const { operands, unknown } = parser.parseOptions([...words]);
  const stranger = unknown[0];
  if (stranger !== undefined) throw unknownFlag(stranger, name, parser);
  checkCount(operands, name, spec);
  return inputOf(parser, operands);
}

function parserOf(name: string, options: readonly OptionSpec[]): Command {
  const parser = new Command(name).helpOption(false);
  for (const option of [...options, ...GLOBAL_OPTIONS]) parser.addOption(commanderOption(option));
  return parser;
}

/** `--out FILE` → `--out <FILE>`. */
function commanderOption({ flags, help, many }: OptionSpec): Option {
  const option = new Option(flags.replace(/ ([A-Z]+)$/, " <$1>"), help);
  return many === true ? option.argParser((value: string, before: readonly string[] | undefined) => [...(before ?? []), value]) : option;
}

/** A flag without its value can only stand at the end: anywhere else it takes the next word. */
function checkLastValue(words: readonly string[], name: string, parser: Command): void {
  const last = words.at(-1);
  const option =
    last === undefined || words.includes("--") ? undefined : parser.options.find((one) => one.required && (one.long === last || one.short === last));
  if (option !== undefined) throw usageError(`canon ${name}: ${last} needs a value.`, `Write ${option.flags.replace(/[<>]/g, "")}.`);
}

function unknownFlag(flag: string, name: string, parser: Command): Error {
  const word = flag.replace(/=.*$/s, "");
  const known = parser.options.flatMap((option) => [option.long, option.short]).filter((form) => typeof form === "string");
  const meant = flagOfNeighbour(word, name) ?? (known.includes(word) ? `${word} takes no value.` : null);
  const near = nearestWord(word, known);
  return usageError(`canon ${name} does not know ${word}.`, meant ?? (near === null ? `Run canon ${name} --help.` : `Did you mean ${near}?`));
}

function checkCount(operands: readonly string[], name: string, { operands: wanted }: Grammar): void {
  if (operands.length < wanted.least) throw usageError(`canon ${name} needs ${wanted.name}.`, `Run canon ${name} --help.`);
  const extra = operands[wanted.most];
  if (extra !== undefined)
    throw usageError(`canon ${name} does not take "${extra}"${wanted.most === 0 ? "" : ` besides ${wanted.name}`}.`, `Run canon ${name} --help.`);
}

function inputOf(parser: Command, operands: readonly string[]): Input {
  const values: Readonly<Record<string, unknown>> = parser.opts();
  const find = (name: string): Option => {
    const option = parser.options.find((one) => one.long === `--${name}` || one.short === `-${name}`);
    if (option === undefined) throw new Error(`canon ${parser.name()} declares no option ${name}`);
    return option;
  };
  return {
    operands,
    has: (name) => parser.options.some((one) => one.long === `--${name}` || one.short === `-${name}`),
    flag: (name) => {
      const option = find(name);
      return option.negate ? values[option.attributeName()] === false : values[option.attributeName()] === true;
    },
    text: (name) => {
      const value = values[find(name).attributeName()];
      return typeof value === "string" ? value : null;
    },
    list: (name) => {
      const value = values[find(name).attributeName()];
      return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
    },
  };
}
