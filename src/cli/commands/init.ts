/** `canon init`: looks around, asks what it cannot see, and writes one configuration. */

import { basename, dirname } from "node:path";
import { EXIT, type ExitCode } from "../../core/model/exit-code.ts";
import { SYSTEMS, type System } from "../../core/model/system.ts";
import type { SectionRule } from "../../core/model/config.ts";
import { nearestWord } from "../../core/text/nearest-word.ts";
import { defaultAnswers, inspectForInit, writeInit, type InitAnswers, type InitFindings } from "../../operations/init.ts";
import { findingsText, initEnd } from "../../views/init-text.ts";
import type { CommandSpec } from "../command.ts";
import { NO_OPERANDS } from "../option-spec.ts";
import { failOnErrors } from "../fail-on-errors.ts";
import type { Session } from "../session.ts";
import { CommandFailure, usageError } from "../usage-error.ts";

const RULES: readonly SectionRule[] = ["all", "marked", "numbered", "criteria"];

export const init: CommandSpec = {
  kind: "command",
  about:
    "Looks for a git remote, spec folders, existing markers and credentials (names only), asks which tracker, which project and which sections, and writes a commented canon.config.yaml. Overwrites nothing and creates no ticket.",
  operands: NO_OPERANDS,
  options: [
    { flags: "--yes", help: "ask nothing: the local tracker, unless flags say otherwise" },
    { flags: "--system NAME", help: `the tracker: ${SYSTEMS.join(", ")}` },
    { flags: "--project KEY", help: "its project: PAY, a Linear team, owner/repo" },
    { flags: "--include GLOB", help: "where the specs are", many: true },
    { flags: "--sections RULE", help: `which sections become tickets: ${RULES.join(", ")}` },
    { flags: "--id NAME", help: "the name of this workspace on its tickets" },
  ],
  examples: [
    ["canon init", "look around and ask"],
    ["canon init --yes", "the local tracker, at once"],
    ["canon init --yes --system jira --project PAY", "in a script"],
  ],
  json: "lines",
  run: async (session) => {
    const findings = await inspectForInit(session.folder, session.world.env);
    const asked = withFlags(session, findings);
    const mayAsk = session.world.ask !== null && !session.json && !session.quiet && !session.input.flag("yes");
    if (!mayAsk && !session.input.flag("yes"))
      throw usageError(
        "canon init needs answers, and there is nobody to ask.",
        "Give --yes, with --system, --project, --include and --sections where the suggestions do not fit.",
      );
    if (findings.existing !== null && dirname(findings.existing) === findings.root) throw alreadyThere(findings.existing);
    if (findings.existing !== null) session.tell(`  ${findings.existing} holds for this folder so far.\n`);
    if (mayAsk) session.tell(findingsText(findings, session.errorPage));
    const answers = mayAsk ? await (await import("../init-questions.ts")).askForInit(findings, asked) : asked;
    return answers === null ? declined(session) : write(session, answers);
  },
};

function alreadyThere(file: string): Error {
  return new CommandFailure([
    { code: "config-exists", severity: "error", message: "There is a configuration already; nothing was written.", place: { path: basename(file) } },
  ]);
}

function declined(session: Session): ExitCode {
  session.tell("  Nothing was written.\n");
  return EXIT.error;
}

async function write(session: Session, answers: InitAnswers): Promise<ExitCode> {
  const { written, file, diagnostics } = await writeInit(answers);
  const exitCode = failOnErrors(diagnostics);
  if (exitCode !== EXIT.ok) throw new CommandFailure(diagnostics, exitCode);
  session.print(initEnd(written, answers, diagnostics, session.page));
  session.record("summary", { exitCode, diagnostics, written, file });
  return exitCode;
}

/** Suggestions, with what flags say in their place. */
function withFlags({ input }: Session, findings: InitFindings): InitAnswers {
  const system = wordOf("--system", input.text("system") ?? "local", SYSTEMS);
  const suggested = defaultAnswers(findings, system);
  const include = input.list("include");
  const sections = input.text("sections");
  return {
    ...suggested,
    id: input.text("id") ?? suggested.id,
    project: input.text("project") ?? suggested.project,
    include: include.length > 0 ? include : suggested.include,
    sections: sections === null ? suggested.sections : wordOf("--sections", sections, RULES),
  };
}

function wordOf<W extends System | SectionRule>(flag: string, word: string, words: readonly W[]): W {
  const found = words.find((known) => known === word.toLowerCase());
  if (found !== undefined) return found;
  const near = nearestWord(word, words);
  throw usageError(`${flag} does not know "${word}".`, near === null ? `It takes ${words.join(", ")}.` : `Did you mean ${near}?`);
}
