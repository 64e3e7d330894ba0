/** The exit code of a command that has only diagnostics to judge by. */

import type { Diagnostic } from "../core/model/diagnostic.ts";
import { EXIT, type ExitCode } from "../core/model/exit-code.ts";

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}

export function failOnErrors(diagnostics: readonly Diagnostic[]): ExitCode {
  if (diagnostics.some((diagnostic) => diagnostic.code === "locked")) return EXIT.locked;
  return hasErrors(diagnostics) ? EXIT.error : EXIT.ok;
}
