/** Token and base on a ticket: the metadata of one attachment, which people see as a small link named Canon. */

import * as z from "zod/mini";
import type { LinearDocument } from "@linear/sdk";
import type { Base } from "../../core/model/base.ts";
import { baseSchema } from "../../io/base-schema.ts";

/**
 * The same on every ticket: Linear allows one attachment per ticket and url and overwrites it ([S] AttachmentCreateInput.url),
 * so a ticket never has two bases, not even after it was given another token.
 */
export const STORE_URL = "canon://base";

const stored = z.object({ token: z.optional(z.string()), base: z.optional(z.string()) });

/** `own` is the id of the ticket it is written to, where it is known: a base that has none yet gets it, so that copies can be told. */
export function storeInput(issueId: string, base: Base, own: string | null): LinearDocument.AttachmentCreateInput {
  const complete: Base = { ...base, ticket: base.ticket ?? own };
  return { issueId, url: STORE_URL, title: "Canon", subtitle: complete.address, metadata: { token: complete.token, base: JSON.stringify(complete) } };
}

export interface Stored {
  readonly token: string | null;
  readonly base: Base | null;
}

/** Whatever stands there that is none of ours reads as no base. */
export function storedIn(metadata: unknown): Stored {
  const found = z.safeParse(stored, metadata);
  if (!found.success) return { token: null, base: null };
  return { token: found.data.token ?? null, base: baseIn(found.data.base ?? "") };
}

function baseIn(json: string): Base | null {
  try {
    const base = z.safeParse(baseSchema, JSON.parse(json));
    return base.success ? base.data : null;
  } catch {
    return null;
  }
}
