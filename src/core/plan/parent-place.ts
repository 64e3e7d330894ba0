/** Below which ticket an item's own one stands, or will stand; or why it waits. */

import type { Diagnostic } from "../model/diagnostic.ts";
import { printAddress } from "../address.ts";
import type { AlikeValues } from "./alike-values.ts";
import type { CompiledItem } from "./compile-items.ts";
import type { LinkedItem } from "./link-items.ts";
import { fitsBelow } from "./nesting.ts";
import type { ParentRef } from "./plan-change.ts";
import type { TargetView } from "./target-view.ts";

/** `waits`: a child would be created in the wrong place, for the reason that it says after a colon; null: it does not. */
export type ParentPlace = { readonly parent: ParentRef; readonly waits: null } | { readonly waits: string };

export const ON_ITS_OWN: ParentPlace = { parent: null, waits: null };

export function parentOf(link: LinkedItem, byAddress: ReadonlyMap<string, LinkedItem>): LinkedItem | undefined {
  const { parent } = link.item.fields;
  return parent ? byAddress.get(printAddress(parent)) : undefined;
}

export function parentPlace(link: LinkedItem, byAddress: ReadonlyMap<string, LinkedItem>, view: TargetView, alike: AlikeValues): ParentPlace {
  const above = parentOf(link, byAddress);
  if (!above) return ON_ITS_OWN;
  const { type } = link.item.fields;
  switch (above.via) {
    case "none":
      if (parentPlace(above, byAddress, view, alike).waits !== null) return { waits: `the section around it, "${above.item.fields.title}", waits too` };
      return { parent: alike.awaited(above.item.addressText).parent, waits: null };
    case "marker":
    case "claim":
    case "token":
    case "adopt": {
      const { ticket } = above;
      // Where Canon can convert the parent, the same run may do so.
      if (link.via === "none" && !view.convertsTypes && !fitsBelow(type, ticket.type, view.nesting))
        return {
          waits: `${ticket.key}, the ticket around it, is a ${ticket.type ?? "ticket"}, which takes no ${type ?? "ticket"} below it. Convert ${ticket.key} there`,
        };
      return { parent: { key: ticket.key }, waits: null };
    }
    case "stopped":
      if (above.item.key !== null && link.via !== "none") return { parent: { key: above.item.key }, waits: null };
      return { waits: `the section around it, "${above.item.fields.title}", is stopped` };
  }
}

export function waiting({ spec, line, fields }: CompiledItem, why: string): Diagnostic {
  return { code: "parent-stopped", severity: "warning", place: { path: spec.doc.path, line }, message: `"${fields.title}" waits: ${why}.` };
}
