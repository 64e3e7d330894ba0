/** The files that git has or would take: what the tests about the repository itself look at. */

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** Paths relative to `root`, sorted, with `/`; untracked files count, ignored and deleted ones do not. */
export function repositoryFiles(root: string): readonly string[] {
  const output = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], { cwd: root, encoding: "utf8", maxBuffer: 64 << 20 });
  const paths = new Set(output.split("\0").filter((path) => path !== "" && existsSync(join(root, path))));
  return [...paths].sort();
}
