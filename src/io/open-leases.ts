/** Finds the remote that keeps the leases of a workspace. Starts no process: what git's own files say is enough. */

import { lastValue } from "./git-config.ts";
import { readGitFiles } from "./git-files.ts";
import { openLeaseStore, type LeaseStore } from "./git-lease.ts";
import type { Log } from "./log.ts";
import { runGit } from "./run-git.ts";

export interface Leases {
  readonly store: LeaseStore;
  /** From the top of the repository to the workspace: "" or "services/pay/". */
  readonly prefix: string;
}

/** null: no repository, or no remote. */
export async function openLeases(root: string, options: { env: Readonly<Record<string, string | undefined>>; log: Log }): Promise<Leases | null> {
  // HEAD is not asked for.
  const files = await readGitFiles(root, async () => ({ head: null, branch: null }));
  if (files === null || files.remote === null) return null;
  const { config, remote, prefix } = files;
  const sshCommand = lastValue(config, "core.sshcommand");
  // A lease must be read where it is written: a place to fetch from may be a copy that lags behind.
  const place = config.get(`remote.${remote.name}.pushurl`)?.[0] ?? remote.name;
  const store = openLeaseStore((args, extra) => runGit(args, { cwd: root, sshCommand, ...options, ...extra }), remote.name, place);
  return { store, prefix };
}
