/** `canon validate`: everything that is wrong in specs and configuration. */

import { FORWARD } from "../../core/plan/selection.ts";
import { validateSpecs } from "../../operations/validate.ts";
import { validateText } from "../../views/validate-text.ts";
import type { CommandSpec } from "../command.ts";
import { ADDRESSES } from "../option-spec.ts";
import { failOnErrors } from "../fail-on-errors.ts";

export const validate: CommandSpec = {
  kind: "command",
  about: "Reads the specs and the configuration and tells everything that is wrong in them, with its place. Asks no tracker.",
  operands: ADDRESSES,
  options: [],
  examples: [["canon validate", "in CI, or before a commit: 1 means that there are errors"]],
  json: "document",
  run: async (session) => {
    const workspace = await session.open();
    const report = await validateSpecs(workspace, { addresses: session.addresses(workspace), exclude: [], targets: [], includeDone: true, ...FORWARD });
    session.print(validateText(report, session.page));
    return session.document(failOnErrors(report.diagnostics), report.diagnostics, { specs: report.specs, sections: report.sections });
  },
};
