/** Finds the specs of a workspace and reads them: strictly UTF-8, within bounds, and never through a symbolic link. */

import { isUtf8 } from "node:buffer";
import { closeSync, constants, fstatSync, openSync, readdirSync, readFileSync, realpathSync, statSync, type Dirent } from "node:fs";
import { join, relative, sep } from "node:path";
import type { Diagnostic } from "../core/model/diagnostic.ts";
import { globMatcher, type GlobMatcher } from "../core/text/glob.ts";
import { errorCode } from "./error-code.ts";
import { systemReason } from "./system-refusal.ts";

const MAX_BYTES = 16 * 1024 * 1024;
/** Emacs keeps a link that leads nowhere beside every file somebody is editing. */
const EDITOR_LOCK = ".#";
const NEVER = new Set(["node_modules", ".git", ".canon"]);

export type SpecReading = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly diagnostic: Diagnostic };

/**
 * Paths with `/`, relative to `root`, sorted by code unit. Symbolic links are not followed, other repositories inside
 * (submodules) not entered. Globs are matched against paths inside `root`, so none can reach out of it. What was meant
 * and is passed over goes to `onProblem`.
 */
export async function findSpecs(
  root: string,
  include: readonly string[],
  exclude: readonly string[],
  onProblem: (problem: Diagnostic) => void = () => undefined,
): Promise<string[]> {
  const wanted = include.map(globMatcher);
  const unwanted = exclude.map(globMatcher);
  const isWanted = (path: string): boolean => matches(wanted, path) && !matches(unwanted, path);
  const found: string[] = [];
  const starts = new Set(startFolders(include));
  // Synchronous on purpose: some thousand small calls, where every trip to the thread pool costs more than the call.
  const open = [...starts];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const entry of entriesOf(root, folder, starts.has(folder), onProblem)) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && !NEVER.has(entry.name)) open.push(path);
      else if (entry.isFile() && isWanted(path)) found.push(path);
      else if (entry.isSymbolicLink() && !entry.name.startsWith(EDITOR_LOCK)) tellLink(root, path, isWanted, onProblem);
    }
  }
  return [...new Set(found)].sort();
}

/** A link that looks like a spec, or like a folder of specs. One that stays inside hides nothing: its file is found where it is. */
function tellLink(root: string, path: string, isWanted: (path: string) => boolean, onProblem: (problem: Diagnostic) => void): void {
  const isSpec = isWanted(path);
  if (!isSpec && !isWanted(`${path}/spec.md`)) return;
  const real = realPathOf(join(root, path));
  const kind = real === null ? null : statSync(real).isDirectory() ? "folder" : "file";
  if (kind === (isSpec ? "folder" : "file") || (kind === null && !isSpec)) return;
  if (real !== null && isInside(realpathSync.native(root), real)) {
    if (isSpec)
      onProblem({
        code: "spec-outside",
        severity: "notice",
        message: "This is a symbolic link inside the workspace; it is read in its own place only.",
        place: { path },
      });
    return;
  }
  const message =
    real === null
      ? "This is a symbolic link that leads nowhere."
      : `This is a symbolic link to a ${kind ?? "file"} outside the workspace, ${real}; it is not read.`;
  onProblem({ code: "spec-outside", severity: isSpec && real !== null ? "error" : "warning", message, place: { path } });
}

/** `path` as `findSpecs` gives it, or as somebody typed it. `realRoot`: of `root`, where it is known: it is the same for thousands of files. */
export async function readSpec(root: string, path: string, realRoot: string | null = null): Promise<SpecReading> {
  try {
    return readInside(realRoot ?? realpathSync.native(root), path);
  } catch (error) {
    return refused("spec-unreadable", path, `The file cannot be read: ${reasonOf(error)}.`);
  }
}

function readInside(root: string, path: string): SpecReading {
  const full = join(root, path);
  // Compared as a whole: a link anywhere on the way would make another path of it.
  const real = realpathSync.native(full);
  if (!isInside(root, real)) return refused("spec-outside", path, `The path leads out of the workspace, to ${real}.`);
  if (real !== full) return refused("spec-outside", path, `The path leads through a symbolic link; the file is ${relative(root, real).split(sep).join("/")}.`);
  const file = openSync(full, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) return refused("spec-unreadable", path, `This is ${stat.isDirectory() ? "a folder" : "no regular file"}.`);
    if (stat.size > MAX_BYTES) return refused("spec-too-large", path, `The file has ${Math.round(stat.size / 1024 / 1024)} MB; a spec may have 16.`);
    return decode(path, readFileSync(file));
  } finally {
    closeSync(file);
  }
}

