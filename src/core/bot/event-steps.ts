/**
 * What the event of a workflow asks the bot to do. An event is only a hint: every step looks again, so one that is lost is
 * made up for by the next, at the latest by the schedule.
 *
 * What the bot does itself starts workflows again (an app's token does, that of a workflow does not), and must never go in
 * circles:
 * - of its own pull requests it plans those that it opened or pushed to, because the check may be required there: planning
 *   writes a comment and a check, and neither of them asks for a plan;
 * - its own commit on the default branch brings markers: it is applied again, because GitHub drops a run that waits when a
 *   newer one comes, and what a person merged just before must not be lost with it. Applying what is applied commits nothing,
 *   so that ends there. Nothing is proposed after it;
 * - nothing else that it did itself asks for anything.
 */

import { PROPOSAL_PREFIX } from "./propose.ts";

export type BotStep =
  | { readonly do: "plan" | "answer"; readonly number: number }
  | { readonly do: "apply" }
  | { readonly do: "pull" }
  | { readonly do: "follow" };

/** Of what GitHub writes into the file of an event, as much as decides. */
export interface WorkflowEvent {
  readonly name: string;
  readonly action: string | null;
  /** The pull request's, or the thread's. */
  readonly number: number | null;
  /** The pull request's own branch. */
  readonly branch: string | null;
  /** What was pushed to, or where it was started by hand. */
  readonly ref: string | null;
  /** The bot's own account did it. */
  readonly isOwn: boolean;
  /** The newest commit says that it is the bot's: others may use its account, and others may carry its commits. */
  readonly isOwnCommit: boolean;
}

/** Actions on a pull request after which its plan is the same as before. */
const SILENT: readonly string[] = ["assigned", "unassigned", "labeled", "unlabeled", "locked", "unlocked", "review_requested", "review_request_removed"];
/** What the bot does to a pull request that changes what it would plan there. */
const OWN: readonly string[] = ["opened", "reopened", "synchronize"];

export function eventSteps(event: WorkflowEvent, defaultBranch: string): readonly BotStep[] {
  const { name, ref, isOwn, isOwnCommit } = event;
  switch (name) {
    case "pull_request":
    case "pull_request_target":
      return ofPullRequest(event);
    case "push":
      if (ref !== `refs/heads/${defaultBranch}`) return [];
      return isOwn && isOwnCommit ? [{ do: "apply" }] : [{ do: "apply" }, { do: "pull" }];
    // By hand it may be started on any branch; only in a clone of the default branch is anything applied.
    case "workflow_dispatch":
      return ref === null || ref === `refs/heads/${defaultBranch}` ? [{ do: "apply" }, { do: "pull" }] : [{ do: "pull" }];
    case "schedule":
    case "repository_dispatch":
      return [{ do: "apply" }, { do: "pull" }];
    // Whether it is the one with the bot's questions, the step looks itself.
    case "issues":
      return event.action === "edited" && !isOwn && event.number !== null ? [{ do: "answer", number: event.number }] : [];
    case "issue_comment":
      return event.action === "created" && !isOwn && event.number !== null ? [{ do: "answer", number: event.number }] : [];
    default:
      return [];
  }
}

function ofPullRequest({ action, number, branch, isOwn }: WorkflowEvent): readonly BotStep[] {
  if (number === null || (isOwn && !OWN.includes(action ?? ""))) return [];
  if (action === "closed") return [{ do: "follow" }];
  if (SILENT.includes(action ?? "")) return [];
  // Somebody pushed to the bot's own branch, or ticked its box: what it says there follows at once.
  const follow: readonly BotStep[] = !isOwn && branch?.startsWith(PROPOSAL_PREFIX) === true ? [{ do: "follow" }] : [];
  return [...follow, { do: "plan", number }];
}
