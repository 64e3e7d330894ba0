/** What a run of the bench leaves behind: results.json for machines and README.md for people. */

import { writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import type { BudgetResult } from "./budgets.ts";

export function writeReport(folder: string, results: readonly BudgetResult[], commit: string): void {
  const machine = {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
  };
  writeFileSync(join(folder, "results.json"), `${JSON.stringify({ commit, machine, results }, null, 2)}\n`);
  writeFileSync(
    join(folder, "README.md"),
    readme(results, commit, `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.platform}, Node ${machine.node}`),
  );
}

function readme(results: readonly BudgetResult[], commit: string, machine: string): string {
  const missed = results.filter(({ met }) => !met).length;
  return `# Budgets

Written by \`npm run bench\`; do not edit. It builds Canon as it is published and runs its commands in fresh processes,
start-up included, output thrown away. Ratios are taken within one run, programs in turn (A, B, A, B), medians of each;
where wall time and CPU time disagree, the worse ratio counts. \`remark\` is remark-parse with GFM and front matter
that parses the same files and does nothing else. The real specs are the open corpus, repeated.

Commit ${commit} on ${machine}. ${missed === 0 ? "Every budget is met." : `${missed} of ${results.length} budgets missed.`}

| budget | limit | measured | | how |
| --- | ---: | ---: | --- | --- |
${results.map(({ budget, limit, measured, met, details }) => `| ${budget} | ${limit} | ${measured} | ${met ? "met" : "**missed**"} | ${details} |`).join("\n")}
`;
}
