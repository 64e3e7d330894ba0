/** What is measured and what it may cost: the budgets of the design, as ratios and counts taken within one run. */

import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { copyFolder, generateSpecs, repeatCorpus } from "./corpora.ts";
import { measure, runOnce, type Program, type Usage } from "./measure.ts";
import { countRequests } from "./requests.ts";
import { countVendorRequests } from "./vendor-requests.ts";

export interface BudgetResult {
  readonly budget: string;
  readonly limit: number;
  /** The worse one where wall time and CPU time were both taken. */
  readonly measured: number;
  readonly met: boolean;
  readonly details: string;
}

/** Where things lie: the program as it is published, the repository, and a folder for what is measured. */
export interface Bench {
  readonly canon: string;
  readonly repository: string;
  readonly corpus: string;
  readonly scratch: string;
  readonly say: (text: string) => void;
}

export const BUDGETS: readonly ((bench: Bench) => Promise<readonly BudgetResult[]>)[] = [startUp, realSpecs, longFile, manySections, requests, vendorRequests];

const CREATE = ["--include-done"];
/** Exit codes of `plan --exit-code`: so a run that planned something else is no result. */
const CHANGES = 2;
const NO_CHANGES = 0;

async function startUp({ canon, repository, scratch }: Bench): Promise<readonly BudgetResult[]> {
  const payments = join(scratch, "payments");
  cpSync(join(repository, "examples", "payments"), payments, { recursive: true });
  const node = { name: "node", args: ["-e", "0"], cwd: payments, exitCode: 0 };
  const help = { name: "help", args: [canon, "--help"], cwd: payments, exitCode: 0 };
  const plan = { name: "plan", args: [canon, "plan"], cwd: payments, exitCode: 0 };
  const used = await measure([node, help, plan], 15);
  return [ratio("canon --help / node -e 0", 3, used, "help", "node"), ratio("canon plan on examples/payments / node -e 0", 8, used, "plan", "node")];
}

const MEGABYTES = 20;

async function realSpecs({ canon, repository, corpus, scratch, say }: Bench): Promise<readonly BudgetResult[]> {
  const [fresh, applied] = [join(scratch, "fresh"), join(scratch, "applied")];
  repeatCorpus(corpus, fresh, MEGABYTES * 1e6);
  const remark = (name: string, cwd: string): Program => ({ name, args: [join(repository, "bench", "remark-parse.js"), "specs"], cwd, exitCode: 0 });
  const plan = (name: string, cwd: string, exitCode: number): Program => ({ name, args: [canon, "plan", "--exit-code", ...CREATE], cwd, exitCode });
  const before = await measure([{ name: "list", args: [canon, "list"], cwd: fresh, exitCode: 0 }, plan("plan", fresh, CHANGES), remark("remark", fresh)], 3);
  copyFolder(fresh, applied);
  say("applying them");
  const apply = await runOnce({ name: "apply", args: [canon, "apply", "--auto-approve", "--quiet", ...CREATE], cwd: applied, exitCode: 0 });
  const after = await measure(
    [{ name: "list", args: [canon, "list"], cwd: applied, exitCode: 0 }, plan("plan", applied, NO_CHANGES), remark("remark", applied)],
    3,
  );
  return [
    ratio(`canon list over ${MEGABYTES} MB, all new / remark`, 0.1, before, "list", "remark"),
    ratio(`canon list over ${MEGABYTES} MB, all applied / remark`, 0.1, after, "list", "remark"),
    ratio(`canon plan over ${MEGABYTES} MB, all new / remark`, 0.15, before, "plan", "remark"),
    ratio(`canon plan over ${MEGABYTES} MB, nothing changed / remark`, 0.15, after, "plan", "remark"),
    within(`canon apply over ${MEGABYTES} MB, all new (seconds)`, 60, apply.wallMs / 1000, `${seconds(apply.cpuMs)} CPU, ${Math.round(apply.peakMb)} MB`),
  ];
}

