/** Runs apply in processes that kill themselves at a chosen moment, on copies of one project. */

import { execFile } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Selection } from "../../src/core/model/plan.ts";
import type { Project } from "./project-at.ts";
import { projectAt } from "./project-at.ts";

const CHILD = join(import.meta.dirname, "apply-child.ts");

/** Stripping types takes longer than applying thirty sections; the second child finds it done. */
const COMPILE_CACHE = join(tmpdir(), "canon-test-compile-cache");

export interface Death {
  readonly moment: number;
  /** late: the requests under way land `delay` milliseconds after. */
  readonly way?: "stop" | "late";
  readonly delay?: number;
  /** What is applied; absent: everything. */
  readonly selection?: Partial<Selection>;
}

export type ChildEnd = { readonly killed: true } | { readonly killed: false; readonly labels: readonly string[]; readonly exitCode: number };

/** Moment 0 lets it run to its end and answers what the moments were. */
export function applyInChild(root: string, { moment, way = "stop", delay = 0, selection = {} }: Death): Promise<ChildEnd> {
  return new Promise((resolve, reject) => {
    const options = { env: { ...process.env, CANON_USER: "dana", NODE_COMPILE_CACHE: COMPILE_CACHE }, maxBuffer: 1 << 24 };
    execFile(process.execPath, [CHILD, root, String(moment), way, String(delay), JSON.stringify(selection)], options, (error, stdout, stderr) => {
      if (error?.signal === "SIGKILL") resolve({ killed: true });
      else if (error) reject(new Error(`the child failed: ${stderr}`));
      else resolve({ killed: false, ...JSON.parse(stdout) });
    });
  });
}

export async function copyOf(project: Project): Promise<Project> {
  const root = await mkdtemp(join(tmpdir(), "canon-kill-"));
  // The other worker may still be writing when one of the two has failed.
  onTestFinished(() => rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
  await cp(project.root, root, { recursive: true });
  return projectAt(root);
}

/** Two at a time: as many as the machines that run this have cores. */
export async function twoAtATime<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = [...all];
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next);
  };
  await Promise.all([worker(), worker()]);
}
