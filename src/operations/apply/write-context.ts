/** What a write needs to know of one change: its item, its text, its parent's key as it is by now. */

import type { Change } from "../../core/model/plan.ts";
import type { CompiledItem } from "../../core/plan/compile-items.ts";
import { specText } from "../../core/plan/spec-text.ts";
import type { WriteContext } from "../../core/plan/write-content.ts";
import { renderItem } from "../gather.ts";
import { isPathUnpushed } from "../read-origin.ts";
import type { OpenTarget } from "../read-targets.ts";
import type { RunContext } from "./run-context.ts";

export interface PreparedChange {
  readonly change: Change;
  readonly item: CompiledItem;
  readonly write: WriteContext;
}

/** null: the item is gone, which a plan made in this run cannot show. */
export function prepareChange(change: Change, target: OpenTarget, { gathered, ledger, workspace }: RunContext): PreparedChange | null {
  const item = gathered.made.items.get(change.address)?.item;
  if (!item) return null;
  const { format } = target.tracker;
  const text = specText(item, item.entry.section.name || item.fields.title, format, () => renderItem(item, workspace, gathered.origin));
  const { parent } = change;
  const parentKey = parent === null ? null : "key" in parent ? parent.key : ledger.keyOf(parent.address);
  return {
    change,
    item,
    write: {
      item,
      text,
      format,
      origin: { workspace: gathered.origin.workspace, commit: gathered.origin.commit, unpushed: isPathUnpushed(gathered.origin, item.address.path) },
      parentKey,
      owners: target.config.owners,
    },
  };
}

/** The address of an item, as changes name it. */
export function addressOfItem(item: CompiledItem): string {
  return item.addressText;
}
