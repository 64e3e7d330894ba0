/** A command line that Canon does not understand (exit 64), and failures that a command has already put into words. */

import type { Diagnostic } from "../core/model/diagnostic.ts";
import { EXIT, EXIT_USAGE, type ExitCode } from "../core/model/exit-code.ts";

/** Ends a command with diagnostics for people or programs, and a code. */
export class CommandFailure extends Error {
  readonly diagnostics: readonly Diagnostic[];
  readonly exitCode: ExitCode;

  constructor(diagnostics: readonly Diagnostic[], exitCode: ExitCode = EXIT.error) {
    super(diagnostics.map((diagnostic) => diagnostic.message).join("\n"));
    this.name = "CommandFailure";
    this.diagnostics = diagnostics;
    this.exitCode = exitCode;
  }
}

export function usageError(message: string, hint: string): CommandFailure {
  return new CommandFailure([{ code: "usage", severity: "error", message, hint }], EXIT_USAGE);
}
