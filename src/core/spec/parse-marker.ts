/** Reads one line as a marker: `<!-- canon:… -->`, a whole comment, alone on its line. */

import { nearestWord } from "../text/nearest-word.ts";
import type { MarkerValue } from "../model/marker.ts";
import { SPEC_STATUSES, type SpecStatus } from "../model/status.ts";
import { SYSTEMS, type System } from "../model/system.ts";
import { decodeValue } from "./marker-value.ts";
import { isTicketKey, keyExample } from "./ticket-key.ts";

export const MARKER_KEYWORDS = ["ticket", "system", "realized-in", "removed", "skip"] as const;

/** `unknown` are attributes that are kept as they stand. `keyword` of a broken one is null where none can be read. */
export type MarkerReading =
  | { readonly ok: true; readonly value: MarkerValue; readonly unknown: readonly string[] }
  | { readonly ok: false; readonly keyword: string | null; readonly problem: string };

const MARKER_LINE = /^[ \t]*<!--[ \t]*canon:([^<>\r\n]*?)[ \t]*-->[ \t]*$/;
const NEARLY = /<!--\s*canon\s*:/i;

/** null: the line has nothing to do with markers. */
export function parseMarker(line: string): MarkerReading | null {
  const found = MARKER_LINE.exec(line);
  if (!found) return NEARLY.test(line) ? broken(keywordIn(line), problemOf(line)) : null;
  const [head = "", ...attributes] = (found[1] ?? "").split(/[ \t]+/);
  const keyword = head.split(":", 1)[0] ?? "";
  const rest = head.slice(keyword.length + 1);
  switch (keyword) {
    case "ticket":
      return parseTicket(rest, attributes);
    case "system":
      return parseSystem(rest, attributes);
    case "realized-in":
      return parseRealized(rest, attributes);
    case "removed":
      return parseRemoved(rest, attributes);
    case "skip":
      return head === "skip" ? { ok: true, value: { kind: "skip" }, unknown: attributes } : broken("skip", `"skip" takes no value`);
    default:
      return /^[a-z][a-z0-9-]*$/.test(keyword) ? { ok: true, value: { kind: "unknown", keyword }, unknown: [] } : broken(null, "it names no keyword");
  }
}

function parseTicket(rest: string, attributes: readonly string[]): MarkerReading {
  const named = parseSystemAndKey("ticket", rest);
  return "ok" in named ? named : { ok: true, value: { kind: "ticket", ...named }, unknown: attributes };
}

function parseRemoved(rest: string, attributes: readonly string[]): MarkerReading {
  const named = parseSystemAndKey("removed", rest);
  if ("ok" in named) return named;
  const [mode, ...unknown] = attributes;
  if (mode !== "close" && mode !== "forget") return broken("removed", "it must end in close or forget");
  return { ok: true, value: { kind: "removed", ...named, mode }, unknown };
}

function parseSystemAndKey(keyword: string, rest: string): { system: System; key: string } | Extract<MarkerReading, { ok: false }> {
  const colon = rest.indexOf(":");
  const name = colon < 0 ? rest : rest.slice(0, colon);
  const system = SYSTEMS.find((known) => known === name);
  if (!system) return broken(keyword, `${quoted(name)} is no tracker${didYouMean(name, SYSTEMS)}`);
  const key = decodeValue(colon < 0 ? "" : rest.slice(colon + 1));
  if (key === null || !isTicketKey(system, key)) {
    return broken(keyword, `${quoted(colon < 0 ? "" : rest.slice(colon + 1))} is no ${system} key such as ${keyExample(system)}`);
  }
  return { system, key };
}

function parseSystem(rest: string, attributes: readonly string[]): MarkerReading {
  const id = decodeValue(rest);
  if (id === null) return broken("system", rest === "" ? "it names no id" : `the id ${quoted(rest)} holds characters that must be percent-encoded`);
  let status: SpecStatus | null = null;
  let generation = 1;
  const unknown: string[] = [];
  const seen = new Set<string>();
  for (const attribute of attributes) {
    const name = attribute.split(":", 1)[0] ?? "";
    const value = attribute.slice(name.length + 1);
    if (name !== "status" && name !== "gen") {
      unknown.push(attribute);
      continue;
    }
    if (seen.has(name)) return broken("system", `it has two ${name} attributes`);
    seen.add(name);
    if (name === "status") {
      const found = parseStatus(value);
      if (found === null) return broken("system", `${quoted(value)} is no status${didYouMean(value, SPEC_STATUSES)}`);
      status = found;
    } else {
      if (!/^[1-9]\d{0,8}$/.test(value)) return broken("system", `gen must be a number from 1, not ${quoted(value)}`);
      generation = Number(value);
    }
  }
  return { ok: true, value: { kind: "system", id, status, generation, unknown }, unknown };
}

/** `blocked:PAY-200` is read as blocked; the blocker is kept in the file. */
function parseStatus(value: string): SpecStatus | null {
  const word = value.startsWith("blocked:") ? "blocked" : value;
  return SPEC_STATUSES.find((status) => status === word) ?? null;
}

function parseRealized(rest: string, attributes: readonly string[]): MarkerReading {
  const number = /^PR#(\d{1,9})$/.exec(rest)?.[1];
  if (number === undefined) return broken("realized-in", `${quoted(rest)} is no pull request such as PR#412`);
  const [where, ...unknown] = attributes;
  if (where === undefined) return broken("realized-in", "it names no file");
  const lines = /:(\d{1,9}(?:-\d{1,9})?)$/.exec(where)?.[1] ?? null;
  const encoded = where.slice(where.startsWith("file:") ? 5 : 0, lines === null ? undefined : -lines.length - 1);
  const path = decodeValue(encoded);
  if (path === null) return broken("realized-in", `the path ${quoted(encoded)} is empty or holds characters that must be percent-encoded`);
  return { ok: true, value: { kind: "realized-in", pullRequest: Number(number), path, lines }, unknown };
}

function broken(keyword: string | null, problem: string): Extract<MarkerReading, { ok: false }> {
  return { ok: false, keyword, problem };
}

function keywordIn(line: string): string | null {
  const word = /<!--\s*canon\s*:\s*([a-z-]+)/i.exec(line)?.[1]?.toLowerCase();
  return word === undefined ? null : word;
}

function problemOf(line: string): string {
  if (!line.includes("-->")) return "its comment is never closed and hides all that follows";
  if (/[\r\n]/.test(line)) return "it runs over several lines";
  if (!line.includes("canon:")) return `it must begin with "canon:" in lower case`;
  if (/^[ \t]*<!--[^<>]*-->[ \t]*$/.test(line)) return `it must begin with "canon:"`;
  return "it must stand alone on its line, and hold neither < nor >";
}

function quoted(word: string): string {
  return `"${word.slice(0, 80)}"`;
}

function didYouMean(word: string, known: readonly string[]): string {
  const near = nearestWord(word, known);
  return near === null ? ` (known: ${known.join(", ")})` : ` (did you mean ${near}?)`;
}
