/**
 * A workspace with the configuration of one commit and the specs of another, in a folder of its own: nothing of a commit
 * is run, linked or checked out, and a pull request cannot change how it is planned (threats 15 and 27).
 */

import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import type { Diagnostic } from "../../core/model/diagnostic.ts";
import { globMatcher } from "../../core/text/glob.ts";
import { ForgeError } from "../../forges/forge-error.ts";
import type { Forge } from "../../forges/forge.ts";
import { CONFIG_NAMES } from "../../io/config-file.ts";
import type { Workspace } from "../workspace.ts";
import type { BotWorld } from "./bot-world.ts";

export interface CommitWorkspace {
  readonly workspace: Workspace;
  /** From the top of the repository to the workspace: "" or "services/pay/". */
  readonly prefix: string;
  /** Those of these paths of the repository that are specs, as the workspace calls them. */
  readonly specsAmong: (paths: readonly string[]) => readonly string[];
  /** Puts the specs of a commit into the folder; answers which could not be read. */
  readonly fill: (commit: string) => Promise<readonly Diagnostic[]>;
  readonly remove: () => Promise<void>;
}

export type OpenedAtCommit =
  | { readonly ok: true; readonly at: CommitWorkspace }
  /** Empty: the commit has no configuration. */
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export async function openAtCommit(world: BotWorld, configCommit: string): Promise<OpenedAtCommit> {
  const { forge, clone } = world;
  const file = configIn(new Set(await forge.paths(configCommit)), clone.prefix);
  if (file === null) return { ok: false, diagnostics: [] };
  const path = file.prefix + file.name;
  return openWith(world, file, (await forge.read(configCommit, [path])).get(path) ?? "");
}

interface ConfigPlace {
  /** From the top of the repository to its folder. */
  readonly prefix: string;
  readonly name: string;
}

/** With this text as the configuration that stands there. */
export async function openWith(world: BotWorld, file: ConfigPlace, text: string): Promise<OpenedAtCommit> {
  const { forge, clone } = world;
  const folder = await realpath(await mkdtemp(join(tmpdir(), "canon-bot-")));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await writeFile(join(folder, file.name), text);
    const opened = await world.openAt(folder, join(clone.top, file.prefix));
    if (!opened.ok) {
      await remove();
      return opened;
    }
    const { workspace } = opened;
    const specsAmong = (paths: readonly string[]): readonly string[] => specPaths(paths, file.prefix, workspace);
    const fill = async (commit: string): Promise<readonly Diagnostic[]> => {
      const specs = specsAmong(await forge.paths(commit));
      const { texts, diagnostics } = await readTexts(forge, commit, specs, file.prefix);
      for (const [path, text] of texts) await put(folder, path, text);
      return diagnostics;
    };
    return { ok: true, at: { workspace, prefix: file.prefix, specsAmong, fill, remove } };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** The nearest from the folder that is worked in upwards, as in a clone. */
function configIn(paths: ReadonlySet<string>, prefix: string): ConfigPlace | null {
  const name = CONFIG_NAMES.find((one) => paths.has(prefix + one));
  if (name !== undefined) return { prefix, name };
  return prefix === "" ? null : configIn(paths, prefix.replace(/[^/]*\/$/, ""));
}

export function specPaths(paths: readonly string[], prefix: string, { config }: Workspace): readonly string[] {
  const [wanted, unwanted] = [config.specs.include.map(globMatcher), config.specs.exclude.map(globMatcher)];
  return paths
    .flatMap((path) => (path.startsWith(prefix) ? [path.slice(prefix.length)] : []))
    .filter((path) => wanted.some((matches) => matches(path)) && !unwanted.some((matches) => matches(path)));
}

export interface SpecTexts {
  /** By the paths of the workspace. */
  readonly texts: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Of specs of the workspace; a file that cannot be read stops only itself. */
export async function readTexts(forge: Forge, commit: string, paths: readonly string[], prefix: string): Promise<SpecTexts> {
  const bare = (texts: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
    new Map([...texts].map(([path, text]) => [path.slice(prefix.length), text]));
  const full = paths.map((path) => prefix + path);
  try {
    return { texts: bare(await forge.read(commit, full)), diagnostics: [] };
  } catch (error) {
    if (!(error instanceof ForgeError) || error.kind !== "invalid") throw error;
    const [only] = paths;
    if (only === undefined || paths.length === 1)
      return { texts: new Map(), diagnostics: [{ code: "spec-unreadable", severity: "error", message: error.message, place: { path: only ?? "" } }] };
    const middle = paths.length >> 1;
    const halves = [await readTexts(forge, commit, paths.slice(0, middle), prefix), await readTexts(forge, commit, paths.slice(middle), prefix)];
    return { texts: new Map(halves.flatMap(({ texts }) => [...texts])), diagnostics: halves.flatMap(({ diagnostics }) => diagnostics) };
  }
}

/** Paths of a repository are data: none may lead out of the folder. */
async function put(folder: string, path: string, text: string): Promise<void> {
  const file = join(folder, path);
  if (!file.startsWith(folder + sep)) return;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text, { flag: "wx" });
}
