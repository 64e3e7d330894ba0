/** `npm run bench`: measures every budget that needs no network and writes results.json and README.md; exit 1 when one is missed. */

import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { BUDGETS, type BudgetResult } from "./budgets.ts";
import { writeReport } from "./report.ts";

const repository = resolve(import.meta.dirname, "..");
const corpus = resolve(process.env["CANON_CORPUS"] ?? join(repository, "..", "shared", "corpus", "open"));
if (!existsSync(corpus)) throw new Error(`There is no corpus of real specs at ${corpus}; set CANON_CORPUS to a folder of Markdown files.`);

const scratch = mkdtempSync(join(tmpdir(), "canon-bench-"));
const only = process.argv.slice(2);
try {
  const bench = { canon: install(), repository, corpus, scratch, say: (text: string): void => console.error(`  … ${text}`) };
  const results: BudgetResult[] = [];
  for (const budget of BUDGETS.filter(({ name }) => only.length === 0 || only.includes(name))) {
    console.error(budget.name);
    for (const result of await budget(bench)) {
      console.log(`${result.met ? "met   " : "MISSED"}  ${result.budget}: ${result.measured} (limit ${result.limit}; ${result.details})`);
      results.push(result);
    }
  }
  if (only.length === 0) writeReport(import.meta.dirname, results, commit());
  process.exitCode = results.every(({ met }) => met) ? 0 : 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** The program as it is published, built apart from `dist` and where it finds the native parser; answers its entry. */
function install(): string {
  const folder = join(repository, "node_modules", ".cache", "canon-bench");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "bin"), { recursive: true });
  const { status, stderr } = spawnSync(process.execPath, [join(repository, "node_modules", "tsdown", "dist", "run.mjs"), "--out-dir", join(folder, "dist")], {
    cwd: repository,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`tsdown failed:\n${stderr}`);
  for (const file of ["package.json", join("bin", "canon.js")]) copyFileSync(join(repository, file), join(folder, file));
  return join(folder, "bin", "canon.js");
}

function commit(): string {
  const git = (...args: readonly string[]): string => spawnSync("git", args, { cwd: repository, encoding: "utf8" }).stdout.trim();
  return `${git("rev-parse", "--short", "HEAD")}${git("status", "--porcelain", "--", "src", "bin") === "" ? "" : " with changes"}`;
}
