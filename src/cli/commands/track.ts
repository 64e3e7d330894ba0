/** `canon track` and `canon skip`: say in the specs which sections are tickets and which are not. */

import { markSections } from "../../operations/mark-sections.ts";
import { markText } from "../../views/mark-text.ts";
import type { CommandSpec } from "../command.ts";
import { failOnErrors } from "../fail-on-errors.ts";

export const track: CommandSpec = marking(
  "track",
  "Writes a marker under the heading of each section that an address selects. A marked section becomes a ticket whatever specs.sections says. No tracker is asked.",
  [
    ["canon track specs/payments.md#key-gen", "one section"],
    ["canon track specs/payments.md", "every section of a file"],
  ],
);

export const skip: CommandSpec = marking(
  "skip",
  "Writes a skip marker under the heading of each section that an address selects. Such a section and everything below it becomes no ticket; one that has a ticket is frozen.",
  [["canon skip specs/payments.md#appendix", "one section and what is below it"]],
);

function marking(as: "track" | "skip", about: string, examples: CommandSpec["examples"]): CommandSpec {
  return {
    kind: "command",
    about,
    operands: { name: "ADDRESS", least: 1, most: Infinity },
    options: [],
    examples,
    json: "lines",
    run: async (session) => {
      const workspace = await session.open();
      const { marked, already, diagnostics } = await markSections(workspace, session.addresses(workspace), as);
      for (const address of marked) session.record("marked", { address });
      session.print(markText({ marked, already, diagnostics }, as, session.page));
      const exitCode = failOnErrors(diagnostics);
      session.record("summary", { exitCode, diagnostics, marked, already });
      return exitCode;
    },
  };
}
