/** A fork's pull request: its specs are compiled and counted; no tracker is read, nothing is written to one (threat 27). */

import { annotationsOf } from "../../core/bot/review-check.ts";
import type { Diagnostic } from "../../core/model/diagnostic.ts";
import { FORWARD } from "../../core/plan/selection.ts";
import type { CheckRun } from "../../forges/forge.ts";
import { listSpecs } from "../list.ts";
import type { Workspace } from "../workspace.ts";

export interface Compiled {
  readonly check: Omit<CheckRun, "name" | "commit">;
  readonly diagnostics: readonly Diagnostic[];
}

/** `specs`: those that it changes; `problems`: of those that could not be read. */
export async function compileFork(workspace: Workspace, specs: readonly string[], problems: readonly Diagnostic[]): Promise<Compiled> {
  const listed = await listSpecs(workspace, { addresses: [], exclude: [], targets: [], includeDone: false, ...FORWARD });
  const diagnostics = [...problems, ...listed.diagnostics].filter(({ place }) => place === undefined || specs.includes(place.path));
  const failed = diagnostics.some(({ severity }) => severity === "error");
  const check = {
    conclusion: failed ? "failure" : "neutral",
    title: failed ? "Specs with errors" : specs.length === 1 ? "1 spec read" : `${specs.length} specs read`,
    summary: "This comes from a fork: its specs were read, and no tracker was asked. The plan is shown once somebody of this repository takes it over.",
    annotations: annotationsOf(diagnostics),
  } as const;
  return { check, diagnostics };
}
