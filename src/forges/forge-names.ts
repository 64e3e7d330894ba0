/** Checks what comes from outside before any host or git sees it: references, commit ids, paths. Throws `invalid`. */

import { asCommit } from "../io/git-files.ts";
import { ForgeError } from "./forge-error.ts";

/** git's own rules for a full reference, and none that begins like an option in any part (threat 16). */
export function checkRef(ref: string): string {
  const parts = ref.split("/");
  const whole = parts.length >= 3 && parts[0] === "refs" && !/[\0-\x20\x7f~^:?*[\\]|\.\.|@\{/.test(ref) && !ref.endsWith(".");
  if (whole && parts.every((part) => part !== "" && !/^[.-]|\.lock$/.test(part) && part !== "@")) return ref;
  throw new ForgeError("invalid", `${quoted(ref)} is no full name of a reference.`, { hint: "Write it out: refs/heads/main." });
}

/** The reference of a branch. */
export function branchRef(branch: string): string {
  return checkRef(`refs/heads/${branch}`);
}

export function checkCommit(id: string): string {
  if (asCommit(id) !== null) return id;
  throw new ForgeError("invalid", `${quoted(id)} is no commit id.`, { hint: "Give the commit in full: 40 hex digits." });
}

/** What may be written: a path inside the tree, and nothing that git itself reads. */
export function checkPath(path: string): string {
  const parts = path.split("/");
  // git~1 is what Windows calls .git.
  if (!/[\0-\x1f\x7f\\]/.test(path) && parts.every((part) => !/^(?:|\.{1,2}|\.git|git~1)$/i.test(part))) return path;
  throw new ForgeError("invalid", `${quoted(path)} is no path that a commit may write.`, {
    hint: "Give a path from the repository's top, with / between folders.",
  });
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 100));
}
