/** What a write needs to know of one change: its item, its text, its parent's key as it is by now. */

import type { Change } from "../../core/model/plan.ts";
import type { CompiledItem } from "../../core/plan/compile-items.ts";
import { specText, type SpecText } from "../../core/plan/spec-text.ts";
import type { WriteContext } from "../../core/plan/write-content.ts";
import { renderItem } from "../gather.ts";
import { isPathUnpushed } from "../read-origin.ts";
import type { OpenTarget } from "../read-targets.ts";
import type { RunContext } from "./run-context.ts";

export interface PreparedChange {
  readonly change: Change;
  /** As its spec is by now. */
  readonly item: CompiledItem;
  readonly write: WriteContext;
  /** As it was planned, and its text then: what was pulled since is not in it. */
  readonly planned: { readonly item: CompiledItem; readonly text: SpecText };
}

/** null: the item is gone, which a plan made in this run cannot show. */
export function prepareChange(change: Change, target: OpenTarget, { gathered, items, ledger, workspace }: RunContext): PreparedChange | null {
  const planned = gathered.made.items.get(change.address)?.item;
  const now = items.get(change.address);
  if (!now || !planned) return null;
  // Which ticket is the section's next one was decided by the plan; markers that were read again since do not say it.
  const item = now.token === planned.token ? now : { ...now, generation: planned.generation, token: planned.token };
  const { format } = target.tracker;
  const textOf = (of: CompiledItem): SpecText =>
    specText(of, of.entry.section.name || of.fields.title, { format, config: target.config }, () => renderItem(of, workspace, gathered.origin));
  const text = textOf(item);
  const { parent } = change;
  const parentKey = parent === null ? null : "key" in parent ? parent.key : ledger.keyOf(parent.address);
  return {
    change,
    item,
    planned: { item: planned, text: planned === item ? text : textOf(planned) },
    write: {
      item,
      text,
      format,
      origin: {
        workspace: gathered.origin.workspace,
        commit: gathered.origin.commit,
        unpushed: isPathUnpushed(gathered.origin, item.address.path),
        route: routeAgainst(item, change),
      },
      parentKey,
      owners: target.config.owners,
    },
  };
}

/** A section that somebody put elsewhere than its route leads, by moving it or with the ticket it takes over: nobody is asked about that route again. */
function routeAgainst({ entry: { left, routed, target } }: CompiledItem, { action }: Change): string | null {
  return (left !== null || action === "adopt") && routed !== null && routed !== target ? routed.name : null;
}

/** The address of an item, as changes name it. */
export function addressOfItem(item: CompiledItem): string {
  return item.addressText;
}
