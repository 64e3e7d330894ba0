/** Runs the command line in real processes. */

import { fork } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";

const CHILD = join(import.meta.dirname, "canon-child.ts");

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** All begin at the same moment, once every process has loaded. */
export async function canonAtOnce(lines: readonly (readonly string[])[], env: Readonly<Record<string, string>> = {}): Promise<readonly Ended[]> {
  const started = lines.map((words) => start(words, env));
  await Promise.all(started.map(({ ready }) => ready));
  for (const { go } of started) go();
  return Promise.all(started.map(({ ended }) => ended));
}

export async function canon(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const [ended] = await canonAtOnce([words], env);
  if (!ended) throw new Error("no process was started");
  return ended;
}

function start(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): { readonly ready: Promise<void>; readonly go: () => void; readonly ended: Promise<Ended> } {
  const child = fork(CHILD, [...words], {
    silent: true,
    env: { ...process.env, CANON_USER: "dana", NODE_COMPILE_CACHE: join(tmpdir(), "canon-test-compile-cache"), ...env },
    execArgv: [],
  });
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<Ended>((resolve) => child.once("close", (code) => resolve({ code, stdout, stderr })));
  const ready = new Promise<void>((resolve, reject) => {
    child.once("message", () => resolve());
    child.once("exit", () => reject(new Error(`the process ended before it began: ${stderr}`)));
  });
  return { ready, ended, go: () => void child.send("go") };
}
