/** One run of one command: what was typed, where it prints, and how it opens the workspace. */

import { FORWARD } from "../core/plan/selection.ts";
import { existsSync, statSync } from "node:fs";
import { isAbsolute, relative, resolve, sep } from "node:path";
import type { Diagnostic } from "../core/model/diagnostic.ts";
import { EXIT, EXIT_USAGE, type ExitCode } from "../core/model/exit-code.ts";
import type { Selection } from "../core/model/plan.ts";
import { nearestWord } from "../core/text/nearest-word.ts";
import type { Workspace } from "../operations/workspace.ts";
import { pageOf, type Page } from "../views/paint.ts";
import { paintFor } from "./colour.ts";
import type { Input } from "./input.ts";
import { CommandFailure, usageError } from "./usage-error.ts";
import type { World } from "./world.ts";

export interface Session {
  readonly command: string;
  readonly input: Input;
  readonly world: World;
  /** The folder to work in: `-C`, else the current one. */
  readonly folder: string;
  readonly json: boolean;
  readonly quiet: boolean;
  /** How to print on stdout and on stderr. */
  readonly page: Page;
  readonly errorPage: Page;
  /** For people, on stdout; nothing under --json and --quiet. */
  readonly print: (text: string) => void;
  /** For people, on stderr; nothing under --quiet. */
  readonly tell: (text: string) => void;
  /** The one document of a command that reads; nothing without --json. */
  readonly document: (exitCode: ExitCode, diagnostics: readonly Diagnostic[], content: object) => ExitCode;
  /** One line of a command that writes; nothing without --json. */
  readonly record: (type: string, content: object) => void;
  /** The workspace of `folder`, or of the one that is given. */
  readonly open: (within?: string) => Promise<Workspace>;
  /** A file named on the command line, as an absolute path. */
  readonly inFolder: (file: string) => string;
  /** The addresses that were typed, from the root of the workspace. */
  readonly addresses: (workspace: Workspace) => readonly string[];
  readonly selection: (workspace: Workspace) => Selection;
}

/** The version of every JSON document and record printed. */
const FORMAT = 1;

export function makeSession(command: string, input: Input, world: World): Session {
  const [json, quiet, noColour] = [input.flag("json"), input.flag("quiet"), input.flag("no-color")];
  const folder = folderOf(input.text("C"), world);
  const printJson = (content: object): void => {
    if (json) world.stdout.write(`${JSON.stringify(content)}\n`);
  };
  return {
    command,
    input,
    world,
    folder,
    json,
    quiet,
    page: pageOf(world.stdout.size().columns, paintFor(world.stdout, world.env, noColour)),
    errorPage: pageOf(world.stderr.size().columns, paintFor(world.stderr, world.env, noColour)),
    print: (text) => {
      if (!json && !quiet) world.stdout.write(text);
    },
    tell: (text) => {
      if (!quiet) world.stderr.write(text);
    },
    document: (exitCode, diagnostics, content) => {
      printJson({ format: FORMAT, command, exitCode, diagnostics, ...content });
      return exitCode;
    },
    record: (type, content) => printJson(type === "summary" ? { type, format: FORMAT, command, ...content } : { type, ...content }),
    open: (within) => openWorkspace(within ?? folder, within === undefined ? input.text("config") : null, world),
    inFolder: (file) => resolve(folder, file),
    addresses: ({ root }) => input.operands.map((operand) => fromRoot(operand, folder, root)),
    selection: (workspace) => selectionOf(input, folder, workspace),
  };
}

/** A folder that is missing must not lead to the configuration of one above it. */
function folderOf(typed: string | null, world: World): string {
  const folder = resolve(world.cwd, typed ?? ".");
  if (typed !== null && !statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw usageError(`There is no folder ${typed}.`, "Check the path after -C.");
  return folder;
}

async function openWorkspace(folder: string, config: string | null, world: World): Promise<Workspace> {
  const [{ openWorkspace: open }, { connect, openSource }] = await Promise.all([import("../operations/workspace.ts"), import("../wiring.ts")]);
  const opened = await open({
    cwd: folder,
    ...(config === null ? {} : { config }),
    ...(world.clock === undefined ? {} : { clock: world.clock }),
    env: world.env,
    connect,
    openSource,
    onWait: (target, seconds) => world.stderr.write(`${target}: its limit of requests is reached, waiting ${seconds} s\n`),
  });
  if (!opened.ok) throw new CommandFailure(opened.diagnostics, EXIT.error);
  return opened.workspace;
}

function selectionOf(input: Input, folder: string, { root, config }: Workspace): Selection {
  const listed = (name: string): readonly string[] => (input.has(name) ? input.list(name) : []);
  checkTargets(
    listed("target"),
    config.targets.map(({ name }) => name),
  );
  return {
    addresses: input.operands.map((operand) => fromRoot(operand, folder, root)),
    exclude: listed("exclude").map((address) => fromRoot(address, folder, root)),
    targets: listed("target"),
    includeDone: input.has("include-done") && input.flag("include-done"),
    ...FORWARD,
  };
}

/** Of names of targets that were typed. */
export function checkTargets(asked: readonly string[], known: readonly string[]): void {
  const stranger = asked.find((name) => !known.includes(name));
  if (stranger === undefined) return;
  const near = nearestWord(stranger, known);
  const hint = near === null ? `ticket_systems has: ${known.join(", ")}.` : `Did you mean ${near}?`;
  throw new CommandFailure([{ code: "target-unknown", severity: "error", message: `The configuration has no target "${stranger}".`, hint }], EXIT_USAGE);
}

/** Addresses are typed from where one stands and mean paths from the root; what only exists from the root may be typed so. */
export function fromRoot(address: string, folder: string, root: string): string {
  if (address.trim() === "") throw usageError("An address is empty.", "Leave it out to mean everything; check the variable that was to hold it.");
  const at = address.lastIndexOf("#");
  const [path, section] = at < 0 ? [address, ""] : [address.slice(0, at), address.slice(at)];
  const here = resolve(folder, path);
  if (path === "" || (!isAbsolute(path) && !existsSync(here) && existsSync(resolve(root, path)))) return address;
  const inside = relative(root, here).split(sep);
  return (inside[0] === ".." ? here : inside.join("/")) + section;
}
