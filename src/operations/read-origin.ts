/** Where the specs come from: workspace id, commit, and whether tickets may follow them from this branch (semantics 6). */

import type { Blocked } from "../core/plan/plan-input.ts";
import { judgeBehind } from "../core/plan/behind.ts";
import { isUnpushed, judgeBranch, type BranchFacts } from "../core/plan/branch-rule.ts";
import type { Base } from "../core/model/base.ts";
import type { Diagnostic } from "../core/model/diagnostic.ts";
import type { Item } from "../core/model/item.ts";
import { readRepository, type Repository } from "../io/git.ts";
import type { Workspace } from "./workspace.ts";

export interface SpecOrigin {
  /** `id:` of the configuration, else the remote's normalised URL, else "local". */
  readonly workspace: string;
  readonly commit: string | null;
  readonly repository: Repository | null;
  /** null: only embedded targets, for which no branch rule holds and no git is started. */
  readonly branch: BranchFacts | null;
  /** Why targets that are not embedded may not be written from here; null when they may. */
  readonly blocked: Blocked | null;
  readonly diagnostics: readonly Diagnostic[];
}

export interface OriginOptions {
  /** True when a target is not embedded: then the branch rules hold. */
  readonly remoteTargets: boolean;
  readonly anyBranch: boolean;
}

export async function readOrigin(workspace: Workspace, options: OriginOptions): Promise<SpecOrigin> {
  const { home, env, config } = workspace;
  const repository = await readRepository(home, { env, log: workspace.log });
  const id = config.id ?? repository?.remote?.url ?? null;
  const shared = { workspace: id ?? "local", commit: repository?.head ?? null, repository };
  if (!options.remoteTargets) return { ...shared, branch: null, blocked: null, diagnostics: [] };
  if (id === null)
    return {
      ...shared,
      branch: null,
      blocked: {
        code: "workspace-unnamed",
        message: "Only local targets work without an id: and without a git remote: nothing would tell this workspace's tickets from another's.",
      },
      diagnostics: [],
    };
  if (!repository) return { ...shared, branch: null, blocked: null, diagnostics: [] };
  const branch = await repository.branchFacts(config.specs.include);
  const judged = judgeBranch(branch, options);
  return {
    ...shared,
    branch,
    blocked: judged.applyable ? null : { code: "branch-not-default", message: `${judged.message} ${judged.hint}` },
    diagnostics: judged.applyable ? judged.warnings : [],
  };
}

/** True where a base written from this spec would not be on the default branch. */
export function isPathUnpushed({ branch }: SpecOrigin, path: string): boolean {
  return branch !== null && isUnpushed(branch, path);
}

/** Asks git once where the commits of all bases are, and answers for each item. */
export async function behindJudge({ repository, branch }: SpecOrigin, bases: readonly Base[]): Promise<(base: Base, item: Item) => boolean> {
  if (!repository || !branch) return () => false;
  const history = await repository.history(bases.flatMap(({ commit }) => commit ?? []));
  return (base, item) => judgeBehind(base, item.hash, history);
}
