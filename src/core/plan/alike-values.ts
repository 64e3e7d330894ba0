/** Makes what many creates of a plan say alike only once: a plan may hold a hundred thousand of them. */

import type { FieldName } from "../model/item.ts";
import type { FieldChange, PlanValue } from "../model/plan.ts";

/** Few values for many sections. */
const ALIKE: readonly FieldName[] = ["type", "parent", "status", "labels"];

/** The parent that this plan creates first, and the list of what to wait for. */
export interface AwaitedParent {
  readonly parent: { readonly address: string };
  readonly after: readonly string[];
}

/** One for each plan. */
export class AlikeValues {
  readonly #fields = new Map(ALIKE.map((field) => [field, new Map<PlanValue, FieldChange>()] as const));
  readonly #parents = new Map<string, AwaitedParent>();

  /** A field that a create sends. */
  pushed(field: FieldName, spec: PlanValue): FieldChange {
    const alike = this.#fields.get(field);
    const found = alike?.get(spec);
    if (found) return found;
    const made: FieldChange = { field, verdict: "push", base: null, spec, live: null };
    alike?.set(spec, made);
    return made;
  }

  awaited(address: string): AwaitedParent {
    const found = this.#parents.get(address);
    if (found) return found;
    const made = { parent: { address }, after: [address] };
    this.#parents.set(address, made);
    return made;
  }
}
