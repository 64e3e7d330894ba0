/** Finds which command a line of words means, and offers the nearest one where it means none. */

import { nearestWord } from "../core/text/nearest-word.ts";
import type { CommandEntry } from "./command.ts";
import { neighbourOf } from "./neighbours.ts";
import { usageError } from "./usage-error.ts";

export interface SplitLine {
  /** The first word that is no flag; null where there are flags only. */
  readonly word: string | null;
  /** All the others, in order. */
  readonly rest: readonly string[];
}

/** Global flags that take a value, and may stand before the command. */
const WITH_VALUE = new Set(["-C", "--config"]);

export function splitLine(words: readonly string[]): SplitLine {
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? "";
    if (WITH_VALUE.has(word)) index += 1;
    else if (!word.startsWith("-")) return { word, rest: words.toSpliced(index, 1) };
  }
  return { word: null, rest: words };
}

/** `path` is "" at the top, "local " within a group. */
export function findCommand(word: string, commands: readonly CommandEntry[], path: string = ""): CommandEntry {
  const found = commands.find((command) => command.name === word);
  if (found !== undefined) return found;
  throw usageError(`canon has no command "${path}${word}".`, suggestion(word, commands, path));
}

function suggestion(word: string, commands: readonly CommandEntry[], path: string): string {
  const neighbour = path === "" ? neighbourOf(word) : null;
  const meant =
    neighbour?.use ??
    (neighbour === null
      ? nearestWord(
          word,
          commands.map((command) => command.name),
        )
      : null);
  const question = meant === null ? "" : `Did you mean canon ${path}${meant}?`;
  const words = [question, neighbour?.say ?? ""].filter((part) => part !== "").join(" ");
  return words === "" ? `canon ${path}--help lists them.` : words;
}
