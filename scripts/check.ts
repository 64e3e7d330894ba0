/** Runs everything CI runs, cheapest first and two at a time, and ends with one line that counts what passed and what failed. */

import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

interface Part {
  readonly name: string;
  /** Each is a program and its arguments; a later one runs only when the earlier ones passed. */
  readonly steps: readonly (readonly string[])[];
}

interface PartResult {
  readonly name: string;
  readonly ok: boolean;
  readonly seconds: number;
}

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const scratch = mkdtempSync(join(tmpdir(), "canon-check-"));
const testReport = join(scratch, "tests.json");

/** Every script that writes committed files can also say whether they are up to date. */
const generators = readdirSync("scripts").filter((name) => name.startsWith("generate-"));

const parts: readonly Part[] = [
  { name: "types", steps: [["tsc", "-p", "."]] },
  { name: "lint", steps: [["oxlint"]] },
  { name: "format", steps: [["oxfmt", "--check"]] },
  { name: "dead code", steps: [["knip"]] },
  { name: "generated files", steps: generators.map((name) => ["node", `scripts/${name}`, "--check"]) },
  { name: "promises", steps: [["node", "scripts/check-behaviours.ts"]] },
  { name: "transcripts", steps: [["node", "scripts/transcripts.ts", "--check"]] },
  {
    name: "package",
    steps: [
      ["npm", "pack", "--silent", "--pack-destination", scratch],
      ["node", "scripts/check-package.ts", scratch],
    ],
  },
];

/** Runs a program; its output is kept for the case that it fails. */
function run(command: readonly string[]): Promise<{ readonly ok: boolean; readonly output: string }> {
  const [program = "", ...rest] = command;
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const child = spawn(program, rest, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, NO_COLOR: "1" } });
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", (error) => resolve({ ok: false, output: error.message }));
    child.on("close", (code) => resolve({ ok: code === 0, output: Buffer.concat(chunks).toString("utf8") }));
  });
}

async function runPart(part: Part): Promise<PartResult> {
  const start = performance.now();
  for (const step of part.steps) {
    const { ok, output } = await run(step);
    if (ok) continue;
    console.log(`\n--- ${part.name}: ${step.join(" ")}\n${output.trimEnd()}\n---\n`);
    return finish(part.name, false, start);
  }
  return finish(part.name, true, start);
}

function finish(name: string, ok: boolean, start: number): PartResult {
  const seconds = (performance.now() - start) / 1000;
  console.log(`${ok ? "ok    " : "FAILED"}  ${name.padEnd(16)} ${seconds.toFixed(1)} s`);
  return { name, ok, seconds };
}

/** Two at a time: the machines that run this have two cores. */
async function runParts(queue: Part[]): Promise<readonly PartResult[]> {
  const results: PartResult[] = [];
  const worker = async (): Promise<void> => {
    for (let part = queue.shift(); part !== undefined; part = queue.shift()) results.push(await runPart(part));
  };
  await Promise.all([worker(), worker()]);
  return results;
}

/** Vitest prints its own summary as it goes; the counts come from its report. */
async function runTests(): Promise<Counts> {
  const args = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${testReport}`];
  const code = await new Promise<number | null>((resolve) => {
    spawn("vitest", args, { stdio: "inherit" })
      .on("error", () => resolve(1))
      .on("close", resolve);
  });
  const counts = readCounts();
  // A run that fails without a failing test (an error between tests, a crash) still counts as one failure.
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function readCounts(): Counts {
  try {
    const report = JSON.parse(readFileSync(testReport, "utf8"));
    return { passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests + report.numTodoTests };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

const results = await runParts([...parts]);
const tests = await runTests();
rmSync(scratch, { recursive: true, force: true });

const failedParts = results.filter((result) => !result.ok).map((result) => result.name);
const failed = tests.failed + failedParts.length;
const passed = tests.passed + results.length - failedParts.length;
console.log(
  `\nTests: ${tests.passed} passed, ${tests.failed} failed, ${tests.skipped} skipped. Other checks: ${results.length - failedParts.length} of ${results.length} passed.`,
);
if (failedParts.length > 0) console.log(`Failed checks: ${failedParts.join(", ")}. Their output stands above.`);
console.log(`\n${passed} passed, ${failed} failed${tests.skipped > 0 ? `, ${tests.skipped} skipped` : ""}`);
process.exitCode = failed === 0 ? 0 : 1;
