/** Reads a saved plan back: every field is checked before anything trusts it. */

import { enum as oneOf } from "zod/mini";
import { array, boolean, discriminatedUnion, exactOptional, literal, nullable, number, object, record, string, union, type ZodMiniType } from "zod/mini";
import { CODES, type DiagnosticCode } from "../codes.ts";
import { ACTIONS, REASONS, type Action } from "../model/action.ts";
import type { Decision } from "../model/decision.ts";
import { FIELD_NAMES } from "../model/item.ts";
import type { Change, FieldChange, Guard, LeftOut, LineEdit, Orphan, Plan, PlanValue, Question, Selection, Splice, TargetPlan } from "../model/plan.ts";
import { SYSTEMS } from "../model/system.ts";
import { VERDICTS } from "../model/verdict.ts";

const CODE_NAMES = Object.keys(CODES).filter(isCode);

const text = string();
const texts = array(text);
const maybe = nullable(text);
const fieldName = oneOf(FIELD_NAMES);

const planValue: ZodMiniType<PlanValue> = union([text, texts, literal(null)]);

const fieldChange: ZodMiniType<FieldChange> = object({
  ...{ field: fieldName, verdict: oneOf(VERDICTS), base: planValue, spec: planValue, live: planValue },
  ...{
    preview: exactOptional(object({ before: text, after: text })),
    note: exactOptional(oneOf(["only-on-ticket", "unverified", "verified"])),
    way: exactOptional(array(text)),
    by: exactOptional(text),
    at: exactOptional(text),
  },
});

const guard: ZodMiniType<Guard> = object({ field: fieldName, live: planValue });

const splice: ZodMiniType<Splice> = object({ path: text, line: number(), heading: texts, before: texts, after: nullable(texts) });

const lineEdit: ZodMiniType<LineEdit> = object({ path: text, line: number(), before: texts, after: texts });

const change: ZodMiniType<Change> = object({
  ...{ digest: text, action: oneOf(Object.keys(ACTIONS).filter(isAction)), reason: oneOf(REASONS), target: text, address: text },
  ...{
    from: maybe,
    key: maybe,
    type: maybe,
    title: text,
    parent: nullable(union([object({ key: text }), object({ address: text })])),
    token: text,
    itemHash: text,
  },
  ...{
    fields: array(fieldChange),
    pulled: array(fieldChange),
    edits: array(lineEdit),
    held: array(fieldChange),
    guards: array(guard),
    after: texts,
    splice: nullable(splice),
  },
});

const question: ZodMiniType<Question> = object({
  ...{
    kind: oneOf([
      "ticket-missing",
      "copy",
      "route-changed",
      "canceled",
      "archived",
      "ticket-left",
      "claim",
      "in-doubt",
      "unverified",
      "unmapped",
      "level-changed",
      "released",
      "flip-flop",
    ]),
    target: text,
    address: maybe,
    key: maybe,
    text,
    hint: text,
  },
});

const target: ZodMiniType<TargetPlan> = object({
  ...{
    name: text,
    system: oneOf(SYSTEMS),
    project: text,
    identity: text,
    complete: boolean(),
    applyable: boolean(),
    why: maybe,
    whyCode: nullable(oneOf(CODE_NAMES)),
  },
  ...{ inSync: number(), elsewhere: number(), account: maybe, estimate: object({ requests: number(), seconds: number() }) },
});

const orphan: ZodMiniType<Orphan> = object({ target: text, key: text, title: text, address: text });
const leftOut: ZodMiniType<LeftOut> = object({ done: number(), deprecated: number(), status: number(), createOff: number() });
const keep = oneOf(["spec", "tracker", "merge"]);

const decision: ZodMiniType<Decision> = discriminatedUnion("kind", [
  object({ kind: literal("keep"), address: text, field: nullable(fieldName), keep }),
  object({ kind: literal("adopt"), address: text, key: text, keep: union([keep, literal("both")]) }),
  object({ kind: literal("move"), address: text, to: text }),
  object({ kind: literal("accept"), address: text, target: text, key: text }),
  object({ kind: literal("recreate"), address: text }),
  object({ kind: literal("taken"), address: text }),
  object({ kind: literal("undo"), run: text }),
]);

const selection: ZodMiniType<Selection> = object({
  ...{ addresses: texts, exclude: texts, targets: texts, includeDone: boolean() },
  ...{ direction: oneOf(["forward", "back", "both"]), revert: array(fieldName), absorb: array(fieldName), decisions: array(decision), vouches: boolean() },
});

/** Diagnostics are for whoever made the plan: a saved plan carries none. */
export const planSchema: ZodMiniType<Plan> = object({
  ...{ format: literal(1), digest: text, createdAt: text, canon: text, workspace: text, commit: maybe, unpushed: boolean() },
  ...{ configDigest: text, parser: text, selection, targets: array(target) },
  ...{ changes: array(change), observed: array(change), conflicts: array(change), questions: array(question), orphans: array(orphan), leftOut },
  titles: exactOptional(record(text, text)),
  diagnostics: array(object({ code: literal("plan-stale"), severity: literal("notice"), message: text })),
});

function isCode(word: string): word is DiagnosticCode {
  return word in CODES;
}

function isAction(word: string): word is Action {
  return word in ACTIONS;
}
