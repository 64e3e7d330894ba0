/** `canon status`: how far every spec is, and what waits for a person. */

import { specStatus } from "../../operations/status.ts";
import { statusMarkdown } from "../../views/status-markdown.ts";
import { statusText } from "../../views/status-text.ts";
import { statusView } from "../../views/status-view.ts";
import type { CommandSpec } from "../command.ts";
import { failOnErrors } from "../fail-on-errors.ts";
import { ADDRESSES, SELECTION_OPTIONS } from "../option-spec.ts";
import { makeProgress } from "../progress.ts";

export const status: CommandSpec = {
  kind: "command",
  about:
    "Counts, for every spec, the sections by state, the criteria that are ticked, and what waits for a person: conflicts, questions, tickets that people changed. Writes nothing.",
  operands: ADDRESSES,
  options: [...SELECTION_OPTIONS, { flags: "--md", help: "print Markdown, for a comment or a note" }],
  examples: [
    ["canon status", "everything"],
    ["canon status specs/payments.md --md", "one spec, to paste into a note"],
    ["canon status --json", "for a dashboard"],
  ],
  json: "document",
  run: async (session) => {
    const workspace = await session.open();
    const selection = session.selection(workspace);
    const progress = makeProgress(session);
    const report = await specStatus(workspace, { selection, anyBranch: true, onProgress: progress.say }).finally(progress.end);
    const view = statusView(report, { include: workspace.config.specs.include, addresses: selection.addresses });
    session.print(session.input.flag("md") ? statusMarkdown(view) : statusText(view, session.page));
    const { diagnostics, ...content } = report;
    return session.document(failOnErrors(diagnostics), diagnostics, { ...content, next: view.next });
  },
};
