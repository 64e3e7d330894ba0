/** Who the account is, what the repository is like, and whether the token may do what Canon does. */

import type { Check } from "../tracker.ts";
import { mayPush } from "./github-role.ts";
import type { GithubSession } from "./github-session.ts";
import { GITHUB_STATUSES, INITIAL_STATUS } from "./github-statuses.ts";

/** Throws TrackerError. */
export async function checkGithub(session: GithubSession): Promise<Check> {
  const { nameWithOwner, account, isOrganization, role, scopes, isPublic } = await session.project.repository("anew");
  const types = session.usesTypes && isOrganization ? await session.project.types() : [];
  return {
    ok: true,
    account,
    project: {
      name: nameWithOwner,
      types,
      // Any issue may stand below any other.
      nesting: Object.fromEntries(types.map((type) => [type, types])),
      defaultTypes: [],
      statuses: GITHUB_STATUSES.map(({ name, category }) => ({ name, category })),
      initialStatus: INITIAL_STATUS,
      isPublic,
    },
    granted: [...(scopes ?? []), ...(role === null ? [] : [mayPush(role) ? "role: write" : `role: ${role}`])],
    needed: [...scopesNeeded(scopes, isPublic), ...(role === null ? [] : ["role: write"])],
  };
}

/** Of a classic token; others do not tell theirs. */
function scopesNeeded(scopes: readonly string[] | null, isPublic: boolean): readonly string[] {
  if (scopes === null) return [];
  return [isPublic && scopes.includes("public_repo") ? "public_repo" : "repo"];
}
