/** The entity property that makes a ticket Canon's: the token it was made with, and what both sides last agreed on. */

import type { Base } from "../../core/model/base.ts";
import { baseSchema } from "../../io/base-schema.ts";
import { isRecord, parseJson } from "./adf/adf-node.ts";

/** Of the issue, and of a comment. */
export const PROPERTY = "canon";
/** Characters of its value as JSON [S]. */
export const PROPERTY_LIMIT = 32_768;
/** The label that people see and JQL finds: properties are searchable only where an app indexes them [FACTS]. */
export const MARK = "canon";

export interface JiraProperty {
  readonly token: string | null;
  readonly base: Base | null;
}

export const NO_PROPERTY: JiraProperty = { token: null, base: null };

/** A base that cannot be read is none. Data Center may answer the value as text, because its schema takes it so. */
export function propertyOf(value: unknown): JiraProperty {
  const read = typeof value === "string" ? parseJson(value) : value;
  if (!isRecord(read)) return NO_PROPERTY;
  const { token, base } = read;
  const parsed = baseSchema.safeParse(base);
  return { token: typeof token === "string" && token !== "" ? token : null, base: parsed.success ? parsed.data : null };
}

export function isManaged({ token, base }: JiraProperty): boolean {
  return token !== null || base !== null;
}
