/** Finds moves to another target that were cut short: a section with an open ticket on either side. */

import { printAddress } from "../address.ts";
import type { Question } from "../model/plan.ts";
import type { Ticket } from "../model/ticket.ts";
import { shellWord } from "../text/shell-word.ts";
import type { CompiledItem } from "./compile-items.ts";
import { isClosed } from "./is-closed.ts";
import { isCopy } from "./copies.ts";
import { namedTickets } from "./named-tickets.ts";
import type { PlanInput } from "./plan-input.ts";
import { TargetMap } from "./target-map.ts";
import { createToken } from "./token.ts";

type Input = Pick<PlanInput, "targets" | "workspace" | "specs" | "claims" | "config">;

export interface UnfinishedMove {
  /** As its marker has it. */
  readonly item: CompiledItem;
  /** The ticket that its marker does not name. */
  readonly ticket: Ticket;
  /** Where that ticket is. */
  readonly target: string;
  /** made: it was created, and the marker still names the old one. left: the marker names the new one, and it is still open. */
  readonly step: "made" | "left";
}

/** Of `items`, as their markers have them. */
export function unfinishedMoves(items: readonly CompiledItem[], input: Input): readonly UnfinishedMove[] {
  if (input.targets.size < 2) return [];
  const loose = looseTickets(input);
  if (loose.size === 0) return [];
  return items.flatMap((item) =>
    item.key === null
      ? []
      : (loose.get(item.addressText) ?? []).flatMap(({ ticket, target, token }): readonly UnfinishedMove[] => {
          if (target === item.target) return [];
          const identity = input.targets.get(target)?.identity ?? "";
          const isMade = token === createToken(input.workspace, identity, item.address, item.generation + 1);
          // Only what takes the place of another ticket has a generation: one of an earlier section of that name is an orphan.
          return isMade || item.entry.section.generation > 1 ? [{ item, ticket, target, step: isMade ? "made" : "left" }] : [];
        }),
  );
}

interface Loose {
  readonly ticket: Ticket;
  readonly target: string;
  readonly token: string | null;
}

/** Open tickets of ours that no marker names, by the section that they were made for. */
function looseTickets({ targets, workspace, specs, claims, config }: Input): ReadonlyMap<string, readonly Loose[]> {
  const named = namedTickets(specs, config);
  const claimed = new TargetMap<{ readonly address: string; readonly token: string }>();
  for (const { target, key, path, section, token } of claims) claimed.set(target, key, { address: printAddress({ path, id: section }), token });
  const found = new Map<string, Loose[]>();
  for (const [target, { tickets }] of targets) {
    for (const ticket of tickets) {
      if (named.has(target, ticket.key) || isOver(ticket)) continue;
      const claim = claimed.get(target, ticket.key);
      const { base } = ticket;
      const address = claim?.address ?? (base?.workspace === workspace && !isCopy(ticket) ? base.address : null);
      if (address === null) continue;
      const loose: Loose = { ticket, target, token: claim?.token ?? base?.token ?? null };
      found.set(address, [...(found.get(address) ?? []), loose]);
    }
  }
  return found;
}

function isOver({ base, category, archived }: Ticket): boolean {
  return archived || base?.released === true || isClosed(category);
}

export function unfinishedQuestion({ item, ticket, target, step }: UnfinishedMove): Question {
  const to = step === "made" ? target : item.target;
  const [old, fresh] = step === "made" ? [item.key ?? "", ticket.key] : [ticket.key, item.key ?? ""];
  return {
    kind: "route-changed",
    target: item.target,
    address: item.addressText,
    key: ticket.key,
    text: `A move of this section to ${to} was cut short: ${old} and ${fresh} are both open.`,
    hint: `canon move ${shellWord(item.addressText)} --to ${shellWord(to)}`,
  };
}
