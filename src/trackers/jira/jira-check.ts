/** Who am I, what is this project like, what may I do here: never throws. */

import { TrackerError } from "../tracker-error.ts";
import type { Check } from "../tracker.ts";
import { shapeOf } from "./jira-project.ts";
import type { JiraSession } from "./jira-session.ts";

/** As the vendor names them, the same in Cloud and Data Center. */
const NEEDED = ["BROWSE_PROJECTS", "CREATE_ISSUES", "EDIT_ISSUES", "TRANSITION_ISSUES", "ADD_COMMENTS", "LINK_ISSUES"] as const;

export async function checkJira({ api, project, key, me }: JiraSession): Promise<Check> {
  const asked = [me(), project.facts(), api.permissions(key, NEEDED)] as const;
  try {
    // Wrong credentials make a project invisible: who asks is settled first. What fails besides is not lost on nobody.
    await Promise.allSettled(asked);
    const { displayName } = await asked[0];
    const shape = shapeOf(await asked[1]);
    return { ok: true, account: displayName, project: shape, granted: await asked[2], needed: NEEDED };
  } catch (error) {
    if (error instanceof TrackerError) return { ok: false, error };
    throw error;
  }
}
