/** Plans what merging a pull request would do to tickets, and says it there: one comment, one check. Writes to no tracker. */

import { leftBehind } from "../../core/bot/left-behind.ts";
import { partOfPlan } from "../../core/bot/part-of-plan.ts";
import { hiddenTargets } from "../../core/bot/visible-targets.ts";
import { withoutLive } from "../../core/bot/without-live.ts";
import type { Diagnostic } from "../../core/model/diagnostic.ts";
import type { Plan } from "../../core/model/plan.ts";
import { FORWARD } from "../../core/plan/selection.ts";
import { ForgeError } from "../../forges/forge-error.ts";
import type { Forge, PullRequest } from "../../forges/forge.ts";
import { parseWithKeys } from "../parse-with-keys.ts";
import { planTickets } from "../plan.ts";
import { readSpecs } from "../read-specs.ts";
import type { BotWorld } from "./bot-world.ts";
import { compileFork } from "./compile-fork.ts";
import { openAtCommit, readTexts, type CommitWorkspace } from "./open-at-commit.ts";
import { readCode, readNames } from "./read-code.ts";
import { recall } from "./remember.ts";
import { sayCheck, sayPlan } from "./say-plan.ts";

/** What was done on it, in a word and a sentence. */
export interface Reviewed {
  readonly number: number;
  readonly state: "planned" | "silent" | "conflicting" | "fork" | "ended" | "no-config";
  readonly message: string;
  /** What people may see of it there; null: it was not planned. */
  readonly plan: Plan | null;
  /** False: the host takes no checks of this account, so that only the comment tells. */
  readonly checked: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

export async function planPullRequest(number: number, world: BotWorld): Promise<Reviewed> {
  const { forge } = world;
  const request = await forge.pullRequest(number);
  const said = (state: Reviewed["state"], message: string, diagnostics: readonly Diagnostic[] = []): Reviewed => ({
    ...{ number, state, message: `#${number} ${message}`, plan: null, checked: true, diagnostics },
  });
  if (request.state !== "open") return said("ended", `is ${request.state}.`);
  const { defaultBranch } = await forge.repository();
  if (request.base.branch !== defaultBranch) return said("silent", `goes to ${request.base.branch}; tickets follow ${defaultBranch}.`);
  const base = (await forge.head(`refs/heads/${defaultBranch}`)) ?? request.base.commit;
  const result = await mergeResultOf(number, forge);
  if (result === undefined) return said("ended", "was merged or closed while it was read.");
  if (result === null) return said("conflicting", `cannot be merged into ${defaultBranch} as it is; it is planned once it can be.`);
  const opened = await openAtCommit(world, base);
  if (!opened.ok) return said("no-config", `is not planned: ${defaultBranch} has no configuration that can be read.`, opened.diagnostics);
  const { at } = opened;
  try {
    const changed = await forge.changed(base, result);
    const specs = at.specsAmong(changed);
    const isKnown = String(number) in (await recall(forge)).reviews;
    const names = await readNames(request, base, at, world);
    if (specs.length === 0 && !isKnown && names === null) return said("silent", "changes no spec.");
    const problems = await at.fill(result);
    if (request.head.fork) return await reviewFork(request, at, specs, problems, world);
    const code = await readCode(request, { names, changed, result }, at, world);
    if (specs.length === 0 && !isKnown && code === null) return said("silent", "changes no spec.");
    const plan = specs.length === 0 ? null : await planOf(specs, at, problems, (await readTexts(forge, base, specs, at.prefix)).texts);
    const shown = plan && withoutLive(plan, hiddenTargets(at.workspace.config, (await forge.repository()).visibility));
    const { checked } = await sayPlan(request, { specs, plan, shown, code, prefix: at.prefix }, world);
    return {
      number,
      state: "planned",
      message: `#${number}: ${shown === null && code !== null ? world.words.code.title(code) : world.words.planTitle(shown)}`,
      plan: shown,
      checked,
      diagnostics: shown?.diagnostics ?? [],
    };
  } finally {
    await at.remove();
  }
}

/** undefined: it is not open any more. A host takes seconds to merge for a look, and people merge within them. */
async function mergeResultOf(number: number, forge: Forge): Promise<string | null | undefined> {
  try {
    return await forge.mergeResult(number);
  } catch (error) {
    if (!(error instanceof ForgeError) || error.kind !== "invalid") throw error;
    if ((await forge.pullRequest(number)).state === "open") throw error;
    return undefined;
  }
}

/** What went wrong says nothing of other pull requests. */
export function isOfOne(error: unknown): boolean {
  return error instanceof ForgeError && error.kind !== "auth" && error.kind !== "forbidden" && error.kind !== "rate-limited";
}

/** `before`: these specs as they are on the default branch. */
async function planOf(
  specs: readonly string[],
  { workspace }: CommitWorkspace,
  problems: readonly Diagnostic[],
  before: ReadonlyMap<string, string>,
): Promise<Plan> {
  const selection = { addresses: [], exclude: [], targets: [], includeDone: false, ...FORWARD };
  // A smaller plan would not know that a ticket belongs to two sections of two specs.
  const plan = await planTickets(workspace, { selection, anyBranch: true });
  const docs = [...before].map(([path, text]) => parseWithKeys(path, text, workspace));
  const after = await readSpecs(workspace);
  const orphans = after.allRead ? leftBehind(docs, after.docs, workspace.config) : [];
  return partOfPlan({ ...plan, orphans, diagnostics: [...problems, ...plan.diagnostics] }, new Set(specs));
}

async function reviewFork(
  request: PullRequest,
  { workspace, prefix }: CommitWorkspace,
  specs: readonly string[],
  problems: readonly Diagnostic[],
  world: BotWorld,
): Promise<Reviewed> {
  const { check, diagnostics } = await compileFork(workspace, specs, problems);
  const checked = await sayCheck(request, { ...check, commit: request.head.commit }, { specs, prefix }, world);
  const message = `#${request.number} comes from a fork: its specs were read, no tracker was asked.`;
  return { number: request.number, state: "fork", message, plan: null, checked, diagnostics };
}