const LENGTHS = [2_000, 4_000, 8_000] as const;

/** Twice the sections may take twice the time and a little: what every command pays to start is taken off first. */
async function longFile({ canon, scratch }: Bench): Promise<readonly BudgetResult[]> {
  const programs = [1, ...LENGTHS].map((length): Program => {
    const cwd = join(scratch, `long-${length}`);
    generateSpecs(cwd, 1, length);
    return { name: String(length), args: [canon, "plan", "--exit-code"], cwd, exitCode: CHANGES };
  });
  const used = await measure(programs, 7);
  const cost = (length: number): number => of(used, String(length)).cpuMs - of(used, "1").cpuMs;
  const [small, middle, large] = LENGTHS.map(cost);
  const details = LENGTHS.map((length) => `${length}: ${Math.round(cost(length))} ms CPU`).join(", ");
  return [
    within("canon plan on one file, 4,000 sections / 2,000", 2.5, (middle ?? NaN) / (small ?? NaN), details),
    within("canon plan on one file, 8,000 sections / 4,000", 2.5, (large ?? NaN) / (middle ?? NaN), details),
  ];
}

async function manySections({ canon, scratch }: Bench): Promise<readonly BudgetResult[]> {
  const cwd = join(scratch, "many");
  generateSpecs(cwd, 1_000, 100);
  const programs = [
    { name: "list", args: [canon, "list"], cwd, exitCode: 0 },
    { name: "plan", args: [canon, "plan", "--exit-code"], cwd, exitCode: CHANGES },
  ];
  // When the collector comes by is chance: one and the same program peaks at 465 MB or at 535.
  const used = await measure(programs, 7);
  const [list, plan] = [of(used, "list"), of(used, "plan")];
  return [
    within("peak memory of canon list at 100,000 sections (MB)", 500, list.peakMb, `${seconds(list.wallMs)} wall, ${seconds(list.cpuMs)} CPU`),
    within("peak memory of canon plan at 100,000 sections, all new (MB)", 500, plan.peakMb, `${seconds(plan.wallMs)} wall, ${seconds(plan.cpuMs)} CPU`),
  ];
}

/** A thousand sections in three levels on every real tracker, counted by its emulator. */
async function vendorRequests({ say }: Bench): Promise<readonly BudgetResult[]> {
  say("1,000 sections on every emulated tracker");
  const counts = await countVendorRequests();
  return counts.map(({ name, limit, made, details }) => within(`requests of ${name}`, limit, made, details));
}

async function requests({ scratch }: Bench): Promise<readonly BudgetResult[]> {
  const root = join(scratch, "requests");
  mkdirSync(root, { recursive: true });
  generateSpecs(root, 20, 100);
  const counts = await countRequests(root);
  return counts.map(({ name, limit, made, details }) => within(`requests: ${name}`, limit, made, details));
}

function ratio(budget: string, limit: number, used: ReadonlyMap<string, Usage>, over: string, under: string): BudgetResult {
  const [above, below] = [of(used, over), of(used, under)];
  const [wall, cpu] = [above.wallMs / below.wallMs, above.cpuMs / below.cpuMs];
  const details = `wall ${shown(wall)} (${seconds(above.wallMs)} / ${seconds(below.wallMs)}), CPU ${shown(cpu)} (${seconds(above.cpuMs)} / ${seconds(below.cpuMs)}), peak ${Math.round(above.peakMb)} MB`;
  return within(budget, limit, Math.max(wall, cpu), details);
}

function within(budget: string, limit: number, measured: number, details: string): BudgetResult {
  return { budget, limit, measured: Number(shown(measured)), met: measured <= limit, details };
}

function of(used: ReadonlyMap<string, Usage>, name: string): Usage {
  const usage = used.get(name);
  if (!usage) throw new Error(`${name} was not measured`);
  return usage;
}

function shown(number: number): string {
  return number.toFixed(number < 1 ? 3 : number < 100 ? 2 : 0);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
