/** Checks a packed tarball as npm would publish it: publint for the package, attw for its types. */

import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

const folder = process.argv[2] ?? ".";
const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"));
if (tarball === undefined) throw new Error(`No .tgz in ${folder}: run "npm pack --pack-destination ${folder}" first.`);

const checks = [
  ["publint", "run", join(folder, tarball), "--strict"],
  ["attw", join(folder, tarball), "--profile", "esm-only", "--no-emoji"],
];
const failed = checks.filter(([program = "", ...args]) => spawnSync(program, args, { stdio: "inherit" }).status !== 0);
process.exitCode = failed.length === 0 ? 0 : 1;
