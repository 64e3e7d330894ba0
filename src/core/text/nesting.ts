/** How deep quotes and lists may stand in each other: parsers take time in the square of the depth or worse, and remark the whole stack. */

/** Far more than anybody writes. */
export const DEEPEST = 200;

const LONG_PREFIX = new RegExp(String.raw`^[ \t>*+\-.)\d]{${DEEPEST}}[^\r\n]*`, "gm");
const RULE = /^[ \t]*(?:(?:-[ \t]*)+|(?:\*[ \t]*)+)$/;
const STEP = /([ \t]*)(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))/y;

/** The first line, from 1, that stands in more than `DEEPEST` quotes and lists; null: none does. */
export function tooDeepLine(text: string): number | null {
  for (const { 0: line, index } of text.matchAll(LONG_PREFIX))
    if (!RULE.test(line) && depthOf(line) > DEEPEST) return text.slice(0, index).split(/\r\n|\r|\n/).length;
  return null;
}

/** At most: two columns of indentation may continue a list of the lines above. */
function depthOf(line: string): number {
  let depth = 0;
  STEP.lastIndex = 0;
  for (let step = STEP.exec(line); step !== null; step = STEP.exec(line)) depth += 1 + Math.floor((step[1]?.length ?? 0) / 2);
  return depth;
}
