/** Diagnostics for people: what happened, where, and what to do, errors first. */

import { CODES } from "../core/codes.ts";
import type { Diagnostic, Place, Severity } from "../core/model/diagnostic.ts";
import { cleanLine, displayWidth } from "../core/text/terminal-text.ts";
import { SEVERITY_WORDS } from "./glyphs.ts";
import type { Page, Role } from "./paint.ts";
import { count } from "./words.ts";
import { wrapRuns, wrapText } from "./wrap.ts";

const ORDER: readonly Severity[] = ["error", "warning", "notice"];
const ROLES: Readonly<Record<Severity, Role>> = { error: "bad", warning: "warn", notice: "quiet" };
/** One mistake made in every file is one thing to learn: more of the same code are only counted. */
const SAME_CODE = 10;

/**
 *     error  specs/payments.md:12:3  The ticket PAY-143 stands on two sections.
 *            Remove one of the markers.  (ticket-twice)
 */
export function diagnosticsText(diagnostics: readonly Diagnostic[], page: Page): string[] {
  const byCode = Map.groupBy(
    ORDER.flatMap((severity) => diagnostics.filter((diagnostic) => diagnostic.severity === severity)),
    (diagnostic) => `${diagnostic.severity} ${diagnostic.code}`,
  );
  return [...byCode.values()].flatMap((same) => {
    const lines = same.slice(0, SAME_CODE).flatMap((diagnostic, index) => diagnosticLines(diagnostic, page, index > 0 ? same[index - 1] : undefined));
    const more = same.length - SAME_CODE;
    return more > 0 ? [...lines, page.paint("quiet", `${" ".repeat(INDENT)}… ${count(more, "more", "more")} of ${same[0]?.code ?? ""}`)] : lines;
  });
}

function diagnosticLines(diagnostic: Diagnostic, page: Page, before: Diagnostic | undefined): readonly string[] {
  const indent = " ".repeat(INDENT);
  const width = page.columns - INDENT;
  const place = diagnostic.place === undefined ? "" : placeText(diagnostic.place);
  const word = page.paint(ROLES[diagnostic.severity], SEVERITY_WORDS[diagnostic.severity].padEnd(INDENT - 2));
  const hint = hintOf(diagnostic);
  const hints = before !== undefined && hintOf(before) === hint ? [] : wrapText(diagnostic.code === "usage" ? hint : `${hint}  (${diagnostic.code})`, width);
  const [first = "", ...rest] = messageLines(place, diagnostic.message, width, page);
  return [
    `  ${word}${first}`,
    ...rest.map((line) => indent + line),
    ...(diagnostic.also ?? []).map((also) => `${indent}${page.paint("key", `also ${placeText(also)}`)}`),
    ...hints.map((line) => page.paint("quiet", indent + line)),
  ];
}

/** A place is never broken, or no editor opens it: a long one has a line of its own, beyond the margin if need be. */
function messageLines(place: string, message: string, width: number, page: Page): readonly string[] {
  if (place === "") return wrapText(message, width);
  const firstWord = displayWidth(message.split(" ")[0] ?? "");
  if (displayWidth(place) + GAP + firstWord > width) return [page.paint("key", place), ...wrapText(message, width)];
  return wrapRuns(
    [
      { text: place, role: "key" },
      { text: `${" ".repeat(GAP)}${message}`, role: null },
    ],
    width,
    page.paint,
  );
}

const GAP = 2;
const INDENT = 11;

export function hintOf(diagnostic: Diagnostic): string {
  return diagnostic.hint ?? CODES[diagnostic.code].hint;
}

/** `specs/a.md:12:3`: editors and terminals open it on a click. */
export function placeText(place: Place): string {
  const line = place.line === undefined ? "" : `:${place.line}${place.column === undefined ? "" : `:${place.column}`}`;
  return `${cleanLine(place.path)}${line}`;
}
