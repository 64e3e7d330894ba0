/** One ticket as one Markdown file: what Canon and people need to know in front matter, the body below it byte for byte. */

import { parse, stringify } from "yaml";
import * as z from "zod/mini";
import type { Base } from "../../src/core/model/base.ts";
import { canonicalJson } from "../../src/core/canonical-json.ts";
import { shortPrint } from "../../src/core/fingerprint.ts";
import { baseSchema } from "../../src/io/base-schema.ts";

export interface StoredTicket {
  readonly id: string;
  readonly key: string;
  /** Keys that it had in other projects. */
  readonly former: readonly string[];
  readonly title: string;
  readonly type: string;
  readonly status: string;
  readonly labels: readonly string[];
  /** A key, perhaps a former one. */
  readonly parent: string | null;
  readonly archived: boolean;
  /** In the order of creation, over all projects. */
  readonly number: number;
  readonly created: string;
  readonly updated: string;
  readonly updatedBy: string;
  readonly token: string | null;
  readonly base: Base | null;
  readonly comments: readonly { readonly id: string | null; readonly author: string; readonly at: string; readonly text: string }[];
  readonly links: readonly { readonly url: string; readonly title: string; readonly kind: string }[];
  readonly body: string;
}

const text = z.string();
const list = z.array(text);

const frontMatter = z.object({
  ...{ id: text, key: text, former: list, title: text, type: text, status: text, labels: list, parent: z.nullable(text) },
  ...{ archived: z.boolean(), number: z.number(), created: text, updated: text, updatedBy: text, token: z.nullable(text) },
  // One line of JSON: nobody is meant to edit it.
  base: z.nullable(text),
  comments: z.array(z.object({ id: z.nullable(text), author: text, at: text, text })),
  links: z.array(z.object({ url: text, title: text, kind: text })),
});

const FENCE = "---\n";

/** null: it is no ticket, or somebody broke it. */
export function parseTicket(file: string): StoredTicket | null {
  const end = file.indexOf(`\n${FENCE}`, FENCE.length);
  if (!file.startsWith(FENCE) || end === -1) return null;
  const read = z.safeParse(
    frontMatter,
    valueOf(() => parse(file.slice(FENCE.length, end + 1))),
  );
  if (!read.success) return null;
  return { ...read.data, base: baseOf(read.data.base), body: file.slice(end + 1 + FENCE.length) };
}

/** Law: `parseTicket` gives back what was put in. YAML's lines never begin with the fence: texts of several lines are indented. */
export function printTicket({ body, base, ...rest }: StoredTicket): string {
  // Through the schema, so that one ticket has one form, in whatever order its fields came together.
  const front = z.parse(frontMatter, { ...rest, base: base === null ? null : canonicalJson(base) });
  return FENCE + stringify(front, { lineWidth: 0 }) + FENCE + body;
}

/** Changes with any edit, also with one by hand. Comments and links leave it alone: they make no plan stale. */
export function revisionOf(ticket: StoredTicket): string {
  return shortPrint(printTicket({ ...ticket, comments: [], links: [] }));
}

/** A base that cannot be read is none; it is never an error. */
function baseOf(json: string | null): Base | null {
  const read = z.safeParse(baseSchema, json === null ? null : valueOf(() => JSON.parse(json)));
  return read.success ? read.data : null;
}

function valueOf(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return null;
  }
}
