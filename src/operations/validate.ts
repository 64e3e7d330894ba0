/** `canon validate`: everything that is wrong in specs and configuration, offline. */

import type { Diagnostic } from "../core/model/diagnostic.ts";
import type { Selection } from "../core/model/plan.ts";
import { listSpecs } from "./list.ts";
import type { Workspace } from "./workspace.ts";

export interface ValidateReport {
  readonly specs: number;
  readonly sections: number;
  readonly diagnostics: readonly Diagnostic[];
}

export async function validateSpecs(workspace: Workspace, selection: Selection): Promise<ValidateReport> {
  const { specs, diagnostics } = await listSpecs(workspace, selection);
  return { specs: specs.length, sections: specs.reduce((sum, { sections }) => sum + sections.length, 0), diagnostics };
}
