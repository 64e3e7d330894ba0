/** Says what went wrong, to people and to programs: failures in their own words, anything unexpected as a mistake of ours. */

import type { Diagnostic } from "../core/model/diagnostic.ts";
import { EXIT, type ExitCode } from "../core/model/exit-code.ts";
import { failureDiagnostic } from "../operations/failure-diagnostic.ts";
import { diagnosticsText } from "../views/diagnostics-text.ts";
import { pageOf } from "../views/paint.ts";
import { paintFor } from "./colour.ts";
import { CommandFailure } from "./usage-error.ts";
import type { World } from "./world.ts";

const REPORT = "Please report it: what you ran, and what CANON_DEBUG=1 prints.";

export function reportFailure(error: unknown, command: string, words: readonly string[], world: World): ExitCode {
  const failure = failureOf(error);
  if (words.includes("--json")) {
    world.stdout.write(`${JSON.stringify({ type: "summary", format: 1, command, exitCode: failure.exitCode, diagnostics: failure.diagnostics })}\n`);
  }
  const page = pageOf(world.stderr.size().columns, paintFor(world.stderr, world.env, words.includes("--no-color")));
  world.stderr.write(`${diagnosticsText(failure.diagnostics, page).join("\n")}\n`);
  if (failure !== error && world.env["CANON_DEBUG"]) world.stderr.write(`\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return failure.exitCode;
}

function failureOf(error: unknown): CommandFailure {
  if (error instanceof CommandFailure) return error;
  const known = failureDiagnostic(error);
  if (known !== null) return new CommandFailure([known]);
  const missing = missingPackage(error);
  if (missing !== null)
    return new CommandFailure([{ code: "packages-missing", severity: "error", message: `Canon is not installed whole: ${missing} is missing.` }]);
  const what = error instanceof Error ? error.message : String(error);
  const diagnostic: Diagnostic = { code: "bug", severity: "error", message: `This should not happen: ${what}`, hint: REPORT };
  return new CommandFailure([diagnostic], EXIT.bug);
}

/** A clone before npm ci, or an installation that was cut short. */
function missingPackage(error: unknown): string | null {
  if (!(error instanceof Error) || !("code" in error) || error.code !== "ERR_MODULE_NOT_FOUND") return null;
  return /Cannot find package '([^']+)'/.exec(error.message)?.[1] ?? null;
}
