/** How the items of a list are written, so that a new one looks like its neighbours. */

import type { ItemPlace } from "./locate-criteria.ts";
import { lineStart } from "./source-lines.ts";
import { spanOf, trimmedSpanOf } from "./span-of.ts";

export interface ListStyle {
  /** What stands before the bullet on each line. */
  readonly indent: string;
  /** Bullet or number of the item that comes `steps` behind the neighbour, with the space behind it. */
  bullet(steps: number): string;
  /** True where blank lines stand between the items. */
  readonly isLoose: boolean;
}

const BULLET = /(?:([-*+])|(\d{1,9})([.)]))([ \t]*)/y;

export function styleOf(text: string, neighbour: ItemPlace): ListStyle {
  const own = bulletAt(text, neighbour.start);
  const [first, second] = neighbour.list.children.slice(0, 2).map((item) => bulletAt(text, spanOf(item).start).number);
  // Some number every item alike and leave counting to the reader's program.
  const step = second !== undefined && first === second ? 0 : 1;
  return {
    // An item may begin behind its parent's bullet; the next one stands below it.
    indent: text.slice(lineStart(text, neighbour.start), neighbour.start).replace(/[^ \t]/g, " "),
    bullet: (steps) => (own.number === null ? own.mark : String(Math.min(own.number + steps * step, 999_999_999)) + own.mark) + own.gap,
    isLoose: isLoose(text, neighbour),
  };
}

interface Bullet {
  readonly number: number | null;
  /** The bullet, or what stands behind the number. */
  readonly mark: string;
  readonly gap: string;
}

function bulletAt(text: string, offset: number): Bullet {
  BULLET.lastIndex = offset;
  const [, mark, number, delimiter, gap] = BULLET.exec(text) ?? [];
  return { number: number === undefined ? null : Number(number), mark: mark ?? delimiter ?? "-", gap: gap || " " };
}

/** By the items beside the neighbour: a list of ten thousand is not looked through for each new item. */
function isLoose(text: string, { item, list }: ItemPlace): boolean {
  const at = list.children.indexOf(item);
  return list.children.slice(Math.max(0, at - 1), at + 1).some((one, index, near) => {
    const next = near[index + 1] ?? list.children[at + 1];
    if (!next) return false;
    return (text.slice(trimmedSpanOf(one, text).end, spanOf(next).start).match(/\r\n|\r|\n/g)?.length ?? 0) > 1;
  });
}
