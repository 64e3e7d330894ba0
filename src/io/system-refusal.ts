/** What the operating system refused, in words: failures of disks and permissions are a person's to mend, not mistakes of ours. */

import { errorCode } from "./error-code.ts";

const WORDS: ReadonlyMap<string, string> = new Map([
  ["EACCES", "permission is denied"],
  ["EPERM", "permission is denied"],
  ["EROFS", "the file system is read-only"],
  ["ENOSPC", "the disk is full"],
  ["EDQUOT", "the disk quota is used up"],
  ["EFBIG", "the file would become larger than is allowed"],
  ["EIO", "the disk reports an error"],
  ["EMFILE", "too many files are open"],
  ["ENFILE", "too many files are open"],
  ["ENOENT", "there is no such file or folder"],
  ["ENOTDIR", "a part of its path is no folder"],
  ["EISDIR", "it is a folder"],
  ["EEXIST", "something else is in its place"],
  ["ELOOP", "it is a symbolic link"],
  ["ENAMETOOLONG", "its name is too long"],
  ["EBUSY", "another program holds it"],
]);

/** A phrase such as "the disk is full"; null for anything else than a refusal of the system. */
export function systemRefusal(error: unknown): string | null {
  return WORDS.get(errorCode(error)) ?? null;
}

/** Where there is none, what the error says of itself. */
export function systemReason(error: unknown): string {
  return systemRefusal(error) ?? (error instanceof Error ? error.message : String(error));
}

/** "plans/one.json cannot be opened: permission is denied"; null for anything else than a refusal of the system. */
export function refusalSentence(error: unknown): string | null {
  const why = systemRefusal(error);
  return why === null
    ? null
    : `${textOf(error, "path")?.replace(TEMP_NAME, "$1") ?? "A file"} cannot be ${VERBS.get(textOf(error, "syscall") ?? "") ?? "written"}: ${why}.`;
}

/** Names of temp files (`Disk.writeTemp`) mean nothing to anybody. */
const TEMP_NAME = /\.([^/\\]+)\.canon-\d+-[0-9a-f]{8}\.tmp$/;

const VERBS: ReadonlyMap<string, string> = new Map([
  ["open", "opened"],
  ["access", "read"],
  ["lstat", "read"],
  ["read", "read"],
  ["scandir", "read"],
  ["stat", "read"],
  ["mkdir", "made"],
  ["unlink", "removed"],
]);

function textOf(error: unknown, key: "path" | "syscall"): string | null {
  if (!(error instanceof Error) || !(key in error)) return null;
  const value: unknown = Reflect.get(error, key);
  return typeof value === "string" ? value : null;
}

/** True where making room or changing a permission is the answer, and the same command may simply be run again. */
export function isFull(error: unknown): boolean {
  return ["ENOSPC", "EDQUOT", "EFBIG"].includes(errorCode(error));
}
