/** Judges the sections that somebody wants in another target: which of them go, which ticket each leaves, and why the others stay (semantics 3). */

import type { Decision } from "../model/decision.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Change } from "../model/plan.ts";
import type { Ticket } from "../model/ticket.ts";
import { shellWord } from "../text/shell-word.ts";
import type { CompiledItem } from "./compile-items.ts";
import { leaveChange } from "./leave-ticket.ts";
import { linkItems, type LinkedItem } from "./link-items.ts";
import type { PlanInput, TargetState } from "./plan-input.ts";
import { canceledQuestion } from "./questions.ts";
import { unfinishedMoves } from "./unfinished-moves.ts";
import { unpulled } from "./unpulled.ts";

export interface Moves {
  /** As they were, but for those that must not move: they are stopped. */
  readonly links: readonly LinkedItem[];
  /** What becomes of the tickets that are left; each belongs to the plan only if its section is in it. */
  readonly leaving: readonly Change[];
  readonly diagnostics: readonly Diagnostic[];
}

export function judgeMoves(links: readonly LinkedItem[], input: PlanInput): Moves {
  const wanted = input.selection.decisions.filter((decision) => decision.kind === "move");
  if (wanted.length === 0) return { links, leaving: [], diagnostics: [] };
  const before = new Map(linkItems(input.asMarked, input).map((link) => [link.item.addressText, link] as const));
  const now = new Map(links.map((link) => [link.item.addressText, link] as const));
  const judged = wanted.map((decision) => ({
    decision,
    ...judgeMove(decision, now.get(decision.address), before.get(decision.address), input),
  }));
  const moving = new Set(judged.flatMap(({ refused, decision }) => (refused === null ? [decision.address] : [])));
  const stopped = new Map(
    judged.flatMap(({ refused, decision }) =>
      // Where others go, one that is there already is no mistake: a command that was interrupted is run again.
      refused === null ? [] : [[decision.address, refused.isThere && moving.size > 0 ? null : refusal(decision, refused, now.get(decision.address))] as const],
    ),
  );
  const known = new Set(now.keys());
  return {
    links: links.map((link): LinkedItem => {
      const diagnostic = stopped.get(link.item.addressText);
      return diagnostic === undefined ? link : { item: link.item, via: "stopped", question: null, diagnostic };
    }),
    leaving: judged.flatMap(({ leaving }) => leaving),
    diagnostics: [
      ...[...stopped].flatMap(([address, diagnostic]) => (diagnostic === null || known.has(address) ? [] : [diagnostic])),
      ...[...moving].flatMap((address) => staying(address, before, moving)),
    ],
  };
}

interface Refused {
  readonly message: string;
  readonly hint: string | null;
  /** Nothing is left to do: it has its ticket there. */
  readonly isThere?: true;
}

interface Judged {
  readonly leaving: readonly Change[];
  readonly refused: Refused | null;
}

type MoveDecision = Extract<Decision, { readonly kind: "move" }>;

function judgeMove({ address, to }: MoveDecision, link: LinkedItem | undefined, was: LinkedItem | undefined, input: PlanInput): Judged {
  const refuse = (message: string, hint: string | null = null): Judged => ({ leaving: [], refused: { message, hint } });
  const target = input.targets.get(to);
  if (!target) return refuse(`${to} could not be asked, so nothing can move there.`);
  if (!link || !was) return refuse(`${address} is no section that has a ticket.`, `canon list --all says why.`);
  const { item } = link;
  if (was.item.key === null)
    return refuse(`"${item.fields.title}" has no ticket yet, so there is none to move.`, "canon apply makes one where routing sends it.");
  const from = input.targets.get(was.item.target);
  if (item.entry.left === null) return finishMove(link, to, input);
  if (was.via === "stopped") return refuse(was.question?.text ?? was.diagnostic?.message ?? `${was.item.key} is stopped.`, was.question?.hint ?? null);
  if (!("ticket" in was) || !from) return refuse(`${was.item.target} could not be asked about ${was.item.key}.`);
  const against = againstTarget(target) ?? againstTarget(from);
  if (against !== null) return refuse(against);
  if (!target.view.config.createTickets && link.via === "none") return refuse(`${to} has create_tickets: false, so no ticket is made there.`);
  const { ticket } = was;
  const held = againstTicket(was.item, ticket, from, input);
  if (held !== null) return { leaving: [], refused: held };
  const leaving = leaveChange(item, ticket, from, { isAfter: true });
  if (leaving === null) return refuse(`${from.view.config.name} has no status that closes ${ticket.key}.`, "Give status_map a name for deprecated.");
  return { leaving: [leaving], refused: null };
}

