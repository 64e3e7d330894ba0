/** Linear's comparators, told by their shape: the schema has already checked the types of what is compared. */

import { invalid, NotEmulated } from "./linear-problem.ts";

export type Given = Readonly<Record<string, unknown>>;

export function given(value: unknown): Given {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

/** Whether all the comparisons hold for a value; null stands for a value that is absent. */
export function compares(value: string | number | boolean | null, comparator: unknown): boolean {
  return Object.entries(given(comparator)).every(([word, wanted]) => wanted === undefined || holds(value, word, wanted));
}

/** Dates also compare with durations from now ("-P1D"). */
export function comparesDate(value: string | null, comparator: unknown, now: number): boolean {
  const date = (wanted: unknown): unknown => (Array.isArray(wanted) ? wanted.map(date) : typeof wanted === "string" ? moment(wanted, now) : wanted);
  const dated = Object.fromEntries(Object.entries(given(comparator)).map(([word, wanted]) => [word, date(wanted)]));
  return compares(value === null ? null : Date.parse(value), dated);
}

function moment(text: string, now: number): number {
  const duration = /^(-)?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text);
  if (!duration) {
    const at = Date.parse(text);
    if (Number.isNaN(at)) throw new NotEmulated(`the date ${text}`);
    return at;
  }
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = duration.slice(2).map((part) => Number(part ?? 0));
  return now + (duration[1] ? -1 : 1) * (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000;
}

function holds(value: string | number | boolean | null, word: string, wanted: unknown): boolean {
  const text = typeof value === "string" ? value : "";
  const words = typeof wanted === "string" ? wanted : "";
  const [low, lowWords] = [text.toLowerCase(), words.toLowerCase()];
  switch (word) {
    case "eq":
      return value === wanted;
    case "neq":
      return value !== wanted;
    case "in":
      return list(wanted).includes(value);
    case "nin":
      return !list(wanted).includes(value);
    case "null":
      return (value === null) === wanted;
    case "lt":
    case "lte":
    case "gt":
    case "gte":
      return ordered(value, word, wanted);
    case "eqIgnoreCase":
      return low === lowWords;
    case "neqIgnoreCase":
      return low !== lowWords;
    case "contains":
      return text.includes(words);
    case "notContains":
      return !text.includes(words);
    case "containsIgnoreCase":
      return low.includes(lowWords);
    case "notContainsIgnoreCase":
      return !low.includes(lowWords);
    case "startsWith":
      return text.startsWith(words);
    case "startsWithIgnoreCase":
      return low.startsWith(lowWords);
    case "notStartsWith":
      return !text.startsWith(words);
    case "endsWith":
      return text.endsWith(words);
    case "notEndsWith":
      return !text.endsWith(words);
    default:
      throw new NotEmulated(`the comparison "${word}"`);
  }
}

function list(wanted: unknown): readonly unknown[] {
  if (!Array.isArray(wanted)) throw invalid("A list is expected.");
  return wanted;
}

function ordered(value: unknown, word: "lt" | "lte" | "gt" | "gte", wanted: unknown): boolean {
  if (typeof value !== "number" || typeof wanted !== "number") return false;
  switch (word) {
    case "lt":
      return value < wanted;
    case "lte":
      return value <= wanted;
    case "gt":
      return value > wanted;
    case "gte":
      return value >= wanted;
  }
}
