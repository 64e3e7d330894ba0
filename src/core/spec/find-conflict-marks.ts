/** Finds what git leaves in a file that was merged with conflicts: such a file says two things at once. */

/** The lines, from 1, of the marks of the first conflict; null without one. An example in a code block counts too. */
export function findConflictMarks(text: string): readonly number[] | null {
  if (!text.includes("<<<<<<<") || !text.includes(">>>>>>>")) return null;
  const lines = text.split(/\r\n|\r|\n/);
  const from = lines.findIndex((line) => /^<{7}(?: |$)/.test(line));
  const middle = from < 0 ? -1 : lines.findIndex((line, index) => index > from && /^={7}$/.test(line));
  const to = middle < 0 ? -1 : lines.findIndex((line, index) => index > middle && /^>{7}(?: |$)/.test(line));
  return to < 0 ? null : [from + 1, middle + 1, to + 1];
}
