/** Lines that stand in more quotes and lists than anybody writes: remark reads them in the cube of the depth, and overflows the stack. */

const DEEPEST = 200;

const LONG_PREFIX = new RegExp(String.raw`^[ \t>*+\-.)\d]{${DEEPEST}}[^\r\n]*`, "gm");
const RULE = /^[ \t]*(?:(?:-[ \t]*)+|(?:\*[ \t]*)+)$/;
const STEP = /([ \t]*)(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))/y;

/** Such lines with an x for each mark, so that every offset stays; all others as they are. */
export function flattened(text: string): string {
  return text.replace(LONG_PREFIX, (line) => {
    if (RULE.test(line)) return line;
    const { depth, end } = marksOf(line);
    return depth > DEEPEST ? line.slice(0, end).replace(/[^ \t]/g, "x") + line.slice(end) : line;
  });
}

/** `depth`: at most that; two columns of indentation may continue a list of the lines above. `end`: behind the last mark. */
function marksOf(line: string): { readonly depth: number; readonly end: number } {
  let [depth, end] = [0, 0];
  STEP.lastIndex = 0;
  for (let step = STEP.exec(line); step !== null; step = STEP.exec(line)) {
    depth += 1 + Math.floor((step[1]?.length ?? 0) / 2);
    end = STEP.lastIndex;
  }
  return { depth, end };
}
