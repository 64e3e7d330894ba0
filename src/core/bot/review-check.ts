/** What a reviewer of a pull request needs to know about its specs, as the conclusion of a check. */

import type { Diagnostic } from "../model/diagnostic.ts";
import type { Plan } from "../model/plan.ts";

export type Conclusion = "success" | "neutral" | "failure" | "action_required";

export interface Annotation {
  readonly path: string;
  readonly line: number;
  readonly level: "notice" | "warning" | "failure";
  readonly message: string;
}

/** Hosts take so many with one request. */
const MOST = 50;

/** Invalid specs fail it, conflicts need somebody, changes are news, nothing is fine. */
export function conclusionOf({ diagnostics, conflicts, changes, questions }: Pick<Plan, "diagnostics" | "conflicts" | "changes" | "questions">): Conclusion {
  if (diagnostics.some(({ severity }) => severity === "error")) return "failure";
  if (conflicts.length > 0 || questions.length > 0) return "action_required";
  return changes.length > 0 ? "neutral" : "success";
}

export function annotationsOf(diagnostics: readonly Diagnostic[]): readonly Annotation[] {
  return diagnostics.slice(0, MOST).flatMap(({ place, severity, message, hint }): readonly Annotation[] => {
    if (place?.line === undefined) return [];
    const level = severity === "error" ? "failure" : severity === "warning" ? "warning" : "notice";
    return [{ path: place.path, line: place.line, level, message: hint === undefined ? message : `${message}\n${hint}` }];
  });
}
