/** The text of a configuration file → what it means, or everything that is wrong with it, each with its place. */

import type { Config } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { configSchema } from "./config-schema.ts";
import { resolveConfig } from "./resolve-config.ts";
import { schemaProblems } from "./schema-problems.ts";
import { readYaml } from "./yaml-source.ts";
import type { SourceProblem } from "./yaml-source.ts";

export interface ParsedConfig {
  /** null where there is an error. */
  readonly config: Config | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** YAML or JSON, by the same door. `file` is only for the places in messages. */
export function parseConfig(text: string, file: string): ParsedConfig {
  const read = readYaml(text);
  if (!read.ok) return refused(read.problems, file);
  const { source } = read;
  if (source.value === null)
    return refused(
      [{ code: "config-syntax", message: "The configuration is empty.", hint: "Remove the file, then run canon init: it writes one.", at: source.valueAt([]) }],
      file,
    );
  if (typeof source.value !== "object" || Array.isArray(source.value))
    return refused([{ code: "config-syntax", message: "The configuration must be a map of keys.", at: source.valueAt([]) }], file);
  const written = configSchema.safeParse(source.value);
  if (!written.success) return refused(schemaProblems(written.error.issues, source), file);
  const { config, problems } = resolveConfig(written.data, source, file);
  return problems.length > 0 ? refused(problems, file) : { config, diagnostics: [] };
}

function refused(problems: readonly SourceProblem[], file: string): ParsedConfig {
  const inOrder = [...problems].sort((a, b) => a.at.line - b.at.line || a.at.column - b.at.column);
  return { config: null, diagnostics: inOrder.map((problem) => toDiagnostic(problem, file)) };
}

function toDiagnostic({ code, message, hint, at }: SourceProblem, path: string): Diagnostic {
  return { code, severity: "error", message, place: { path, line: at.line, column: at.column }, ...(hint === undefined ? {} : { hint }) };
}
