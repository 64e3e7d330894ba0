/** Runs programs in fresh processes, one after the other, and tells what each took: wall time, CPU time, peak memory. */

import { spawn } from "node:child_process";
import { join } from "node:path";

/** A Node program and its arguments. */
export interface Program {
  readonly name: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** It must answer this, or it did something else than what is measured. */
  readonly exitCode: number;
  /** What has to be done before each run, outside of the time. */
  readonly before?: () => void;
}

export interface Usage {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMb: number;
}

const PROBE = join(import.meta.dirname, "usage-probe.cjs");

/** Medians over `rounds` of A, B, C, A, B, C …, so that what else the machine does at the time falls on all of them alike. */
export async function measure(programs: readonly Program[], rounds: number): Promise<ReadonlyMap<string, Usage>> {
  const runs = new Map(programs.map(({ name }) => [name, new Array<Usage>()]));
  for (let round = 0; round < rounds; round++) {
    for (const program of programs) runs.get(program.name)?.push(await runOnce(program));
  }
  return new Map([...runs].map(([name, usages]) => [name, medianOf(usages)]));
}

export function runOnce({ name, args, cwd, exitCode, before }: Program): Promise<Usage> {
  before?.();
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--require", PROBE, ...args], { cwd, stdio: ["ignore", "ignore", "pipe", "pipe"] });
    const [errors, told] = [readAll(child.stdio[2]), readAll(child.stdio[3])];
    child.on("error", reject);
    child.on("close", (code) => {
      const wallMs = performance.now() - began;
      if (code !== exitCode) return reject(new Error(`${name} answered ${code ?? "nothing"} instead of ${exitCode}:\n${errors.join("").slice(-2000)}`));
      const [cpuMicroseconds = NaN, peakKilobytes = NaN] = told.join("").split(" ").map(Number);
      resolve({ wallMs, cpuMs: cpuMicroseconds / 1000, peakMb: peakKilobytes / 1024 });
    });
  });
}

function readAll(stream: unknown): readonly string[] {
  const chunks: string[] = [];
  if (stream instanceof Object && "on" in stream && typeof stream.on === "function") stream.on("data", (chunk: unknown) => chunks.push(String(chunk)));
  return chunks;
}

function medianOf(usages: readonly Usage[]): Usage {
  const middle = (of: (usage: Usage) => number): number => usages.map(of).toSorted((a, b) => a - b)[Math.floor(usages.length / 2)] ?? NaN;
  return { wallMs: middle((usage) => usage.wallMs), cpuMs: middle((usage) => usage.cpuMs), peakMb: middle((usage) => usage.peakMb) };
}
