/** The code host for people: `canon doctor`. */

import type { ForgeReport } from "../core/model/forge-report.ts";
import { cleanLine } from "../core/text/terminal-text.ts";
import { diagnosticsText } from "./diagnostics-text.ts";
import type { Page } from "./paint.ts";
import { row } from "./target-text.ts";

export function forgeCheckText(forge: ForgeReport, page: Page): string {
  const title = `  ${page.paint("heading", "code host")}  ${cleanLine(forge.identity)}`;
  const wrong = diagnosticsText(forge.diagnostics, page);
  if (forge.account === null) return `${[title, ...wrong].join("\n")}\n`;
  const lines = [
    title,
    ...row("account", `Connected as ${cleanLine(forge.account)}.`, page),
    ...roleRows(forge, page),
    ...forge.commands.flatMap(({ command, needs }) => row(`bot ${command}`, `needs ${needs.map(cleanLine).join(", ")}`, page)),
    ...forge.remarks.flatMap((remark) => row("note", cleanLine(remark), page)),
    ...row("bot", botWords(forge), page),
    ...(wrong.length === 0 ? [] : ["", ...wrong]),
  ];
  return `${lines.join("\n")}\n`;
}

function roleRows({ granted, needed }: ForgeReport, page: Page): readonly string[] {
  if (granted === null) return [];
  const held = granted.length === 0 ? "has nothing" : `has ${granted.map(cleanLine).join(", ")}`;
  return row("token", `${held}; needs ${needed.map(cleanLine).join(", ")}`, page);
}

function botWords({ enabled, defaultBranch }: ForgeReport): string {
  const branch = cleanLine(defaultBranch ?? "");
  return enabled
    ? `is on here; what counts is the configuration on ${branch}`
    : `is off: it writes to no tracker and proposes nothing until bot: { enabled: true } stands on ${branch}`;
}
