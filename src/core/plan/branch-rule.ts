/** Whether tickets may follow the specs of this checkout (semantics 6), from what git knows. Pure; `src/io/git.ts` gathers the facts. */

import type { Diagnostic } from "../model/diagnostic.ts";
import { EXIT } from "../model/exit-code.ts";

/** What the remote answered. */
export type RemoteState =
  | { readonly state: "none" }
  | { readonly state: "unreachable"; readonly remote: string; readonly why: string }
  /** It has no commit yet. */
  | { readonly state: "empty"; readonly remote: string }
  | {
      readonly state: "known";
      readonly remote: string;
      /** Its default branch; null where it does not tell. */
      readonly branch: string | null;
      readonly tip: string;
      /** HEAD contains the tip: nothing merged is missing here. */
      readonly contained: boolean;
      /** The tip contains HEAD: nothing here is unpushed. */
      readonly merged: boolean;
    };

export interface BranchFacts {
  /** null: no commit yet. */
  readonly head: string | null;
  /** null: detached. */
  readonly branch: string | null;
  readonly shallow: boolean;
  readonly remote: RemoteState;
  /** Specs that differ from HEAD, untracked ones too; relative to the workspace root. */
  readonly uncommitted: readonly string[];
}

export type BranchJudgement =
  | { readonly applyable: true; readonly warnings: readonly Diagnostic[] }
  | { readonly applyable: false; readonly exit: typeof EXIT.stale; readonly message: string; readonly hint: string };

/** `anyBranch` is the flag --any-branch: what would be refused becomes a warning. */
export function judgeBranch(facts: BranchFacts, options: { readonly anyBranch?: boolean } = {}): BranchJudgement {
  const refusal = refusalOf(facts);
  if (refusal === null) return { applyable: true, warnings: warningsOf(facts) };
  if (options.anyBranch !== true) return { applyable: false, exit: EXIT.stale, ...refusal };
  return { applyable: true, warnings: [warning("branch-behind", refusal.message, "Applied nevertheless, as --any-branch says."), ...warningsOf(facts)] };
}

/** True when a spec as it stands here is not on the default branch: a base written from it says so. */
export function isUnpushed(facts: BranchFacts, path: string): boolean {
  return !isMerged(facts) || facts.uncommitted.includes(path);
}

interface Refusal {
  readonly message: string;
  readonly hint: string;
}

const FOLLOW = "tickets follow merged specs.";
const ANYWAY = "Preview: canon plan. Anyway: --any-branch";

function refusalOf(facts: BranchFacts): Refusal | null {
  const { remote } = facts;
  switch (remote.state) {
    case "none":
      return null;
    case "unreachable":
      return { message: `${remote.remote} cannot be reached (${remote.why}), so nobody knows whether ${hereOf(facts)} is up to date: ${FOLLOW}`, hint: ANYWAY };
    case "empty":
      return { message: `${remote.remote} has no commits yet: ${FOLLOW}`, hint: `Push first: git push. ${ANYWAY}` };
    case "known":
      return facts.head === remote.tip ? null : refusalOffTip(facts, remote);
  }
}

/** HEAD is not the tip: only the branch of that name may be ahead of it, and only where the history tells. */
function refusalOffTip(facts: BranchFacts, remote: Extract<RemoteState, { state: "known" }>): Refusal | null {
  const name = remote.branch ?? `the default branch of ${remote.remote}`;
  if (facts.branch === null) return { message: `HEAD (${hereOf(facts)}) is not the tip of ${name} (${short(remote.tip)}): ${FOLLOW}`, hint: ANYWAY };
  if (facts.branch !== remote.branch) return { message: `${facts.branch} is not ${name}: ${FOLLOW}`, hint: ANYWAY };
  if (facts.shallow)
    return {
      message: `This shallow clone is not at the tip of ${name} (${short(remote.tip)}): ${FOLLOW}`,
      hint: `Bring it up to date: git pull --unshallow. ${ANYWAY}`,
    };
  if (remote.contained) return null;
  return {
    message: `${facts.branch} does not contain the tip of ${remote.remote}/${name} (${short(remote.tip)}): ${FOLLOW}`,
    hint: `Bring it up to date: git pull. ${ANYWAY}`,
  };
}

function warningsOf(facts: BranchFacts): readonly Diagnostic[] {
  const { remote, uncommitted } = facts;
  const warnings: Diagnostic[] = [];
  if (uncommitted.length > 0)
    warnings.push(
      warning(
        "branch-unpushed",
        `${listed(uncommitted)} ${uncommitted.length === 1 ? "has" : "have"} changes that are not committed.`,
        "Commit and push them, so that others see what the tickets follow.",
      ),
    );
  if (remote.state !== "none" && facts.head !== null && !isMerged(facts))
    warnings.push(warning("branch-unpushed", `${hereOf(facts)} has commits that are not pushed.`, "Push them: git push"));
  if (remote.state === "none")
    warnings.push({ code: "branch-no-remote", severity: "notice", message: "This repository has no remote: every branch counts as the default one." });
  if (facts.shallow)
    warnings.push({
      code: "branch-shallow",
      severity: "notice",
      message: "This clone is shallow: bases from commits it does not have, and orphans, are not judged.",
      hint: "git fetch --unshallow",
    });
  return warnings;
}

function isMerged({ head, remote }: BranchFacts): boolean {
  return remote.state === "known" && (head === remote.tip || remote.merged);
}

function warning(code: Diagnostic["code"], message: string, hint: string): Diagnostic {
  return { code, severity: "warning", message, hint };
}

function hereOf({ branch, head }: BranchFacts): string {
  return branch ?? (head === null ? "HEAD" : short(head));
}

function listed(paths: readonly string[]): string {
  const [first = "", second, ...more] = paths;
  if (second === undefined) return first;
  return more.length === 0 ? `${first} and ${second}` : `${first}, ${second} and ${more.length} more`;
}

function short(commit: string): string {
  return commit.slice(0, 7);
}
