/** The door for bases that come back from outside: from a tracker or a journal. */

import { array, boolean, enum as oneOf, exactOptional, literal, nullable, number, object, string, type ZodMiniType } from "zod/mini";
import { SPEC_STATUSES } from "../core/model/status.ts";
import type { Base, BaseCriterion, BaseFields, TextPrint } from "../core/model/base.ts";

const strings = array(string());
const textPrint: ZodMiniType<TextPrint> = object({ whole: string(), blocks: nullable(strings) });
const criterion: ZodMiniType<BaseCriterion> = object({ spec: string(), echo: nullable(string()), checked: boolean() });

function field<S, E>(spec: ZodMiniType<S>, echo: ZodMiniType<E>): ZodMiniType<{ spec: S; echo: E | null; agreed: boolean }> {
  return object({ spec, echo: nullable(echo), agreed: boolean() });
}

const fields: ZodMiniType<BaseFields> = object({
  title: exactOptional(field(string(), string())),
  type: exactOptional(field(nullable(string()), nullable(string()))),
  parent: exactOptional(field(nullable(string()), nullable(string()))),
  status: exactOptional(field(nullable(oneOf(SPEC_STATUSES)), string())),
  labels: exactOptional(field(strings, strings)),
  criteria: exactOptional(object({ spec: string(), echo: string(), list: nullable(array(criterion)), agreed: boolean() })),
  body: exactOptional(
    object({
      spec: textPrint,
      echo: textPrint,
      agreed: boolean(),
      runs: nullable(array(object({ spec: number(), echo: number(), agreed: boolean() }))),
    }),
  ),
});

export const baseSchema: ZodMiniType<Base> = object({
  format: literal(1),
  ticket: nullable(string()),
  workspace: string(),
  address: string(),
  token: string(),
  fields,
  text: nullable(string()),
  commit: nullable(string()),
  unpushed: boolean(),
  hash: string(),
  previous: nullable(string()),
  released: boolean(),
  route: exactOptional(string()),
});
