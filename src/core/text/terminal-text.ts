/** Makes text of strangers safe to print and measures it in terminal columns, so that lines stay aligned and honest. */

/** Control characters, escape sequences whole: CSI, OSC (to its end), other escapes. */
const CONTROLS = /\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[ -/]*[0-~]?|[\u0000-\u001f\u007f-\u009f]/g;

/** Characters that change what a reader sees without being seen: bidirectional controls, zero-width ones, tags. */
const HIDDEN =
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u3164\ufeff\uffa0]|[\u{e0000}-\u{e007f}]/gu;

/** One joiner is honest between letters and emoji that need it; beside ASCII, at an end or in a row it only disguises. */
const DISGUISING_JOINERS = /(?<=[\u0000-\u007f]|^)[\u200c\u200d]+|[\u200c\u200d]+(?=[\u0000-\u007f]|$)|[\u200c\u200d]{2,}/gu;

const PRINTABLE_ASCII = /^[\u0020-\u007e]*$/;

/** One line that can do nothing to a terminal: white space folded, escapes gone, invisible characters made visible as `<U+202E>`. */
export function cleanLine(text: string): string {
  if (PRINTABLE_ASCII.test(text)) return text;
  return text
    .replace(/[\t\n\r\u2028\u2029]+/g, " ")
    .replace(CONTROLS, "")
    .replace(HIDDEN, codePointNames)
    .replace(DISGUISING_JOINERS, codePointNames);
}

/** The same for text of several lines: line feeds stay, tabs become two spaces. */
export function cleanText(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => cleanLine(line.replace(/\t/g, "  ")))
    .join("\n");
}

/** `text` without escape sequences and control characters. */
export function withoutControls(text: string): string {
  return PRINTABLE_ASCII.test(text) ? text : text.replace(CONTROLS, "");
}

/** `text` without characters that act on a terminal or a reader unseen; line feeds and tabs stay. For what is written down, where names of characters would be noise. */
export function withoutHidden(text: string): string {
  if (PRINTABLE_ASCII.test(text)) return text;
  return text
    .split(/([\n\t])/)
    .map((part) => (part === "\n" || part === "\t" ? part : part.replace(CONTROLS, "").replace(HIDDEN, "").replace(DISGUISING_JOINERS, "")))
    .join("");
}

function codePointNames(characters: string): string {
  return Array.from(characters, (character) => `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}>`).join("");
}

/** Marks, joiners, variation selectors, flags, skin tones: only there do several code points share a cell. */
const NEEDS_SEGMENTS = /[\p{M}\u200c\u200d\ufe0e\ufe0f\u1100-\u11ff\u{1f1e6}-\u{1f1ff}\u{1f3fb}-\u{1f3ff}]/u;

/** Built on first use: making one costs a millisecond, and plain text never needs it. */
let graphemes: Intl.Segmenter | undefined;

/** Columns that `text` takes in a terminal: wide characters count 2, marks 0. */
export function displayWidth(text: string): number {
  if (PRINTABLE_ASCII.test(text)) return text.length;
  let width = 0;
  for (const cell of cells(text)) width += cellWidth(cell);
  return width;
}

/** `text` cut to `width` columns, the cut shown by `…`. Never splits a character. */
export function truncateText(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  if (width <= 0) return "";
  let kept = "";
  let used = 0;
  for (const cell of cells(text)) {
    used += cellWidth(cell);
    if (used > width - 1) break;
    kept += cell;
  }
  return `${kept.trimEnd()}…`;
}

/** `text` parted wherever `width` columns are full, in one pass: tickets hold words of a megabyte. */
export function cutText(text: string, width: number): readonly string[] {
  const parts: string[] = [];
  let part = "";
  let used = 0;
  for (const cell of cells(text)) {
    const room = cellWidth(cell);
    if (used + room > width && part !== "") {
      parts.push(part);
      [part, used] = ["", 0];
    }
    part += cell;
    used += room;
  }
  return [...parts, part];
}

/** `text` with spaces after it up to `width` columns; longer text stays whole. */
export function padText(text: string, width: number): string {
  const missing = width - displayWidth(text);
  const end = RIGHT_TO_LEFT.test(text) ? LEFT_TO_RIGHT_MARK : "";
  return missing > 0 ? text + end + " ".repeat(missing) : text + end;
}

/**
 * Without the mark, a terminal that reorders would pull the spaces and numbers after a right-to-left title into it.
 *
 *     + Story  כותרת‎      4 criteria
 *                  ^ here the line is left-to-right again
 */
const LEFT_TO_RIGHT_MARK = "\u200e";
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

