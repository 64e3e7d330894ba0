/** What is wrong in specs and configuration, or that nothing is. */

import type { Diagnostic, Severity } from "../core/model/diagnostic.ts";
import { diagnosticsText } from "./diagnostics-text.ts";
import type { Page } from "./paint.ts";
import { count } from "./words.ts";

export interface Validated {
  readonly specs: number;
  readonly sections: number;
  readonly diagnostics: readonly Diagnostic[];
}

export function validateText({ specs, sections, diagnostics }: Validated, page: Page): string {
  const read = `${count(specs, "spec")}, ${count(sections, "section")}`;
  const of = (severity: Severity): number => diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  const found = [
    [of("error"), "error"],
    [of("warning"), "warning"],
    [of("notice"), "note"],
  ] as const;
  const words = found.filter(([number]) => number > 0).map(([number, word]) => count(number, word));
  const lines = [
    ...diagnosticsText(diagnostics, page),
    ...(diagnostics.length > 0 ? [""] : []),
    `  ${page.paint("heading", words.length === 0 ? `Nothing wrong in ${read}.` : `${words.join(" · ")} in ${read}`)}`,
  ];
  return `${lines.join("\n")}\n`;
}
