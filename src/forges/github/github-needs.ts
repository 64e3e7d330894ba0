/** What a token for GitHub must be made for, by command; docs/bot.md says the same. */

import type { TokenNeeds } from "../forge.ts";

const ISSUES = "issues: write";
const CODE: readonly string[] = ["contents: write", "pull requests: write", ISSUES];

/** Of a fine-grained token and of an app's. */
const NEEDS: TokenNeeds["needs"] = {
  plan: ["contents: write (refs/canon/ only)", "pull requests: read", ISSUES, "checks: write"],
  apply: CODE,
  pull: CODE,
};

const UNTOLD =
  "GitHub does not tell which permissions this token was made with. Each is tried here as far as reading goes; where writing is refused, the message names the one that lacks.";
const NO_CHECKS = "GitHub takes checks from apps and from its own workflows only: with this token the comment alone tells.";

/** `scope`: what a classic token needs; null: it is none, and GitHub does not tell what it may do. */
export function tokenNeeds(scope: string | null, isApp: boolean): TokenNeeds {
  const needs = scope === null ? NEEDS : { plan: [scope], apply: [scope], pull: [scope] };
  return { needs, remarks: [...(scope === null ? [UNTOLD] : []), ...(isApp ? [] : [NO_CHECKS])] };
}
