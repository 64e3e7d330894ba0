/** `canon list`: what would be a ticket, where, and why the rest would not; offline, nothing is asked or written. */

import { listReport } from "../core/plan/list-report.ts";
import { compileSpec } from "../core/plan/compile-spec.ts";
import type { ListReport } from "../core/model/list-report.ts";
import type { Selection } from "../core/model/plan.ts";
import { checkAddresses } from "./check-addresses.ts";
import { readSpecs } from "./read-specs.ts";
import type { Workspace } from "./workspace.ts";

export async function listSpecs(workspace: Workspace, selection: Selection): Promise<ListReport> {
  const read = await readSpecs(workspace);
  await checkAddresses(workspace, selection, read);
  const { docs, diagnostics } = read;
  const specs = docs.map((doc) => compileSpec(doc, workspace.config, { includeDone: selection.includeDone, defaultTypes: () => null }));
  return listReport(specs, selection, [...workspace.diagnostics, ...diagnostics]);
}
