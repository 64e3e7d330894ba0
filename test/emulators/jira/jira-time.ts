/** Jira's times: answers carry the account's offset, and JQL reads dates without one in the account's time zone. */

const offsets = new Map<string, number>();

/** How far the zone is ahead of UTC at that moment, in milliseconds. */
function offsetOf(zone: string, at: number): number {
  const hour = Math.floor(at / 900_000);
  const known = offsets.get(`${zone} ${hour}`);
  if (known !== undefined) return known;
  const parts = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" }).formatToParts(at);
  const [, sign = "+", hours = "0", minutes = "0"] = /GMT([+-])(\d\d):(\d\d)/.exec(parts.find(({ type }) => type === "timeZoneName")?.value ?? "") ?? [];
  const offset = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  offsets.set(`${zone} ${hour}`, offset);
  return offset;
}

/** `2026-11-21T12:00:00.123-0500` */
export function jiraTime(at: number, zone: string): string {
  const offset = offsetOf(zone, at);
  const minutes = Math.abs(offset) / 60_000;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");
  return `${new Date(at + offset).toISOString().slice(0, -1)}${offset < 0 ? "-" : "+"}${two(minutes / 60)}${two(minutes % 60)}`;
}

const UNITS: Readonly<Record<string, number>> = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000 };

/** A date of JQL: `2026-11-21`, `2026/11/21 12:00`, `-5d`, `-1w 2d`; null when it is none. JQL knows no seconds. */
export function jqlTime(text: string, zone: string, now: number): number | null {
  const [, year, month, day, hour = "0", minute = "0"] = /^(\d{4})[-/](\d\d?)[-/](\d\d?)(?: (\d\d?):(\d\d))?$/.exec(text) ?? [];
  if (year !== undefined) {
    const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute));
    return local - offsetOf(zone, local - offsetOf(zone, local));
  }
  if (!/^[+-]?\d+[wdhm](?: \d+[wdhm])*$/.test(text)) return null;
  const span = [...text.matchAll(/(\d+)([wdhm])/g)].reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ""] ?? 0), 0);
  return text.startsWith("-") ? now - span : now + span;
}
