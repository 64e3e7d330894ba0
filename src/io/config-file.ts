/** Finds the configuration from a folder upwards and reads it. Nothing that stands in a repository is ever executed. */

// Not cosmiconfig: its constructor first looks for its own settings, and for those it runs `.config/config.js` of the
// working directory, whatever loaders it was given (Explorer, `getUserDefinedOptionsFromMetaConfig`, 10.0.1). It also
// steps over a file it may not read and takes the one of a parent folder.

import { readFile, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { parseConfig } from "../core/config/parse-config.ts";
import type { Config } from "../core/model/config.ts";
import { readYaml, type Position } from "../core/config/yaml-source.ts";
import type { Diagnostic, Place } from "../core/model/diagnostic.ts";
import { errorCode } from "./error-code.ts";
import { folderGlobs } from "./folder-globs.ts";
import { systemReason } from "./system-refusal.ts";

/** The first one of a folder counts. */
export const CONFIG_NAMES: readonly string[] = ["canon.config.yaml", "canon.config.yml", "canon.config.json", "CANON.yaml"];

const PROGRAM = /\.[cm]?[jt]s$/;
const MAX_BYTES = 1_000_000;

export type LoadedConfig =
  | { readonly ok: true; readonly root: string; readonly config: Config; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export async function loadConfig(options: { readonly cwd: string; readonly explicit?: string | undefined }): Promise<LoadedConfig> {
  const { cwd, explicit } = options;
  if (explicit !== undefined) return readConfig(resolve(cwd, explicit), []);
  const found = await findConfig(cwd);
  return found === null ? missing(cwd) : readConfig(found.file, found.others);
}

export interface FoundConfig {
  readonly file: string;
  /** Names of further configurations in the same folder, which are not read. */
  readonly others: readonly string[];
}

/** The nearest configuration in `folder` or above it. */
export async function findConfig(folder: string): Promise<FoundConfig | null> {
  const start = resolve(folder);
  const [name, ...others] = await configNamesIn(start);
  if (name !== undefined) return { file: join(start, name), others };
  const above = dirname(start);
  return above === start ? null : findConfig(above);
}

/** The configurations of one folder, by rank. */
export async function configNamesIn(folder: string): Promise<readonly string[]> {
  const there = await Promise.all(CONFIG_NAMES.map((name) => isThere(join(folder, name))));
  return CONFIG_NAMES.filter((_, index) => there[index] === true);
}

/** A folder of that name is none; whatever else is there is taken, so that one that cannot be read is said, not passed over. */
async function isThere(path: string): Promise<boolean> {
  try {
    return !(await stat(path)).isDirectory();
  } catch (error) {
    return errorCode(error) !== "ENOENT" && errorCode(error) !== "ENOTDIR";
  }
}

async function readConfig(file: string, others: readonly string[]): Promise<LoadedConfig> {
  const name = basename(file);
  const text = await readText(file);
  if (!text.ok) return { ok: false, diagnostics: [text.diagnostic] };
  const root = dirname(file);
  const { config, diagnostics } = parseConfig(text.text, name);
  const folders = config === null ? [] : folderGlobs(root, config, text.text);
  const all = [...diagnostics, ...folders, ...others.map((other) => ignored(other, name))];
  return config === null || folders.length > 0 ? { ok: false, diagnostics: all } : { ok: true, root, config, diagnostics: all };
}

/** Where a key of a target stands, for what turns out to be wrong later; without a line where the file has changed meanwhile. */
export async function placeInConfig(
  { root, config }: { readonly root: string; readonly config: Pick<Config, "file"> },
  target: string,
  path: readonly string[],
): Promise<Place> {
  const text = await readText(join(root, config.file));
  const read = text.ok ? readYaml(text.text) : null;
  if (read === null || !read.ok) return { path: config.file };
  const inNamed = read.source.valueAt(["ticket_systems", target, ...path]);
  // What is not there has the place of what is around it.
  const isNamed = !samePosition(inNamed, read.source.valueAt(["ticket_systems"])) && !samePosition(inNamed, read.source.valueAt([]));
  return { path: config.file, ...(isNamed ? inNamed : read.source.valueAt(["sync", ...path])) };
}

function samePosition(a: Position, b: Position): boolean {
  return a.line === b.line && a.column === b.column;
}

type TextFile = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly diagnostic: Diagnostic };

async function readText(file: string): Promise<TextFile> {
  const refuse = (message: string, hint?: string): TextFile => ({ ok: false, diagnostic: unreadable(file, message, hint) });
  if (PROGRAM.test(file)) return refuse("is a program, and Canon never executes a configuration.", "Write it as canon.config.yaml.");
  try {
    const found = await stat(file);
    // A pipe or a device would be read for ever.
    if (!found.isFile()) return refuse("is no file.");
    if (found.size > MAX_BYTES) return refuse(`is larger than ${MAX_BYTES} bytes.`);
    return { ok: true, text: new TextDecoder("utf-8", { fatal: true }).decode(await readFile(file)) };
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR")
      return {
        ok: false,
        diagnostic: { code: "config-missing", severity: "error", message: `There is no file ${file}.`, hint: "Check the name after --config." },
      };
    if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") return refuse("is not UTF-8.", "Save it as UTF-8.");
    return refuse(`cannot be read: ${systemReason(error)}.`);
  }
}

function unreadable(file: string, message: string, hint: string | undefined): Diagnostic {
  return {
    code: "config-unreadable",
    severity: "error",
    message: `${file} ${message}`,
    place: { path: basename(file) },
    ...(hint === undefined ? {} : { hint }),
  };
}

function ignored(name: string, read: string): Diagnostic {
  return { code: "config-ignored", severity: "warning", message: `${name} is not read, because ${read} stands beside it.`, place: { path: name } };
}

async function missing(cwd: string): Promise<LoadedConfig> {
  const programs = ["canon.config.ts", "canon.config.js", "canon.config.mjs", "canon.config.cjs"];
  const there = await Promise.all(programs.map((name) => isThere(join(cwd, name))));
  const program = programs.find((_, index) => there[index] === true);
  const hint = program === undefined ? {} : { hint: `${program} is not read, because Canon never executes a configuration: write canon.config.yaml.` };
  return {
    ok: false,
    diagnostics: [{ code: "config-missing", severity: "error", message: `There is no canon.config.yaml in ${resolve(cwd)} or above it.`, ...hint }],
  };
}
