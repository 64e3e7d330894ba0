/** Somebody edited the issue with the bot's questions, or commented there: what they answered is carried out, and nothing else. */

import type { Diagnostic } from "../../core/model/diagnostic.ts";
import { EXIT, type ExitCode } from "../../core/model/exit-code.ts";
import { answerQuestions } from "./answer-questions.ts";
import { openTip } from "./apply-merged.ts";
import type { BotWorld } from "./bot-world.ts";
import { bringMarkers, type Brought } from "./bring-markers.ts";
import { recall } from "./remember.ts";

export interface AnsweredIssue {
  readonly exitCode: ExitCode;
  readonly message: string;
  readonly markers: Brought | null;
  readonly answered: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** `number`: of what the event is about; any other issue or pull request is none of this. */
export async function answerIssue(number: number, world: BotWorld, signal: AbortSignal): Promise<AnsweredIssue> {
  const nothing = { exitCode: EXIT.ok, message: `#${number} is not where Canon asks.`, markers: null, answered: 0, diagnostics: [] };
  if ((await recall(world.forge)).questions.thread !== number) return nothing;
  const found = await openTip(world);
  if (!("workspace" in found)) return found;
  const { workspace, bot, head, prefix } = found;
  const answered = await answerQuestions({ workspace, head, prefix }, world, signal);
  const markers = answered === 0 ? null : await bringMarkers(world, { workspace, bot, head, prefix });
  const message = answered === 0 ? "Nobody has answered anything new." : answered === 1 ? "1 answer heard." : `${answered} answers heard.`;
  return { ...nothing, message, markers, answered };
}
