/** The catalogue of diagnostics: every code with what it means and what to do; `canon explain CODE` prints it. */

import { ADOPT_CODES } from "./codes/adopt-codes.ts";
import { CONFIG_CODES } from "./codes/config-codes.ts";
import { LOOKUP_CODES } from "./codes/lookup-codes.ts";
import { PLAN_CODES } from "./codes/plan-codes.ts";
import { RUN_CODES } from "./codes/run-codes.ts";
import { SPEC_CODES } from "./codes/spec-codes.ts";
import { TRACKER_CODES } from "./codes/tracker-codes.ts";

/** `summary` says what the code means, `hint` what to do next, `example` shows a case where words alone are thin. */
export interface CodeEntry {
  readonly summary: string;
  readonly hint: string;
  readonly example?: string;
}

type AllCodes = typeof ADOPT_CODES &
  typeof CONFIG_CODES &
  typeof LOOKUP_CODES &
  typeof PLAN_CODES &
  typeof RUN_CODES &
  typeof SPEC_CODES &
  typeof TRACKER_CODES;

export type DiagnosticCode = keyof AllCodes;

export const CODES: Readonly<Record<DiagnosticCode, CodeEntry>> = {
  ...ADOPT_CODES,
  ...CONFIG_CODES,
  ...LOOKUP_CODES,
  ...PLAN_CODES,
  ...RUN_CODES,
  ...SPEC_CODES,
  ...TRACKER_CODES,
};
