/** Runs a command line of the configuration within bounds: so long, so much output, and nothing of it outlives its answer. */

import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from "node:child_process";

export interface BoundedOptions {
  readonly cwd: string;
  /** All of it: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** Sent to its standard input. */
  readonly input: string;
  /** Milliseconds. */
  readonly timeout: number;
  /** Bytes of standard output. */
  readonly most: number;
}

export type Bounded =
  | { readonly end: "exited"; readonly code: number; readonly out: string; readonly error: string }
  /** By a signal that was not ours. */
  | { readonly end: "killed"; readonly signal: string }
  /** By us. */
  | { readonly end: "timeout" | "too-much" | "interrupted" }
  | { readonly end: "not-started"; readonly error: string };

/** Characters of standard error that are kept, its last ones: enough for one line of a message. */
const KEPT_ERROR = 4000;

/** So long a child that was left behind may hold the output open after the command itself has ended; in milliseconds. */
const LINGER = 250;

/** They end Canon unless somebody listens; a command with a process group of its own would not hear them. */
const ENDINGS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Never throws. The shell takes `command` as people wrote it; what comes from elsewhere goes to its standard input only. */
export function runBounded(command: string, options: BoundedOptions): Promise<Bounded> {
  return new Promise((resolve) => {
    try {
      const child = spawn(command, {
        shell: true,
        // A group of its own, so that all of it can be ended at once; a program that leaves its group is beyond reach.
        detached: process.platform !== "win32",
        cwd: options.cwd,
        env: { ...options.env },
        windowsHide: true,
      });
      watch(child, options, resolve);
    } catch (error) {
      resolve({ end: "not-started", error: error instanceof Error ? error.message : String(error) });
    }
  });
}

function watch(child: ChildProcessWithoutNullStreams, { input, timeout, most }: BoundedOptions, resolve: (end: Bounded) => void): void {
  const out: Buffer[] = [];
  let size = 0;
  let error = "";
  let stopped: "timeout" | "too-much" | "interrupted" | null = null;
  let lingering: NodeJS.Timeout | undefined;
  const stop = (why: NonNullable<typeof stopped>): void => {
    stopped ??= why;
    killGroup(child);
  };
  const timer = setTimeout(() => stop("timeout"), timeout);
  const forget = onEnding(() => stop("interrupted"));
  const finish = (end: Bounded): void => {
    clearTimeout(timer);
    clearTimeout(lingering);
    forget();
    resolve(end);
  };
  child.stdout.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > most) stop("too-much");
    else out.push(chunk);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => void (error = (error + text).slice(-KEPT_ERROR)));
  child.once("error", (problem) => finish({ end: "not-started", error: problem.message }));
  child.once("exit", () => {
    // First whoever is left in the group; what they printed is still read. Then the pipe itself, which somebody outside of it holds.
    lingering = setTimeout(() => {
      killGroup(child);
      lingering = setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, LINGER);
    }, LINGER);
  });
  child.once("close", (code, signal) => {
    if (stopped !== null) finish({ end: stopped });
    else if (signal !== null) finish({ end: "killed", signal });
    else finish({ end: "exited", code: code ?? 0, out: new TextDecoder().decode(Buffer.concat(out)), error: error.trim() });
  });
  // It may end without having read what it was asked.
  child.stdin.on("error", () => undefined).end(input);
}

/** Calls `listener` when Canon is told to end or ends. A signal that nobody else listens to still ends Canon. */
function onEnding(listener: () => void): () => void {
  const onSignal = (signal: NodeJS.Signals): void => {
    listener();
    if (process.listenerCount(signal) > 1) return;
    forget();
    process.kill(process.pid, signal);
  };
  const forget = (): void => {
    for (const signal of ENDINGS) process.off(signal, onSignal);
    process.off("exit", listener);
  };
  for (const signal of ENDINGS) process.on(signal, onSignal);
  process.on("exit", listener);
  return forget;
}

function killGroup({ pid }: ChildProcessWithoutNullStreams): void {
  if (pid === undefined) return;
  if (process.platform === "win32") return void spawnSync("taskkill", ["/pid", String(pid), "/T", "/F"], { stdio: "ignore" });
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Nobody is left in it.
  }
}
