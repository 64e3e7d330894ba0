/** Small pieces of English that several views need: numbers with their noun, lists, moments. */

/** "1 create", "3 creates", "2,000 creates". */
export function count(number: number, one: string, many: string = `${one}s`): string {
  return `${grouped(number)} ${number === 1 ? one : many}`;
}

/** `toLocaleString` would do, at the price of loading ICU data for a comma. */
function grouped(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}

export const criteriaCount = (number: number): string => count(number, "criterion", "criteria");

const MINUTE = 60;

/** "~4 s", "~3 min": an estimate never pretends to be exact. */
export function roughly(seconds: number): string {
  if (seconds < 1) return "<1 s";
  if (seconds < 90) return `~${Math.round(seconds)} s`;
  return seconds < 90 * MINUTE ? `~${Math.round(seconds / MINUTE)} min` : `~${Math.round(seconds / MINUTE / MINUTE)} h`;
}

/** Measured: "0.4 s", "12 s", "3 min 20 s". */
export function took(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / MINUTE)} min ${Math.round(seconds % MINUTE)} s`;
}

/** A wait, rounded up: "12 s", "48 min". */
export function wholeSeconds(seconds: number): string {
  return seconds <= 10 * MINUTE ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / MINUTE)} min`;
}