/** Its marker names the ticket there already: what is left is to close those that an interrupted move left open. */
function finishMove({ item }: LinkedItem, to: string, input: PlanInput): Judged {
  const left = unfinishedMoves([item], input).filter(({ step }) => step === "left");
  if (left.length === 0) {
    const message = `The ticket of "${item.fields.title}", ${item.key ?? "its ticket"}, is in ${to} already.`;
    return { leaving: [], refused: { message, hint: null, isThere: true } };
  }
  const leaving = left.flatMap(({ ticket, target }) => {
    const from = input.targets.get(target);
    return from && againstTarget(from) === null ? (leaveChange(item, ticket, from, { isAfter: false }) ?? []) : [];
  });
  if (leaving.length > 0) return { leaving, refused: null };
  return { leaving, refused: { message: `${left.map(({ ticket }) => ticket.key).join(" and ")} cannot be closed now.`, hint: null } };
}

/** Absence proves nothing in a part, and a target that may not be written cannot take part. */
function againstTarget({ view, complete, blocked }: TargetState): string | null {
  const { name } = view.config;
  if (!complete) return `Not all tickets of ${name} could be read, so nothing moves from or to it.`;
  return blocked === null ? null : `${name} may not be written: ${blocked.message}`;
}

/** Closing the ticket would put away what people wrote there. */
function againstTicket(item: CompiledItem, ticket: Ticket, from: TargetState, input: PlanInput): Refused | null {
  if (ticket.base === null)
    return {
      message: `Canon does not manage ${ticket.key} yet: only its marker says that it is this section's.`,
      hint: `First: canon adopt ${shellWord(ticket.key)} ${shellWord(item.addressText)}`,
    };
  const canceled = canceledQuestion(item, ticket);
  if (canceled) return { message: canceled.text, hint: canceled.hint };
  if (input.behind(ticket.base, item)) return { message: `This checkout is older than ${ticket.key}.`, hint: "Update it first." };
  const left = unpulled(item, ticket, from, input);
  if (left === null) return null;
  return { message: `${ticket.key} says what is not in the spec yet (${left.fields.join(", ")}); closing it would put that away.`, hint: left.command };
}

function refusal({ address, to }: MoveDecision, { message, hint }: Refused, link: LinkedItem | undefined): Diagnostic {
  const path = link?.item.address.path ?? address.slice(0, Math.max(0, address.lastIndexOf("#")));
  return {
    code: "move-refused",
    severity: "error",
    place: { path, ...(link ? { line: link.item.line } : {}) },
    message: `${address} does not move to ${to}: ${message}`,
    ...(hint === null ? {} : { hint }),
  };
}

/** Children have a ticket of their own, in a target of their own: nobody asked to move them. */
function staying(address: string, before: ReadonlyMap<string, LinkedItem>, moving: ReadonlySet<string>): readonly Diagnostic[] {
  const above = before.get(address)?.item;
  if (!above) return [];
  const children = [...before.values()].filter(
    ({ item }) => item.fields.parent?.path === above.address.path && item.fields.parent.id === above.address.id && !moving.has(item.addressText),
  );
  if (children.length === 0) return [];
  const names = children.map(({ item }) => `"${item.fields.title}"`).join(", ");
  return [
    {
      code: "move-leaves-children",
      severity: "notice",
      place: { path: above.address.path, line: above.line },
      message: `${names} below "${above.fields.title}" ${children.length === 1 ? "stays" : "stay"} in ${above.target}.`,
      hint: `To move ${children.length === 1 ? "it" : "them"} too, name ${children.map(({ item }) => shellWord(item.addressText)).join(" ")} as well.`,
    },
  ];
}
