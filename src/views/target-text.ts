/** Targets for people: `canon target list`, `check` and `statuses`. */

import type { NetworkReport, TargetReport } from "../core/model/target-report.ts";
import { cleanLine, displayWidth, padText } from "../core/text/terminal-text.ts";
import { diagnosticsText } from "./diagnostics-text.ts";
import { unpainted, type Page } from "./paint.ts";
import { count } from "./words.ts";
import { wrapText } from "./wrap.ts";

export interface ListedTarget {
  readonly name: string;
  readonly system: string;
  readonly project: string;
  readonly baseUrl: string | null;
  /** Names of the variables that its credentials come from, and whether each is set. */
  readonly credentials: readonly { readonly name: string; readonly isSet: boolean }[];
}

export function targetListText(targets: readonly ListedTarget[], page: Page): string {
  if (targets.length === 0) return "  No targets. canon init writes a configuration with one.\n";
  const width = Math.max(...targets.map(({ name }) => displayWidth(cleanLine(name))));
  return targets
    .map(({ name, system, project, baseUrl, credentials }) => {
      const where = `${system} ${cleanLine(project)}${baseUrl === null ? "" : ` at ${cleanLine(baseUrl)}`}`;
      const missing = credentials.filter(({ isSet }) => !isSet).map((one) => one.name);
      const note = `not set: ${missing.join(", ")}`;
      const line = `  ${page.paint("heading", padText(cleanLine(name), width))}  ${where}`;
      if (missing.length === 0) return `${line}\n`;
      const fits = 2 + width + 2 + displayWidth(where) + 2 + displayWidth(note) <= page.columns;
      return fits ? `${line}  ${page.paint("warn", note)}\n` : `${line}\n${" ".repeat(width + 4)}${page.paint("warn", note)}\n`;
    })
    .join("");
}

export function targetCheckText(targets: readonly TargetReport[], network: NetworkReport | null, page: Page): string {
  const blocks = [...targets.map((target) => checkLines(target, page).join("\n")), ...(network === null ? [] : [networkLines(network, page).join("\n")])];
  return `${blocks.join("\n\n")}\n`;
}

const LABEL = 12;

export function row(label: string, text: string, page: Page): readonly string[] {
  const lines = wrapText(text, Math.max(20, page.columns - LABEL - 4));
  return lines.map((line, index) => `    ${page.paint("quiet", padText(index === 0 ? label : "", LABEL - 2))}  ${line}`.trimEnd());
}

function checkLines(target: TargetReport, page: Page): readonly string[] {
  const title = `  ${page.paint("heading", cleanLine(target.name))}  ${target.system} ${cleanLine(target.project)}`;
  const wrong = diagnosticsText(target.diagnostics, page);
  if (target.account === null) return [title, ...wrong];
  return [
    title,
    ...row("account", `Connected as ${cleanLine(target.account)}.`, page),
    ...row("proof", target.proof === null ? "No spec names a ticket here yet." : `Read ${cleanLine(target.proof.key)}: ${cleanLine(target.proof.title)}`, page),
    ...scopeRows(target, page),
    ...(target.types.length === 0 ? row("types", "none: tickets only nest", page) : row("types", target.types.map(cleanLine).join(", "), page)),
    ...(target.types.length === 0
      ? []
      : row(
          "headings",
          target.hierarchy.map(({ depth, type }) => `${depth === 0 ? "document" : `h${depth}`} → ${type === null ? "no type" : cleanLine(type)}`).join(", "),
          page,
        )),
    ...limitRows(target, page),
    ...statusLines(target, page),
    ...(wrong.length === 0 ? [] : ["", ...wrong]),
  ];
}

function scopeRows({ granted, needed }: TargetReport, page: Page): readonly string[] {
  if (needed.length === 0) return [];
  return row(
    "token",
    granted.length === 0 ? `needs ${needed.join(", ")}; the tracker does not tell what it has` : `has ${granted.join(", ")}; needs ${needed.join(", ")}`,
    page,
  );
}

function limitRows({ limits }: TargetReport, page: Page): readonly string[] {
  if (limits === null) return [];
  const parts = [
    `titles of ${count(limits.title, "character")}`,
    `texts of ${count(limits.body, "character")}`,
    ...(limits.children === null ? [] : [`${limits.children} tickets below one`]),
    ...(limits.depth === null ? [] : [`${limits.depth} levels`]),
    ...(limits.creationsPerHour === null ? [] : [`${limits.creationsPerHour} new tickets an hour`]),
  ];
  return row("limits", parts.join(", "), page);
}

/** The table that `status_map` changes: what Canon sets, and what it reads back. */
export function statusLines({ forward, backward }: Pick<TargetReport, "forward" | "backward">, page: Page): readonly string[] {
  const states = Math.max(...forward.map(({ state }) => state.length));
  const names = Math.max(...backward.map(({ status }) => displayWidth(cleanLine(status))));
  return [
    ...row("statuses", "what a state becomes there", page),
    ...forward.map(({ state, status }) => `      ${padText(state, states)}  → ${status === null ? page.paint("quiet", "left as it is") : cleanLine(status)}`),
    ...row("", "what a status is in a spec", page),
    ...backward.map(
      ({ status, category, states: back }) =>
        `      ${padText(cleanLine(status), names)}  → ${back.length === 0 ? page.paint("quiet", "nothing") : back.join(", ")}  ${page.paint("quiet", category)}`,
    ),
  ];
}

function networkLines({ authorities, proxy, noProxy }: NetworkReport, page: Page): readonly string[] {
  const trusted =
    authorities === null
      ? "those that Node knows (CANON_CA_BUNDLE is not set)"
      : `those that Node knows, and ${count(authorities.count, "more", "more")} of ${cleanLine(authorities.file)}`;
  return [
    `  ${page.paint("heading", "network")}`,
    ...row("trusts", trusted, page),
    ...row("proxy", proxy === null ? "none" : `${cleanLine(proxy)}${noProxy === null ? "" : `, not for ${cleanLine(noProxy)}`}`, page),
  ];
}

/** One target's statuses alone, fit for copying into `status_map`. */
export function targetStatusesText(target: TargetReport, page: Page): string {
  return `${statusLines(target, { ...page, paint: page.paint ?? unpainted }).join("\n")}\n`;
}
