/** What a run of canon bot pull does about questions: labels are taken as answers, answers are proposed, and the issue says what is open. */

import type { Plan } from "../../core/model/plan.ts";
import { takeLabels } from "./take-labels.ts";
import type { BotWorld } from "./bot-world.ts";
import type { CommitWorkspace } from "./open-at-commit.ts";
import { proposeAnswers } from "./propose-answers.ts";
import type { Stand } from "./proposal-requests.ts";
import { keepQuestions, questionsOf, type KeptQuestions } from "./questions-issue.ts";

/** `at`: the folder of the specs, which nobody needs any more: answers are written into it. Writes to no tracker. */
export async function askQuestions(plan: Plan, at: CommitWorkspace, stand: Stand, world: BotWorld): Promise<KeptQuestions | null> {
  const { config } = at.workspace;
  const asked = await questionsOf(plan, config, world);
  await takeLabels(asked.questions, world);
  await proposeAnswers(asked, async () => at, stand, world);
  return keepQuestions(plan, config, world);
}
