/** Keeps a plan within what trackers take: what would not fit is left out and told before anything is sent. */

import { printAddress } from "../address.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Change } from "../model/plan.ts";
import type { LinkedItem } from "./link-items.ts";
import type { TargetState } from "./plan-input.ts";

export interface Fitted {
  readonly changes: readonly Change[];
  readonly diagnostics: readonly Diagnostic[];
}

/** `items`: every section by address; `targets`: by name. */
export function fitLimits(changes: readonly Change[], items: ReadonlyMap<string, LinkedItem>, targets: ReadonlyMap<string, TargetState>): Fitted {
  const left = new Set<string>();
  const diagnostics = [...targets].flatMap(([name, target]) => [
    ...tooManyChildren(name, target, changes, items, left),
    ...tooDeep(name, target, changes, items, left),
    ...tooFast(name, target, changes, left),
  ]);
  if (left.size === 0) return { changes, diagnostics };
  // What stands below a section without a ticket has no place either.
  const fitting: Change[] = [];
  for (const change of changes) {
    if (left.has(change.address) || (change.action === "create" && change.after.some((address) => left.has(address)))) left.add(change.address);
    else fitting.push(change);
  }
  return { changes: fitting, diagnostics };
}

/** Sections that would get a ticket, by the section around them. */
function newChildren(name: string, changes: readonly Change[], items: ReadonlyMap<string, LinkedItem>): ReadonlyMap<string, readonly LinkedItem[]> {
  const children = new Map<string, LinkedItem[]>();
  for (const change of changes) {
    const link = change.action === "create" && change.target === name ? items.get(change.address) : undefined;
    const parent = link?.item.fields.parent;
    if (!link || !parent) continue;
    const address = printAddress(parent);
    const siblings = children.get(address);
    if (siblings) siblings.push(link);
    else children.set(address, [link]);
  }
  return children;
}

function tooManyChildren(
  name: string,
  { view, tickets, limits: { children: limit } }: TargetState,
  changes: readonly Change[],
  items: ReadonlyMap<string, LinkedItem>,
  left: Set<string>,
): readonly Diagnostic[] {
  if (limit === null) return [];
  return [...newChildren(name, changes, items)].flatMap(([address, added]): readonly Diagnostic[] => {
    const parent = items.get(address);
    const key = parent && "ticket" in parent ? parent.ticket.key : null;
    const there = key === null ? 0 : tickets.filter((ticket) => ticket.parent === key).length;
    const over = there + added.length - limit;
    if (over <= 0 || !parent) return [];
    const beyond = added.slice(Math.max(0, added.length - over));
    for (const { item } of beyond) left.add(item.addressText);
    const { path } = parent.item.address;
    return [
      {
        code: "too-many-children",
        severity: "error",
        place: { path, line: parent.item.line },
        message: `"${parent.item.fields.title}" would have ${there + added.length} tickets below it, and ${view.config.system} takes ${limit}: the last ${beyond.length === 1 ? "one gets" : `${beyond.length} get`} none.`,
        hint: "Split the section, or set auto_parent: false for this target.",
      },
    ];
  });
}

function tooDeep(
  name: string,
  { view, limits: { depth: limit } }: TargetState,
  changes: readonly Change[],
  items: ReadonlyMap<string, LinkedItem>,
  left: Set<string>,
): readonly Diagnostic[] {
  if (limit === null) return [];
  return changes.flatMap((change): readonly Diagnostic[] => {
    const link = change.action === "create" && change.target === name ? items.get(change.address) : undefined;
    if (!link || depthOf(link, items) <= limit) return [];
    left.add(change.address);
    const { item } = link;
    const message = `"${item.fields.title}" would be ${depthOf(link, items)} levels deep, and ${view.config.system} takes ${limit}: it gets no ticket.`;
    return [
      {
        code: "too-deep",
        severity: "error",
        place: { path: item.address.path, line: item.line },
        message,
        hint: "Move it up, or leave the level out of hierarchy.",
      },
    ];
  });
}

function depthOf(link: LinkedItem, items: ReadonlyMap<string, LinkedItem>): number {
  let depth = 0;
  for (let at: LinkedItem | undefined = link; at; at = at.item.fields.parent ? items.get(printAddress(at.item.fields.parent)) : undefined) depth += 1;
  return depth;
}

function tooFast(
  name: string,
  { view, limits: { creationsPerHour: limit } }: TargetState,
  changes: readonly Change[],
  left: ReadonlySet<string>,
): readonly Diagnostic[] {
  const creates = changes.filter(({ action, target, address }) => action === "create" && target === name && !left.has(address)).length;
  if (limit === null || creates <= limit) return [];
  const hours = Math.ceil(creates / limit);
  return [
    {
      code: "creation-pace",
      severity: "notice",
      message: `${name}: ${view.config.system} lets ${limit} tickets be created an hour, so ${creates} take at least ${hours - 1} h of waiting.`,
      hint: "Canon waits as it is told. ^C loses nothing: running the command again goes on where it stopped.",
    },
  ];
}
