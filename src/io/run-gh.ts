/** Starts GitHub's command line, which knows whether somebody is logged in and with which token. Found in PATH alone: it gets every credential of the environment. */

import { findProgram } from "./find-program.ts";

/** `gh` may ask GitHub; nobody waits longer than this, in milliseconds. */
const PATIENCE = 2_000;

/** What it printed; null where it is not installed, too slow, or says no. */
export async function runGh(args: readonly string[], env: Readonly<Record<string, string | undefined>>): Promise<string | null> {
  const gh = findProgram("gh", env);
  if (gh === null) return null;
  try {
    const { x } = await import("tinyexec");
    // Otherwise tinyexec puts every node_modules/.bin above the workspace in front of PATH, for gh and for what it starts.
    const { stdout, exitCode } = await x(gh, [...args], { nodePath: false, timeout: PATIENCE, nodeOptions: { env, stdio: ["ignore", "pipe", "ignore"] } });
    return exitCode === 0 ? stdout.trim() : null;
  } catch {
    return null;
  }
}
