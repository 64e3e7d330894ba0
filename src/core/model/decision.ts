/** What a person decided about one section: typed on the command line, carried by the plan, answered once. */

import type { FieldName } from "./item.ts";

/** Whose value stands where spec and ticket differ; `both`: neither changes, the difference is known from now on. */
export type Keep = "spec" | "tracker" | "merge" | "both";

export type Decision =
  /** `field` null: every field in conflict. */
  | { readonly kind: "keep"; readonly address: string; readonly field: FieldName | null; readonly keep: Exclude<Keep, "both"> }
  | { readonly kind: "adopt"; readonly address: string; readonly key: string; readonly keep: Keep }
  /** `to`: the name of a target. */
  | { readonly kind: "move"; readonly address: string; readonly to: string }
  /** `address`: the section below which the ticket of people gets one of its own. */
  | { readonly kind: "accept"; readonly address: string; readonly target: string; readonly key: string }
  | { readonly kind: "recreate"; readonly address: string }
  /** What its ticket says came into the section by other hands than a pull's; whatever is equal by now, the ticket's base takes note of. */
  | { readonly kind: "taken"; readonly address: string }
  /** About no section: all that a run created is given back. */
  | { readonly kind: "undo"; readonly run: string };
