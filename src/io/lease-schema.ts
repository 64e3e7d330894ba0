/** The door for leases that come back from a remote, and how they are written there. */

import { array, intersection, literal, nullable, number, object, string, type ZodMiniType } from "zod/mini";
import { canonicalJson } from "../core/canonical-json.ts";
import type { Lease, LeaseHolder, LeaseIntent } from "../core/plan/lease.ts";
import { createIntentSchema } from "./journal-schema.ts";
import { claimSchema } from "./state.ts";

const text = string();
const holder: ZodMiniType<LeaseHolder> = object({ nonce: text, host: text, pid: number(), command: text, since: text, until: text, seconds: number() });
const intent: ZodMiniType<LeaseIntent> = intersection(createIntentSchema, object({ target: text, watermark: text, identity: text, run: text }));
const leaseSchema: ZodMiniType<Lease> = object({
  format: literal(1),
  target: text,
  serial: number(),
  writer: text,
  holder: nullable(holder),
  intents: array(intent),
  claims: array(claimSchema),
});

export function printLease(lease: Lease): string {
  return `${canonicalJson(lease)}\n`;
}

/** null: it is none, or of a newer format. */
export function parseLease(written: string): Lease | null {
  try {
    const parsed = leaseSchema.safeParse(JSON.parse(written));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
