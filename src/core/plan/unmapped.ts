/** Tickets that people made beside ours and no section names: asked about in every plan until somebody answers (semantics 10). */

import type { Question } from "../model/plan.ts";
import type { Ticket } from "../model/ticket.ts";
import { shellWord } from "../text/shell-word.ts";
import type { CompiledItem } from "./compile-items.ts";
import { isClosed } from "./is-closed.ts";
import { namedTickets } from "./named-tickets.ts";
import type { PlanInput, TargetState } from "./plan-input.ts";
import type { TargetMap } from "./target-map.ts";

/** The answer "it is none of Canon's", on the ticket itself: every runner reads it there. */
export const IGNORE_LABEL = "canon-ignore";
/** The same in words that say what they answer, and the answer that a section shall be written. People put them on tickets by hand. */
const OUT_OF_SCOPE_LABELS: readonly string[] = [IGNORE_LABEL, "canon:out-of-scope"];
const ADD_LABEL = "canon:add";

export function unmappedQuestions(input: PlanInput): readonly Question[] {
  const named = namedKeys(input);
  const several = input.targets.size > 1;
  return [...input.targets].flatMap(([name, state]) => {
    const since = firstRun(state, input.workspace);
    if (since === null || state.found.length === 0) return [];
    const sections = new Map(input.asMarked.flatMap((item) => (item.target === name && item.key !== null ? [[item.key, item] as const] : [])));
    return state.found
      .filter((ticket) => isOpenQuestion(ticket) && Date.parse(ticket.createdAt) > since && !named.has(name, ticket.key))
      .map((ticket) => question(ticket, name, sections.get(ticket.parent ?? ""), several));
  });
}

function isOpenQuestion({ base, token, category, archived, labels }: Ticket): boolean {
  // What carries a mark of Canon is another section's, another workspace's, a copy, or was given back.
  return base === null && token === null && !isClosed(category) && !archived && !labels.some((label) => OUT_OF_SCOPE_LABELS.includes(label.toLowerCase()));
}

/** When Canon made its first ticket there; null: none yet, and what stood there before it came is nobody's question. */
function firstRun({ tickets }: TargetState, workspace: string): number | null {
  let first: number | null = null;
  for (const { token, base, createdAt } of tickets) {
    if (token === null || base?.workspace !== workspace) continue;
    const at = Date.parse(createdAt);
    if (first === null || at < first) first = at;
  }
  return first;
}

function namedKeys({ specs, claims, config }: PlanInput): TargetMap<true> {
  const named = namedTickets(specs, config);
  for (const { target, key } of claims) named.set(target, key, true);
  return named;
}

/** `above`: the section of its parent. */
function question({ key, title, parent, labels }: Ticket, target: string, above: CompiledItem | undefined, several: boolean): Question {
  const among = several ? ` --target ${shellWord(target)}` : "";
  const into = above === undefined ? "ADDRESS" : shellWord(above.addressText);
  return {
    kind: "unmapped",
    target,
    address: above?.addressText ?? null,
    key,
    text: `${key} "${title}" was made by people${parent === null ? "" : ` below ${parent}`}, and no section is about it.`,
    hint: `canon ticket accept ${shellWord(key)} --into ${into}${among} writes one; canon ticket ignore ${shellWord(key)}${among} leaves it alone.`,
    ...(above !== undefined && labels.some((label) => label.toLowerCase() === ADD_LABEL) ? { labelled: "add" as const } : {}),
  };
}
