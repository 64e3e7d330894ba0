/** Text of strangers inside Markdown that a forge renders: shown as it is, doing nothing. */

import { cleanLine } from "../core/text/terminal-text.ts";

/** Marks nothing, links nothing, notifies nobody, opens no comment. */
export function escapeMarkdown(text: string): string {
  return cleanLine(text)
    .replace(/[&<>]/g, (sign) => (sign === "&" ? "&amp;" : sign === "<" ? "&lt;" : "&gt;"))
    .replace(/[\\`*_[\]|~$]/g, "\\$&")
    .replace(/([@#])(?=\S)/g, "$1<!-- -->")
    .replace(/\b(https?|ftp|mailto|www)(?=[:.])/gi, "$1<!-- -->")
    .replace(/\b(GH)(?=-\d)/gi, "$1<!-- -->");
}

/** As code; the fence is longer than any run of backticks within. */
export function codeSpan(text: string): string {
  const clean = cleanLine(text).replaceAll("|", "\\|");
  const longest = Math.max(0, ...(clean.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = clean.startsWith("`") || clean.endsWith("`") ? " " : "";
  return clean === "" ? "" : `${fence}${pad}${clean}${pad}${fence}`;
}
