/** Saves a plan to a file and reads it back; what anybody altered, or a newer Canon wrote, is refused. */

import { object, unknown } from "zod/mini";
import { CANON_VERSION } from "../core/version.ts";
import type { Diagnostic } from "../core/model/diagnostic.ts";
import type { Plan } from "../core/model/plan.ts";
import { planSchema } from "../core/plan/plan-schema.ts";
import { isSealed } from "../core/plan/seal.ts";
import { readPlainFile } from "../io/read-plain-file.ts";
import type { Workspace } from "./workspace.ts";

export type SavedPlan = { readonly ok: true; readonly plan: Plan } | { readonly ok: false; readonly diagnostic: Diagnostic };

/** A string of V8 holds no more than 512 MB. */
const MAX_BYTES = 256 * 1024 * 1024;
const FORMAT = 1;

/** `file` is absolute, `shown` as it was typed. Overwrites another plan, and nothing else; answers why not, null when it is saved. */
export async function savePlan({ disk }: Pick<Workspace, "disk">, plan: Plan, file: string, shown: string = file): Promise<Diagnostic | null> {
  const there = await readPlainFile(file, MAX_BYTES);
  if (there.ok ? !isPlan(parseJson(there.bytes)) : !there.isMissing) {
    const what = there.ok ? "is there already, and is no plan" : `cannot be written: ${there.why}`;
    return { code: "plan-not-saved", severity: "error", message: `${shown} ${what}.` };
  }
  const text = `${JSON.stringify({ ...plan, diagnostics: [] }, null, 2)}\n`;
  await disk.rename(await disk.writeTemp(file, new TextEncoder().encode(text)), file);
  return null;
}

/** `file` is absolute, `shown` as it was typed. */
export async function readSavedPlan(file: string, shown: string = file): Promise<SavedPlan> {
  const read = await readPlainFile(file, MAX_BYTES);
  if (!read.ok) return refuse("plan-unreadable", read.isMissing ? `There is no plan file ${shown}.` : `${shown} cannot be read: ${read.why}.`);
  const value = parseJson(read.bytes);
  if (value === undefined) return refuse("plan-unreadable", `${shown} is not a plan: ${read.bytes.length === 0 ? "it is empty" : "it is not whole JSON"}.`);
  const format = formatOf(value);
  if (typeof format === "number" && format > FORMAT)
    return refuse("plan-newer", `${shown} has plan format ${format}; Canon ${CANON_VERSION} reads format ${FORMAT}.`);
  if (format !== FORMAT) return refuse("plan-unreadable", `${shown} is not a plan: its format is not ${FORMAT}.`);
  const parsed = planSchema.safeParse(value);
  if (!parsed.success) return refuse("plan-altered", `${shown} was altered after canon plan wrote it: ${wrongPart(parsed.error.issues[0]?.path ?? [])}.`);
  return isSealed(parsed.data) ? { ok: true, plan: parsed.data } : refuse("plan-altered", `${shown} was altered after canon plan wrote it.`);
}

/** undefined: no JSON. */
function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

function formatOf(value: unknown): unknown {
  const read = object({ format: unknown() }).safeParse(value);
  return read.success ? read.data.format : null;
}

/** Also one that a newer Canon wrote, or that was altered. */
function isPlan(value: unknown): boolean {
  return object({ format: unknown(), digest: unknown(), changes: unknown() }).safeParse(value).success;
}

function wrongPart(path: readonly PropertyKey[]): string {
  return path.length === 0 ? "it is no plan any more" : `${path.map(String).join(".")} is not what it writes there`;
}

function refuse(code: Diagnostic["code"], message: string): SavedPlan {
  return { ok: false, diagnostic: { code, severity: "error", message } };
}
