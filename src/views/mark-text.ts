/** What track and skip wrote into the specs. */

import type { Diagnostic } from "../core/model/diagnostic.ts";
import { cleanLine } from "../core/text/terminal-text.ts";
import { diagnosticsText } from "./diagnostics-text.ts";
import type { Page } from "./paint.ts";
import { count } from "./words.ts";

export interface Marked {
  readonly marked: readonly string[];
  readonly already: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

export function markText({ marked, already, diagnostics }: Marked, as: "track" | "skip", page: Page): string {
  const done = as === "track" ? "tracked" : "skipped";
  const parts = [
    ...(marked.length > 0 ? [count(marked.length, `section ${done}`, `sections ${done}`)] : []),
    ...(already.length > 0 ? [`${already.length} already ${done}`] : []),
  ];
  const lines = [
    ...marked.map((address) => `  ${page.paint("create", "#")} ${cleanLine(address)}`),
    ...(marked.length > 0 ? [""] : []),
    ...diagnosticsText(diagnostics, page),
    ...(diagnostics.length > 0 ? [""] : []),
    `  ${page.paint("heading", parts.length === 0 ? "Nothing was written." : parts.join(" · "))}`,
  ];
  return `${lines.join("\n")}\n`;
}
