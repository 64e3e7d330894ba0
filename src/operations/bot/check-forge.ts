/** Asks the code host who Canon is there and what it may do, and says exactly what to change. Reads only, and never throws for what a host may do. */

import type { Diagnostic } from "../../core/model/diagnostic.ts";
import type { ForgeReport } from "../../core/model/forge-report.ts";
import type { Forge, ForgeRepository } from "../../forges/forge.ts";
import { readRepository, type Repository } from "../../io/git.ts";
import { failureDiagnostic } from "../failure-diagnostic.ts";
import type { Workspace } from "../workspace.ts";
import type { OpenForge } from "./open-bot.ts";

/** null: there is no code host here, and none is needed. */
export async function checkForge(workspace: Workspace, openForge: OpenForge, onWait: (seconds: number) => void): Promise<ForgeReport | null> {
  const { root, config, env, clock, log } = workspace;
  const { enabled } = config.bot;
  const repository = await readRepository(root, { env, log });
  const nothing: ForgeReport = {
    ...{ identity: repository?.remote?.url ?? "no remote", account: null, defaultBranch: null, granted: null, needed: [], commands: [], remarks: [] },
    ...{ enabled, diagnostics: [] },
  };
  if (repository === null) return enabled ? { ...nothing, diagnostics: [NO_CLONE] } : null;
  const opened = await tried(() => openForge(contextOf(repository)));
  // Without a bot it is no failure that nobody told Canon of a code host.
  if (!opened.ok) return enabled ? { ...nothing, diagnostics: [opened.problem] } : null;
  const forge = opened.value;
  try {
    const asked = await tried(() => forge.repository());
    if (!asked.ok) return { ...nothing, identity: forge.identity, diagnostics: [asked.problem].map((one) => weighed(one, enabled)) };
    const found = asked.value;
    const problems = [...lacking(found), ...(await refused(forge, found))];
    return {
      ...{ identity: forge.identity, account: found.account, defaultBranch: found.defaultBranch, granted: found.granted, needed: found.needed },
      commands: Object.entries(found.token.needs).map(([command, needs]) => ({ command, needs })),
      ...{ remarks: found.token.remarks, enabled, diagnostics: problems.map((one) => weighed(one, enabled)) },
    };
  } finally {
    await forge.close();
  }

  function contextOf({ top, remote }: Repository): Parameters<OpenForge>[0] {
    return { top, remote: remote?.url ?? null, env, clock, log, onWait };
  }
}

const NO_CLONE: Diagnostic = {
  code: "forge-missing",
  severity: "error",
  message: "bot.enabled is true, and this is no clone of a repository.",
  hint: "canon bot works in a clone: check the repository out.",
};

function lacking({ name, account, granted, needed }: ForgeRepository): readonly Diagnostic[] {
  return needed
    .filter((one) => granted?.includes(one) === false)
    .map((one) => ({
      code: "forge-refused",
      severity: "error",
      message: `${name}: ${account}, or its token, lacks "${one}".`,
      hint: "Give the account write access to the repository, or make a token that has it: docs/bot.md lists what each command needs.",
    }));
}

/** Nothing else tells of most tokens what they may do: each permission is tried by reading. */
async function refused(forge: Forge, { account, defaultBranch }: ForgeRepository): Promise<readonly Diagnostic[]> {
  const reads: readonly (() => Promise<unknown>)[] = [
    () => forge.head(`refs/heads/${defaultBranch}`),
    () => forge.pullRequests({ state: "open", headPrefix: "canon/", author: account }),
    () => forge.threads({ author: account, label: "canon" }),
  ];
  const problems: Diagnostic[] = [];
  for (const read of reads) {
    const outcome = await tried(read);
    if (!outcome.ok && !problems.some(({ message, hint }) => message === outcome.problem.message && hint === outcome.problem.hint))
      problems.push(outcome.problem);
  }
  return problems;
}

type Tried<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Diagnostic };

async function tried<T>(ask: () => Promise<T>): Promise<Tried<T>> {
  try {
    return { ok: true, value: await ask() };
  } catch (error) {
    const problem = failureDiagnostic(error);
    if (problem === null) throw error;
    return { ok: false, problem };
  }
}

/** What the bot would stumble over is news only as long as there is none. */
function weighed(problem: Diagnostic, enabled: boolean): Diagnostic {
  return enabled ? problem : { ...problem, severity: "notice" };
}