/** The text keeps its byte-order mark, so that encoding it again gives the same bytes. */
function decode(path: string, bytes: Buffer): SpecReading {
  if (isUtf8(bytes)) return { ok: true, text: bytes.toString("utf8") };
  const at = firstBadByte(bytes);
  const line = bytes
    .subarray(0, at)
    .toString("latin1")
    .split(/\r\n|\r|\n/).length;
  const byte = (bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, "0");
  const refusal = refused("spec-not-utf8", path, `The file is not UTF-8: byte 0x${byte} on line ${line}.`);
  return { ok: false, diagnostic: { ...refusal.diagnostic, place: { path, line } } };
}

/** The first byte of the first bad character, found by halving: a beginning that ends inside a character counts as valid. */
function firstBadByte(bytes: Buffer): number {
  let valid = 0;
  let invalid = bytes.length + 1;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    if (isValidBeginning(bytes.subarray(0, middle))) valid = middle;
    else invalid = middle;
  }
  // Step back over the bytes of a character that was never completed.
  const started = [1, 2, 3].find((back) => back <= valid && missingBytes(bytes[valid - back] ?? 0, back) > 0);
  return valid - (started ?? 0);
}

/** How many more bytes a character needs that began `length` bytes ago with `lead`. */
function missingBytes(lead: number, length: number): number {
  const needed = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 0;
  return needed - length;
}

function isValidBeginning(bytes: Buffer): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** The folders that the globs begin with, so that `docs/**` does not walk the whole workspace. None lies in another. */
function startFolders(globs: readonly string[]): string[] {
  const folders = globs.flatMap((glob) => {
    const parts = glob.split("/").filter((part) => part !== "" && part !== ".");
    const wild = parts.findIndex((part) => /[*?{[]/.test(part));
    const fixed = parts.slice(0, wild < 0 ? -1 : wild);
    return fixed.includes("..") || glob.startsWith("/") || fixed.some((part) => NEVER.has(part)) ? [] : [fixed.join("/")];
  });
  return folders.filter(
    (folder, index) => folders.indexOf(folder) === index && !folders.some((other) => other !== folder && (other === "" || folder.startsWith(`${other}/`))),
  );
}

/** A folder that is missing holds no specs. `isNamed`: a glob begins with it, so passing over it must be said. */
function entriesOf(root: string, folder: string, isNamed: boolean, onProblem: (problem: Diagnostic) => void): Dirent[] {
  const refuse = (code: Diagnostic["code"], message: string, hint?: string): Dirent[] => {
    onProblem({ code, severity: "error", message, place: { path: folder === "" ? "." : folder }, ...(hint === undefined ? {} : { hint }) });
    return [];
  };
  try {
    const full = join(root, folder);
    const real = realpathSync.native(full);
    if (folder !== "" && real !== join(realpathSync.native(root), folder))
      return isNamed
        ? refuse(
            "spec-outside",
            `The folder is reached by a symbolic link, to ${real}; it is not read.`,
            "Name the real folder in specs.include, or move the specs into the workspace.",
          )
        : [];
    const entries = readdirSync(full, { withFileTypes: true });
    if (folder === "" || !entries.some((entry) => entry.name === ".git")) return entries;
    return isNamed
      ? refuse(
          "spec-outside",
          "The folder is a repository of its own; its specs are planned there.",
          "Run canon in that repository, or take the folder out of specs.include.",
        )
      : [];
  } catch (error) {
    return ["ENOENT", "ENOTDIR"].includes(errorCode(error)) ? [] : refuse("spec-unreadable", `The folder cannot be read: ${systemReason(error)}.`);
  }
}

function isInside(root: string, real: string): boolean {
  return relative(root, real).split(sep)[0] !== ".." && real !== root;
}

/** null: there is nothing at its end. */
export function realPathOf(path: string): string | null {
  try {
    return realpathSync.native(path);
  } catch {
    return null;
  }
}

function matches(globs: readonly GlobMatcher[], path: string): boolean {
  return globs.some((glob) => glob(path));
}

function refused(code: Diagnostic["code"], path: string, message: string): Extract<SpecReading, { ok: false }> {
  return { ok: false, diagnostic: { code, severity: "error", message, place: { path } } };
}

function reasonOf(error: unknown): string {
  return errorCode(error) === "ENOENT" ? "there is no such file" : systemReason(error);
}