function cells(text: string): Iterable<string> {
  if (!NEEDS_SEGMENTS.test(text)) return text;
  graphemes ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return Array.from(graphemes.segment(text), (part) => part.segment);
}

/** Emoji sequences take the room of one; in other clusters terminals add up what is not a mark. */
function cellWidth(cell: string): number {
  const point = cell.codePointAt(0) ?? 0;
  if (point < 0x300 && cell.length === 1) return 1;
  if (/[\u200d\ufe0f\u{1f1e6}-\u{1f1ff}\u{1f3fb}-\u{1f3ff}]/u.test(cell) && /\p{Extended_Pictographic}|[\u{1f1e6}-\u{1f1ff}]/u.test(cell)) return 2;
  let width = 0;
  for (const character of cell) width += pointWidth(character);
  return width;
}

function pointWidth(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  if (isWide(point)) return 2;
  return /^[\p{M}\p{Cf}\u1160-\u11ff]/u.test(character) ? 0 : 1;
}

/** East Asian Width W and F with emoji presentation (Unicode 16), joined where only unassigned points lie between. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x231a, 0x231b],
  [0x23e9, 0x23ec],
  [0x23f0, 0x23f0],
  [0x23f3, 0x23f3],
  [0x25fd, 0x25fe],
  [0x2614, 0x2615],
  [0x2630, 0x2637],
  [0x2648, 0x2653],
  [0x267f, 0x267f],
  [0x268a, 0x268f],
  [0x2693, 0x2693],
  [0x26a1, 0x26a1],
  [0x26aa, 0x26ab],
  [0x26bd, 0x26be],
  [0x26c4, 0x26c5],
  [0x26ce, 0x26ce],
  [0x26d4, 0x26d4],
  [0x26ea, 0x26ea],
  [0x26f2, 0x26f3],
  [0x26f5, 0x26f5],
  [0x26fa, 0x26fa],
  [0x26fd, 0x26fd],
  [0x2705, 0x2705],
  [0x270a, 0x270b],
  [0x2728, 0x2728],
  [0x274c, 0x274c],
  [0x274e, 0x274e],
  [0x2753, 0x2755],
  [0x2757, 0x2757],
  [0x2795, 0x2797],
  [0x27b0, 0x27b0],
  [0x27bf, 0x27bf],
  [0x2b1b, 0x2b1c],
  [0x2b50, 0x2b50],
  [0x2b55, 0x2b55],
  [0x2e80, 0x303e],
  [0x3041, 0x4dbf],
  [0x4dc0, 0x4dff],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6b],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18dff],
  [0x1aff0, 0x1b2ff],
  [0x1d300, 0x1d376],
  [0x1f004, 0x1f004],
  [0x1f0cf, 0x1f0cf],
  [0x1f18e, 0x1f18e],
  [0x1f191, 0x1f19a],
  [0x1f1e6, 0x1f202],
  [0x1f210, 0x1f265],
  [0x1f300, 0x1f320],
  [0x1f32d, 0x1f335],
  [0x1f337, 0x1f37c],
  [0x1f37e, 0x1f393],
  [0x1f3a0, 0x1f3ca],
  [0x1f3cf, 0x1f3d3],
  [0x1f3e0, 0x1f3f0],
  [0x1f3f4, 0x1f3f4],
  [0x1f3f8, 0x1f43e],
  [0x1f440, 0x1f440],
  [0x1f442, 0x1f4fc],
  [0x1f4ff, 0x1f53d],
  [0x1f54b, 0x1f54e],
  [0x1f550, 0x1f567],
  [0x1f57a, 0x1f57a],
  [0x1f595, 0x1f596],
  [0x1f5a4, 0x1f5a4],
  [0x1f5fb, 0x1f64f],
  [0x1f680, 0x1f6c5],
  [0x1f6cc, 0x1f6cc],
  [0x1f6d0, 0x1f6d2],
  [0x1f6d5, 0x1f6df],
  [0x1f6eb, 0x1f6ec],
  [0x1f6f4, 0x1f6fc],
  [0x1f7e0, 0x1f7f0],
  [0x1f90c, 0x1f93a],
  [0x1f93c, 0x1f945],
  [0x1f947, 0x1f9ff],
  [0x1fa70, 0x1faff],
  [0x20000, 0x3fffd],
];

function isWide(point: number): boolean {
  if (point < 0x1100) return false;
  let low = 0;
  let high = WIDE.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = WIDE[middle];
    if (range === undefined) return false;
    if (point < range[0]) high = middle - 1;
    else if (point > range[1]) low = middle + 1;
    else return true;
  }
  return false;
}
