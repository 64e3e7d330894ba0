/** Tells whether two texts of a spec differ in lines of Canon's markers and in nothing else. */

/** Equal texts differ in nothing: false. */
export function differsInMarkersOnly(before: string, after: string): boolean {
  return before !== after && withoutMarkers(before) === withoutMarkers(after);
}

function withoutMarkers(text: string): string {
  return text
    .split(/(?<=\n)|(?<=\r)(?!\n)/)
    .filter((line) => !/^\s*<!-- canon:.*-->\s*$/.test(line))
    .join("");
}
