/** What a selected section should be in a tracker: the desired side of the plan. */

import type { Address } from "./address.ts";
import type { SpecStatus } from "./status.ts";

/** A criterion as both sides compare it. */
export interface CriterionValue {
  /** One line of inline Markdown. */
  readonly text: string;
  readonly checked: boolean;
}

/** The body as the spec has it: fingerprints of source blocks, and one of them all. Rendering waits until a change needs it. */
export interface BodyDigest {
  readonly whole: string;
  readonly blocks: readonly string[];
}

export interface ItemFields {
  readonly title: string;
  readonly body: BodyDigest;
  readonly criteria: readonly CriterionValue[];
  /** null: the spec names no status, neither in a marker nor in the front matter nor by default. */
  readonly status: SpecStatus | null;
  readonly labels: readonly string[];
  /** The nearest enclosing item of the same target; null where there is none. */
  readonly parent: Address | null;
  /** A type of the target ("Story"); null where the tracker has no types. */
  readonly type: string | null;
}

export type FieldName = keyof ItemFields;

/** Fixed order: in it fields are shown, sealed and sent. */
export const FIELD_NAMES: readonly FieldName[] = ["title", "type", "parent", "status", "labels", "criteria", "body"];

export interface Item {
  readonly address: Address;
  /** The place of the heading, from 1; 1 for the document. */
  readonly line: number;
  readonly depth: number;
  /** Name of the target in the configuration. */
  readonly target: string;
  /** Key of the ticket its marker names; null where it has none. */
  readonly key: string | null;
  readonly generation: number;
  /** Proves which section a ticket was made for; fixed before the first send. */
  readonly token: string;
  readonly fields: ItemFields;
  /** Fingerprint of target and fields, markers left out. A plan is stale when it changed. */
  readonly hash: string;
  /** Section indexes whose blocks make the body, in order: its own first. */
  readonly sections: readonly number[];
}
