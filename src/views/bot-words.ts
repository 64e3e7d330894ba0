/** What the bot says on pull requests, in one value: operations know when to speak, views know how. */

import type { QuestionWords } from "../core/bot/question-board.ts";
import type { PlanRoom } from "../core/bot/plan-room.ts";
import type { SpecChanges } from "../core/bot/propose.ts";
import { proposalSign } from "../core/bot/proposal-sign.ts";
import type { ListReport } from "../core/model/list-report.ts";
import type { CodeNews } from "../core/bot/code-news.ts";
import type { Plan } from "../core/model/plan.ts";
import { botCodeComment, botCodeNews, botCodeTitle, botRealizedComment } from "./bot-code.ts";
import { botAppliedComment } from "./bot-applied.ts";
import { botPlanComment, botPlanTitle } from "./bot-plan.ts";
import { proposalBody, proposalTitle } from "./bot-proposal.ts";
import { QUESTION_WORDS } from "./bot-questions.ts";
import { setupBody } from "./bot-setup.ts";
import { toldNote } from "./bot-told.ts";

interface BotTexts {
  readonly plan: (plan: Plan | null, room?: PlanRoom) => string;
  readonly applied: (applied: number, waiting: Plan, stopped?: number) => string;
  readonly planTitle: (plan: Plan | null) => string;
  readonly proposalTitle: (found: SpecChanges) => string;
  readonly proposalBody: (found: SpecChanges) => string;
  readonly proposalCommit: (found: SpecChanges) => string;
  readonly setupBody: (specs: ListReport["specs"]) => string;
  readonly questions: QuestionWords;
  readonly paused: string;
  readonly withdrawn: string;
  readonly flipping: string;
  readonly specGone: string;
  readonly told: typeof toldNote;
  readonly code: BotCodeTexts;
}

interface BotCodeTexts {
  readonly below: (news: CodeNews) => string;
  readonly alone: (news: CodeNews) => string;
  readonly title: (news: CodeNews) => string;
  readonly realized: (pullRequest: number, addresses: readonly string[], markedBy: string | null) => string;
}

export const BOT_WORDS: BotTexts = {
  plan: botPlanComment,
  planTitle: botPlanTitle,
  applied: botAppliedComment,
  proposalTitle,
  proposalBody: (found) => `${proposalSign(found)}\n${proposalBody(found)}`,
  proposalCommit: proposalTitle,
  setupBody,
  questions: QUESTION_WORDS,
  paused:
    "**Canon keeps away from this branch**, because somebody else has committed to it. Merge or close it as it is; or tick this box, and Canon goes on with what is here:\n\n- [ ] Go on (canon:resume)",
  flipping:
    "A field of these tickets went back and forth between the same two values three times within a day. Canon leaves it alone, and asks in the issue with its questions.",
  specGone:
    "This spec was renamed or taken away, so there is nothing to merge here any more. What is still new on the tickets of its sections comes in a pull request for the spec that they are in now.",
  withdrawn: "The tickets say again what the spec says, so there is nothing left to merge here.",
  told: toldNote,
  code: { below: botCodeNews, alone: botCodeComment, title: botCodeTitle, realized: botRealizedComment },
};
