/** What every step of the bot works with. */

import type { CodeNews } from "../../core/bot/code-news.ts";
import type { QuestionWords } from "../../core/bot/question-board.ts";
import type { PlanRoom } from "../../core/bot/plan-room.ts";
import type { SpecChanges } from "../../core/bot/propose.ts";
import type { Fate } from "../../core/bot/ticket-news.ts";
import type { ListReport } from "../../core/model/list-report.ts";
import type { Plan } from "../../core/model/plan.ts";
import type { Forge, PullRequest } from "../../forges/forge.ts";
import type { Clock } from "../../io/clock.ts";
import type { OpenedWorkspace } from "../workspace.ts";

export interface BotWorld {
  readonly forge: Forge;
  /** The clone that the bot runs in: the top of its work tree, and from there the folder that is worked in, "" or "services/pay/". */
  readonly clone: { readonly top: string; readonly prefix: string };
  /** Opens the workspace in `folder` as if it stood in `home`. */
  readonly openAt: (folder: string, home: string) => Promise<OpenedWorkspace>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly words: BotWords;
}

/** Texts for people, made by the views. */
export interface BotWords {
  /** The comment of a pull request, as it is planned. null: it changes no spec any more. */
  readonly plan: (plan: Plan | null, room?: PlanRoom) => string;
  /** What became of it after the merge: changes that were applied, a plan of those that wait, and how many of these go back and forth. */
  readonly applied: (applied: number, waiting: Plan, stopped?: number) => string;
  readonly planTitle: (plan: Plan | null) => string;
  readonly proposalTitle: (found: SpecChanges) => string;
  readonly proposalBody: (found: SpecChanges) => string;
  /** The first line of a commit. */
  readonly proposalCommit: (found: SpecChanges) => string;
  /** Of the pull request that proposes a configuration. */
  readonly setupBody: (specs: ListReport["specs"]) => string;
  /** Of the issue with the questions. */
  readonly questions: QuestionWords;
  /** Stands below the body of a proposal to whose branch a person pushed. */
  readonly paused: string;
  /** Said on a proposal that is closed because its tickets say again what the spec says. */
  readonly withdrawn: string;
  /** The same, because what it would bring goes back and forth. */
  readonly flipping: string;
  /** The same, because its spec is not where it was. */
  readonly specGone: string;
  /** On a ticket: what became of what people changed there. */
  readonly told: (fate: Fate, request: Pick<PullRequest, "number" | "url" | "endedBy">) => string;
  /** About sections that it implements. */
  readonly code: CodeWords;
}

/** Of a pull request that names sections: below its plan, or where it has none. */
export interface CodeWords {
  readonly below: (news: CodeNews) => string;
  readonly alone: (news: CodeNews) => string;
  /** One line, for a check. */
  readonly title: (news: CodeNews) => string;
  /** After the merge; `markedBy`: address of the pull request that proposes to mark them. */
  readonly realized: (pullRequest: number, addresses: readonly string[], markedBy: string | null) => string;
}
