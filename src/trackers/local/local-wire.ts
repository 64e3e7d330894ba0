/** What stands as JSON in the local tracker's file, parsed at the door: nothing in it is trusted, a person may have edited it. */

import * as z from "zod/mini";
import { baseSchema } from "../../io/base-schema.ts";
import type { Base } from "../../core/model/base.ts";
import { STATUS_CATEGORIES } from "../../core/model/status.ts";
import type { Ticket } from "../../core/model/ticket.ts";
import { LOCAL_FAULT_KINDS, LOCAL_OPERATIONS, LOCAL_REWRITES } from "../local-desk.ts";
import type { LocalBehaviour, LocalFault } from "../local-desk.ts";
import type { Draft, Link, Note, Patch, Step } from "../tracker.ts";
import { areTexts, isBase } from "./local-base.ts";
import { damaged, invalid } from "./local-client.ts";
import { DEFAULT_BEHAVIOUR } from "./local-project.ts";
import type { LocalShape } from "./local-project.ts";

const text = z.string();
const texts = z.readonly(z.array(text));
const maybeText = z.nullable(text);
const milliseconds = z.int().check(z.minimum(0));

const status = z.object({ name: text, category: z.enum(STATUS_CATEGORIES) });

export const shape: z.ZodMiniType<LocalShape> = z.object({
  types: texts,
  nesting: z.record(text, texts),
  defaultTypes: texts,
  statuses: z.array(status),
  initialStatus: text,
  steps: z.record(text, texts),
});

/** Every switch may be absent: a file written before it existed behaves as ever. */
export const behaviourChange: z.ZodMiniType<Partial<LocalBehaviour>> = z.strictObject({
  rewrites: z.exactOptional(z.enum(LOCAL_REWRITES)),
  searchLag: z.exactOptional(milliseconds),
  readLag: z.exactOptional(milliseconds),
  clientIds: z.exactOptional(z.boolean()),
  conditionalWrite: z.exactOptional(z.boolean()),
  workflow: z.exactOptional(z.enum(["free", "strict"])),
  nesting: z.exactOptional(z.enum(["default", "none", "surprise"])),
  history: z.exactOptional(z.boolean()),
  convertsTypes: z.exactOptional(z.boolean()),
  embedded: z.exactOptional(z.boolean()),
});

const fault: z.ZodMiniType<LocalFault> = z.object({
  operation: z.enum(LOCAL_OPERATIONS),
  nth: z.int().check(z.minimum(1)),
  kind: z.enum(LOCAL_FAULT_KINDS),
  ms: z.exactOptional(milliseconds),
});

const ticket: z.ZodMiniType<Ticket> = z.object({
  id: text,
  key: text,
  url: maybeText,
  revision: text,
  title: text,
  type: maybeText,
  status: text,
  category: z.enum(STATUS_CATEGORIES),
  labels: texts,
  parent: maybeText,
  body: text,
  base: z.nullable(baseSchema),
  token: maybeText,
  // Past states that were kept before it existed are never older than the lag.
  createdAt: z._default(text, ""),
  createdByUs: z._default(z.nullable(z.boolean()), null),
  updatedAt: text,
  updatedBy: maybeText,
  archived: z.boolean(),
});

/** A request as it is stored while it is under way. */
export type LocalRequest =
  | { readonly operation: "create"; readonly element: Draft }
  | { readonly operation: "update"; readonly element: Patch }
  | { readonly operation: "transition"; readonly element: Step }
  | { readonly operation: "comment"; readonly element: Note }
  | { readonly operation: "link"; readonly element: Link };

const labels = z.object({ add: texts, remove: texts });

const request: z.ZodMiniType<LocalRequest> = z.discriminatedUnion("operation", [
  z.object({
    operation: z.literal("create"),
    element: z.object({
      token: text,
      title: text,
      type: maybeText,
      parent: maybeText,
      status: maybeText,
      labels: texts,
      body: text,
      base: baseSchema,
      extra: z.record(text, z.unknown()),
    }),
  }),
  z.object({
    operation: z.literal("update"),
    element: z.object({
      key: text,
      expectRevision: maybeText,
      title: z.exactOptional(text),
      type: z.exactOptional(text),
      parent: z.exactOptional(maybeText),
      labels: z.exactOptional(labels),
      body: z.exactOptional(text),
      base: z.exactOptional(baseSchema),
    }),
  }),
  z.object({
    operation: z.literal("transition"),
    element: z.object({ key: text, expectRevision: maybeText, to: text, walk: z.boolean(), base: z.exactOptional(baseSchema) }),
  }),
  z.object({ operation: z.literal("comment"), element: z.object({ key: text, id: text, text }) }),
  z.object({ operation: z.literal("link"), element: z.object({ key: text, url: text, title: text, kind: z.enum(["pull-request", "parent", "other"]) }) }),
]);

export function parseBase(json: string): Base {
  const value = parseJson(json, "the base of a ticket");
  // What the hand-made check turns away gets its message from the schema.
  return isBase(value) ? value : parse(baseSchema, json, "the base of a ticket");
}

/** null for one that is damaged, or of a newer format: losing a base costs a decision, never a write, and must not cost the project. */
export function readableBase(json: string): Base | null {
  try {
    const value: unknown = JSON.parse(json);
    return isBase(value) ? value : null;
  } catch {
    return null;
  }
}

export function parseShape(json: string): LocalShape {
  return parse(shape, json, "the shape of a project");
}

export function parseBehaviour(json: string): LocalBehaviour {
  return { ...DEFAULT_BEHAVIOUR, ...parse(behaviourChange, json, "the behaviour of a project") };
}

export function parseLabels(json: string): readonly string[] {
  if (json === "[]") return [];
  const value = parseJson(json, "the labels of a ticket");
  if (!areTexts(value)) throw damaged("the labels of a ticket are no list of texts");
  return value;
}

export function parseExtra(json: string): Readonly<Record<string, unknown>> {
  return parse(z.record(text, z.unknown()), json, "the further fields of a ticket");
}

export function parseFault(value: unknown): LocalFault {
  const result = z.safeParse(fault, value);
  if (!result.success) throw invalid(`A fault has another form: ${z.prettifyError(result.error)}`);
  return result.data;
}

export function parseBehaviourChange(value: unknown): Partial<LocalBehaviour> {
  const result = z.safeParse(behaviourChange, value);
  if (!result.success) throw invalid(`A switch has another form: ${z.prettifyError(result.error)}`);
  return result.data;
}

export function parseTicket(json: string): Ticket {
  return parse(ticket, json, "an earlier state of a ticket");
}

export function parseRequest(json: string): LocalRequest {
  return parse(request, json, "a pending request");
}

function parse<T>(schema: z.ZodMiniType<T>, json: string, what: string): T {
  const value = parseJson(json, what);
  const result = z.safeParse(schema, value);
  if (!result.success) throw damaged(`${what} has another form: ${z.prettifyError(result.error)}`);
  return result.data;
}

function parseJson(json: string, what: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw damaged(`${what} is not JSON`);
  }
}
