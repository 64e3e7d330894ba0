/** A document as Jira answers it, without the ids that its server puts on blocks, so that what was sent comes back as it was sent. */

import { canonicalJson } from "../../core/canonical-json.ts";
import { isRecord } from "./adf/adf-node.ts";

/** On these the schema wants no id, nothing points to it, and Jira gives a new one when it is missing. On tasks an id is content. */
const NAMED_BY_JIRA: ReadonlySet<unknown> = new Set(
  "paragraph heading bulletList orderedList listItem codeBlock blockquote rule panel table tableRow tableCell tableHeader expand nestedExpand".split(" "),
);

export function adfBody(description: unknown): string {
  return description === null || description === undefined ? "" : canonicalJson(withoutIds(description, 0));
}

/** Documents of people are shallow; what goes deeper keeps its ids. */
const DEEPEST = 200;

function withoutIds(value: unknown, depth: number): unknown {
  if (depth > DEEPEST) return value;
  if (Array.isArray(value)) return value.map((one) => withoutIds(one, depth));
  if (!isRecord(value)) return value;
  const { attrs, content, ...rest } = value;
  return {
    ...rest,
    ...(attrs === undefined ? {} : keptAttrs(value["type"], attrs)),
    ...(content === undefined ? {} : { content: withoutIds(content, depth + 1) }),
  };
}

function keptAttrs(type: unknown, attrs: unknown): { readonly attrs?: unknown } {
  if (!isRecord(attrs) || !NAMED_BY_JIRA.has(type) || !("localId" in attrs)) return { attrs };
  const { localId: _given, ...kept } = attrs;
  return Object.keys(kept).length === 0 ? {} : { attrs: kept };
}
