/** The command line: finds the command, runs it, and turns whatever happens into words and an exit code. */

import { COMMANDS } from "./command-table.ts";
import type { CommandEntry, CommandSpec } from "./command.ts";
import { paintFor } from "./colour.ts";
import { findCommand, splitLine } from "./find-command.ts";
import { commandHelp, groupHelp, overview } from "./help-text.ts";
import { CANON_VERSION } from "../core/version.ts";
import { pageOf, type Page } from "../views/paint.ts";
import { realWorld, type World } from "./world.ts";

/** The whole program. Returns its exit code; never throws. */
export async function run(words: readonly string[], world: World): Promise<number> {
  let name = "";
  try {
    const { word, rest } = splitLine(words);
    if (word === null) return frontDoor(words, world);
    return await runEntry(findCommand(word, COMMANDS), rest, world, "", (found) => (name = found));
  } catch (error) {
    const { reportFailure } = await import("./report-failure.ts");
    return reportFailure(error, name, words, world);
  }
}

/** `canon`, `canon --help`, `canon --version`. */
function frontDoor(words: readonly string[], world: World): number {
  if (words.includes("--version") || words.includes("-V")) world.stdout.write(`${CANON_VERSION}\n`);
  else world.stdout.write(overview(COMMANDS, helpPage(words, world)));
  return 0;
}

/** `onFound` hears the name as far as it is known: `local`, then `local show`. */
async function runEntry(entry: CommandEntry, rest: readonly string[], world: World, path: string, onFound: (name: string) => void): Promise<number> {
  const name = `${path}${entry.name}`;
  onFound(name);
  const loaded = await entry.load();
  if (loaded.kind === "command") return runCommand(name, entry.summary, loaded, rest, world);
  const { word, rest: further } = splitLine(rest);
  if (word !== null) return runEntry(findCommand(word, loaded.commands, `${entry.name} `), further, world, `${entry.name} `, onFound);
  world.stdout.write(groupHelp(entry.name, entry.summary, loaded, helpPage(rest, world)));
  return 0;
}

async function runCommand(name: string, summary: string, spec: CommandSpec, rest: readonly string[], world: World): Promise<number> {
  if (wantsHelp(rest)) {
    world.stdout.write(commandHelp(name, summary, spec, helpPage(rest, world)));
    return 0;
  }
  const [{ parseInput }, { makeSession }] = await Promise.all([import("./input.ts"), import("./session.ts")]);
  return spec.run(makeSession(name, parseInput(rest, name, spec), world));
}

function wantsHelp(words: readonly string[]): boolean {
  const end = words.indexOf("--");
  return (end < 0 ? words : words.slice(0, end)).some((word) => word === "--help" || word === "-h");
}

function helpPage(words: readonly string[], { stdout, env }: World): Page {
  return pageOf(stdout.size().columns, paintFor(stdout, env, words.includes("--no-color")));
}

/** Called by bin/canon.js. The exit code is set, not forced: what was written must still reach its reader. */
export async function start(): Promise<void> {
  const exitCode = await run(process.argv.slice(2), realWorld());
  process.exitCode = exitCode === 0 ? (process.exitCode ?? 0) : exitCode;
}
