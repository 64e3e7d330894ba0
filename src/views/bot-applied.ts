/** What became of a pull request after its merge, in the comment that its plan stood in. */

import type { Plan } from "../core/model/plan.ts";
import { botPlanComment } from "./bot-plan.ts";
import { count } from "./words.ts";

/** `stopped`: so many of those that wait have a field that goes back and forth. */
export function botAppliedComment(applied: number, waiting: Plan, stopped = 0): string {
  const head = `### Canon: ${applied === 0 ? "nothing was to be applied" : `${count(applied, "change")} applied`}`;
  if (waiting.changes.length === 0) return `${head}\n`;
  const unseen = waiting.changes.length - stopped;
  const words = [...(unseen > 0 ? [unseenWords(unseen)] : []), ...(stopped > 0 ? [stoppedWords(stopped)] : [])];
  return `${[head, ...words, botPlanComment(waiting)].join("\n\n")}`;
}

function unseenWords(unseen: number): string {
  return `${count(unseen, "change waits", "changes wait")}, because nobody has reviewed ${unseen === 1 ? "it" : "them"} as now planned (\`bot.on_moved: stop\`). \`canon apply\` carries out what is shown here; so does the merge of the next pull request that shows it.`;
}

function stoppedWords(stopped: number): string {
  return `${count(stopped, "change waits", "changes wait")}, because a field of ${stopped === 1 ? "it" : "them"} went back and forth between the same two values three times within a day. Find out what sets it; \`canon apply\` carries out what is shown here.`;
}
