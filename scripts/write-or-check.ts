/** What all generators end with: write the file, or with `--check` only tell whether it is up to date. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");

/** `path` is relative to the repository; `command` is what to run when it is out of date. */
export function writeOrCheck(path: string, text: string, command: string): void {
  const file = resolve(root, path);
  if (!process.argv.includes("--check")) return writeFileSync(file, text);
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  console.error(`${path} is out of date: ${command}`);
  process.exitCode = 1;
}
