/** The real program in a process of its own: for what only a process has, such as signals, pipes and limits. */

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../..");
export const BIN: string = join(ROOT, "bin/canon.js");
/** The Node that `npm ci` brings: the one of the machine may be too old. */
export const NODE: string = process.execPath;

export interface Finished {
  readonly stdout: string;
  readonly stderr: string;
  /** null: a signal ended it. */
  readonly exitCode: number | null;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Run by `sh -c` with the program as "$@": for pipes, redirections and limits. */
  readonly shell?: string;
}

export interface Running {
  readonly child: ChildProcess;
  /** What came to stdout and stderr so far. */
  readonly seen: () => string;
  readonly finished: Promise<Finished>;
}

export function runCanon(words: readonly string[], options: RunOptions): Promise<Finished> {
  return startCanon(words, options).finished;
}

export function startCanon(words: readonly string[], { cwd, env, shell }: RunOptions): Running {
  const line = [NODE, BIN, ...words];
  const [command = "", ...rest] = shell === undefined ? line : ["sh", "-c", shell, "sh", ...line];
  const child = spawn(command, rest, { cwd, env: { ...plainEnv(), ...env }, stdio: ["ignore", "pipe", "pipe"] });
  const written = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => void (written.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => void (written.stderr += text));
  const finished = once(child, "close").then(([code]): Finished => ({ ...written, exitCode: typeof code === "number" ? code : null }));
  return { child, seen: () => written.stdout + written.stderr, finished };
}

/** Resolves when the program has written `text`; fails with what it wrote instead. */
export async function until({ seen, finished }: Running, text: string): Promise<void> {
  let isOver = false;
  void finished.then(() => void (isOver = true));
  while (!seen().includes(text)) {
    if (isOver) throw new Error(`canon ended without "${text}":\n${seen()}`);
    await new Promise((next) => setTimeout(next, 15));
  }
}

function plainEnv(): Readonly<Record<string, string | undefined>> {
  return {
    PATH: process.env["PATH"],
    HOME: process.env["HOME"],
    CANON_NOW: "2026-11-21T10:00:00Z",
    CANON_USER: "dana",
    NO_COLOR: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
  };
}
