/** Reads `rewrites=jira searchLag=500`: the switches of the local tracker as words on a command line. */

import { nearestWord } from "../core/text/nearest-word.ts";
import type { Desk } from "./open-desk.ts";
import { usageError } from "./usage-error.ts";

type Behaviour = Awaited<ReturnType<Desk["behaviour"]>>;
type Change = Partial<Behaviour>;

const READERS: Readonly<Record<keyof Behaviour, (word: string) => Change>> = {
  rewrites: (word) => ({ rewrites: oneOf(["none", "linear", "jira", "github"], word) }),
  searchLag: (word) => ({ searchLag: milliseconds(word) }),
  readLag: (word) => ({ readLag: milliseconds(word) }),
  clientIds: (word) => ({ clientIds: onOff(word) }),
  conditionalWrite: (word) => ({ conditionalWrite: onOff(word) }),
  workflow: (word) => ({ workflow: oneOf(["free", "strict"], word) }),
  nesting: (word) => ({ nesting: oneOf(["default", "none", "surprise"], word) }),
  history: (word) => ({ history: onOff(word) }),
  convertsTypes: (word) => ({ convertsTypes: onOff(word) }),
  embedded: (word) => ({ embedded: onOff(word) }),
};

export const SWITCHES: readonly string[] = Object.keys(READERS);

export function behaviourChange(words: readonly string[]): Change {
  return words.map(readSwitch).reduce((all, one) => ({ ...all, ...one }), {});
}

function readSwitch(word: string): Change {
  const [name = "", value = ""] = word.split("=", 2);
  const reader = Object.entries(READERS).find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1];
  if (reader !== undefined) return reader(value);
  const near = nearestWord(name, SWITCHES);
  throw usageError(`The local tracker has no switch "${name}".`, near === null ? `It has: ${SWITCHES.join(", ")}.` : `Did you mean ${near}?`);
}

function oneOf<const W extends string>(words: readonly W[], word: string): W {
  const found = words.find((known) => known === word);
  if (found === undefined) throw usageError(`"${word}" is none of ${words.join(", ")}.`, "Write SWITCH=VALUE.");
  return found;
}

function milliseconds(word: string): number {
  if (!/^\d+$/.test(word)) throw usageError(`"${word}" is no number of milliseconds.`, "Write SWITCH=VALUE.");
  return Number(word);
}

function onOff(word: string): boolean {
  return oneOf(["true", "false"], word) === "true";
}
