/** What init sees in a folder, and what it wrote. */

import type { Diagnostic } from "../core/model/diagnostic.ts";
import type { System } from "../core/model/system.ts";
import { cleanLine } from "../core/text/terminal-text.ts";
import { diagnosticsText } from "./diagnostics-text.ts";
import type { Page } from "./paint.ts";
import { nextLines } from "./plan-text.ts";
import { count } from "./words.ts";
import { wrapText } from "./wrap.ts";

export const SYSTEM_WORDS: Readonly<Record<System, string>> = {
  local: "local: a file here, to try it or to work alone",
  jira: "Jira",
  linear: "Linear",
  github: "GitHub Issues",
  azure: "Azure DevOps",
};

export interface Findings {
  readonly git: { readonly remote: string | null } | null;
  readonly folders: readonly { readonly path: string; readonly files: number; readonly tickets: number; readonly counts: { readonly all: number } }[];
  readonly credentials: readonly string[];
  readonly ghLoggedIn: boolean;
}

export function findingsText({ git, folders, credentials, ghLoggedIn }: Findings, page: Page): string {
  const facts = [
    git === null ? "no git repository" : (git.remote ?? "a git repository without a remote"),
    ...folders.map(
      (folder) =>
        `${folder.path}: ${count(folder.files, "file")}, ${count(folder.counts.all, "section")}${folder.tickets > 0 ? `, ${folder.tickets} with a ticket` : ""}`,
    ),
    ...(folders.length === 0 ? ["no Markdown yet"] : []),
    ...(credentials.length > 0 ? [`set: ${credentials.join(", ")}`] : []),
    ...(ghLoggedIn ? ["gh is logged in"] : []),
  ];
  return `${facts.flatMap((fact) => wrapText(cleanLine(fact), page.columns - 4).map((line) => `  ${page.paint("quiet", line)}`)).join("\n")}\n\n`;
}

export interface Written {
  readonly system: System;
  readonly project: string;
  readonly include: readonly string[];
  readonly sections: string;
}

export function initEnd(written: readonly string[], answers: Written, diagnostics: readonly Diagnostic[], page: Page): string {
  const what = `${SYSTEM_WORDS[answers.system].split(":")[0]} ${answers.project}, sections: ${answers.sections}, specs: ${answers.include.join(", ")}`;
  const lines = [
    ...diagnosticsText(diagnostics, page),
    ...(diagnostics.length > 0 ? [""] : []),
    `  ${page.paint("heading", `Wrote ${written.map(cleanLine).join(", ")}`)}`,
    ...wrapText(cleanLine(what), page.columns - 2).map((line) => `  ${line}`),
    ...nextLines(answers.sections === "marked" ? ["canon track ADDRESS", "canon list --all"] : ["canon list"], page),
  ];
  return `${lines.join("\n")}\n`;
}
