/** The public API: what other programs may import; everything else may change at any time. */

export { parseSpec } from "./core/spec/parse-spec.ts";
export type { SpecDocument } from "./core/model/spec-document.ts";
export type { Section, Criterion } from "./core/model/section.ts";
export type { Plan, Change, FieldChange, Question, Orphan, TargetPlan, Selection } from "./core/model/plan.ts";
export type { Config, TargetConfig } from "./core/model/config.ts";
export type { Diagnostic } from "./core/model/diagnostic.ts";
export type { ApplyEvent, ApplyReport, ChangeResult } from "./core/model/apply-report.ts";
export type { ListReport } from "./core/model/list-report.ts";
export { loadParser } from "./io/parse-markdown.ts";
export { openWorkspace } from "./operations/workspace.ts";
export type { Workspace, WorkspaceOptions, ConnectTracker, Connection } from "./operations/workspace.ts";
export { listSpecs } from "./operations/list.ts";
export { planTickets } from "./operations/plan.ts";
export { startApply } from "./operations/apply.ts";
export type { ApplySession, RunOutcome, StartedApply } from "./operations/apply.ts";
export type { Tracker, Capabilities } from "./trackers/tracker.ts";
export { TrackerError } from "./trackers/tracker-error.ts";
export { connect } from "./wiring.ts";
