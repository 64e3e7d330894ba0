/** Saves a plan to a file and reads it back; what anybody altered, or a newer Canon wrote, is refused. */

import { object, unknown } from "zod/mini";
import { CANON_VERSION } from "../core/version.ts";
import type { Diagnostic } from "../core/model/diagnostic.ts";
import type { Plan } from "../core/model/plan.ts";
import { planSchema } from "../core/plan/plan-schema.ts";
import { isSealed } from "../core/plan/seal.ts";
import type { Workspace } from "./workspace.ts";

export type SavedPlan = { readonly ok: true; readonly plan: Plan } | { readonly ok: false; readonly diagnostic: Diagnostic };

/** `file` is absolute. */
export async function savePlan({ disk }: Pick<Workspace, "disk">, plan: Plan, file: string): Promise<void> {
  const text = `${JSON.stringify({ ...plan, diagnostics: [] }, null, 2)}\n`;
  await disk.rename(await disk.writeTemp(file, new TextEncoder().encode(text)), file);
}

export async function readSavedPlan({ disk }: Pick<Workspace, "disk">, file: string): Promise<SavedPlan> {
  const bytes = await disk.read(file);
  if (!bytes) return refuse("plan-unreadable", `There is no plan file ${file}.`);
  const value = parseJson(new TextDecoder().decode(bytes));
  const format = object({ format: unknown() }).safeParse(value);
  if (format.success && typeof format.data.format === "number" && format.data.format > 1) {
    return refuse("plan-newer", `${file} has plan format ${format.data.format}; Canon ${CANON_VERSION} reads format 1.`);
  }
  const parsed = planSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refuse("plan-unreadable", `${file} is not a plan: ${issue ? `${issue.path.join(".") || "it"}: ${issue.message}` : "it cannot be read"}.`);
  }
  return isSealed(parsed.data) ? { ok: true, plan: parsed.data } : refuse("plan-altered", `${file} was altered after canon plan wrote it.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function refuse(code: Diagnostic["code"], message: string): SavedPlan {
  return { ok: false, diagnostic: { code, severity: "error", message } };
}
