/** What `canon ticket ignore` wrote on tickets, or would write. */

import { cleanLine } from "../core/text/terminal-text.ts";
import { diagnosticsText } from "./diagnostics-text.ts";
import type { Diagnostic } from "../core/model/diagnostic.ts";
import type { Page } from "./paint.ts";
import { count } from "./words.ts";

interface Ignored {
  readonly target: string;
  readonly key: string;
  readonly title: string;
}

export interface IgnoreView {
  readonly ignored: readonly Ignored[];
  readonly already: readonly Ignored[];
  readonly diagnostics: readonly Diagnostic[];
}

export function ignoreText({ ignored, already, diagnostics }: IgnoreView, label: string, isDry: boolean, page: Page): string {
  const verb = isDry ? "would get" : ignored.length === 1 ? "gets" : "get";
  const parts = [
    ...(ignored.length > 0 ? [`${count(ignored.length, "ticket")} ${verb} the label ${label}`] : []),
    ...(already.length > 0 ? [`${already.length} had it already`] : []),
  ];
  const lines = [
    ...ignored.map(
      ({ key, title, target }) => `  ${page.paint("change", "~")} ${page.paint("key", cleanLine(key))}  ${cleanLine(title)}  ${page.paint("quiet", target)}`,
    ),
    ...(ignored.length > 0 ? [""] : []),
    ...diagnosticsText(diagnostics, page),
    ...(diagnostics.length > 0 ? [""] : []),
    `  ${page.paint("heading", parts.length === 0 ? "Nothing was written." : `${parts.join(" · ")}.`)}`,
  ];
  return `${lines.join("\n")}\n`;
}
