/** Starts git, and nothing but git: argument arrays, no prompt, no pager, no hook, no helper that the repository brings. */

import { findProgram } from "./find-program.ts";
import { silentLog, type Log } from "./log.ts";

export interface GitAnswer {
  /** 0 is success; null: git is missing, did not start, or took too long. */
  readonly code: number | null;
  readonly out: Uint8Array;
  /** Trimmed; what git said, or why it did not run. */
  readonly error: string;
}

export interface GitOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log?: Log;
  /** Sent to its standard input. */
  readonly input?: string;
  readonly timeout?: number;
  /** `core.sshCommand` of the repository, which GIT_SSH_COMMAND would override. */
  readonly sshCommand?: string | null;
}

/** runGit for one repository. */
export type Git = (args: readonly string[], extra?: Pick<GitOptions, "input" | "timeout">) => Promise<GitAnswer>;

/** What git printed; a file name that is not UTF-8 comes with replacement characters, and so matches nothing. */
export function textOf({ out }: GitAnswer): string {
  return Buffer.from(out).toString("utf8");
}

/** No hooks, and no fsmonitor: both are programs that a configuration names. */
const GUARD = ["--no-pager", "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false", "-c", "color.ui=false"];

const TIMEOUT = 30_000;

/** Never throws and never asks. `--end-of-options` before what comes from outside is the caller's part. */
export async function runGit(args: readonly string[], options: GitOptions): Promise<GitAnswer> {
  const git = findProgram("git", options.env);
  if (git === null) return { code: null, out: new Uint8Array(), error: "git is not installed, or not in PATH" };
  // Only here: a plan of embedded targets starts no git and should not pay for it.
  const { x } = await import("tinyexec");
  const began = performance.now();
  try {
    const run = x(git, [...GUARD, ...args], {
      // Otherwise tinyexec puts every node_modules/.bin above the workspace in front of PATH.
      nodePath: false,
      timeout: options.timeout ?? TIMEOUT,
      ...(options.input === undefined ? {} : { stdin: options.input }),
      nodeOptions: { cwd: options.cwd, env: gitEnv(options), stdio: [options.input === undefined ? "ignore" : "pipe", "pipe", "pipe"] },
    });
    // Byte for byte, as tinyexec decodes every chunk by itself; and git may end before it has read all of its input.
    run.process?.stdout?.setEncoding("latin1");
    run.process?.stdin?.on("error", () => undefined);
    const { stdout, stderr, exitCode } = await run;
    return { code: exitCode ?? null, out: Buffer.from(stdout, "latin1"), error: stderr.trim() };
  } catch (error) {
    return { code: null, out: new Uint8Array(), error: isTimeout(error) ? "no answer in time" : error instanceof Error ? error.message : String(error) };
  } finally {
    (options.log ?? silentLog).say("git", () => `${args.join(" ")} (${Math.round(performance.now() - began)} ms)`);
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && (error.name === "TimeoutError" || error.name === "AbortError");
}

/** Where a hook started Canon, git's own variables point into that hook's repository. undefined takes a variable out. */
const OF_A_HOOK = [
  "GIT_DIR",
  "GIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_OBJECT_DIRECTORY",
  "GIT_COMMON_DIR",
  "GIT_PREFIX",
  "GIT_NAMESPACE",
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_QUARANTINE_PATH",
];

function gitEnv({ env, sshCommand }: GitOptions): NodeJS.ProcessEnv {
  const ssh = env["GIT_SSH_COMMAND"] ?? env["GIT_SSH"] ?? sshCommand ?? null;
  return {
    ...env,
    ...Object.fromEntries(OF_A_HOOK.map((name) => [name, undefined])),
    ...(ssh === null ? { GIT_SSH_COMMAND: "ssh -oBatchMode=yes" } : {}),
    GIT_TERMINAL_PROMPT: "0",
    GCM_INTERACTIVE: "never",
    SSH_ASKPASS_REQUIRE: "never",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_LITERAL_PATHSPECS: "1",
    GIT_PAGER: "cat",
    LC_ALL: "C",
  };
}
