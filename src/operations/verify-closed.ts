/** Asks the verifier about every ticket that somebody closed and that would make its section done (semantics 9). */

import { makePlan, type MadePlan } from "../core/plan/make-plan.ts";
import type { PlanInput, Verified } from "../core/plan/plan-input.ts";
import type { Workspace } from "./workspace.ts";

export interface VerifyOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (text: string) => void;
}

/** The plan; made again with its answers where there was something to ask. */
export async function withVerifier(
  input: PlanInput,
  workspace: Workspace,
  options: VerifyOptions,
): Promise<{ readonly made: MadePlan; readonly input: PlanInput }> {
  const made = makePlan(input);
  const open = made.plan.questions.filter(({ kind }) => kind === "unverified");
  if (workspace.config.verify !== "command" || open.length === 0) return { made, input };
  const { verifyOne } = await import("./verify-one.ts");
  const verified = new Map<string, Verified>();
  for (const [index, { address }] of open.entries()) {
    if (options.signal?.aborted) break;
    options.onProgress?.(`verifying ${index + 1}/${open.length}`);
    const link = address === null ? undefined : made.items.get(address);
    if (link && "ticket" in link) verified.set(link.item.addressText, await verifyOne(link.item, link.ticket, workspace, input.commit));
  }
  const asked = { ...input, verified };
  return { made: makePlan(asked), input: asked };
}
