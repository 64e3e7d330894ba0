/** Takes criteria out of a list: whole items where nothing else is in them, else only what makes them criteria. */

import type { Criterion } from "../model/section.ts";
import type { LinePatch } from "./line-patch.ts";
import type { CriterionPlace, ItemPlace } from "./locate-criteria.ts";
import type { Replacement } from "./replace-text.ts";
import { lineStart } from "./source-lines.ts";
import { spanOf } from "./span-of.ts";

export interface Removal {
  readonly changes: readonly Replacement[];
  /** The outermost items whose lines go. */
  readonly gone: readonly ItemPlace[];
}

/** An item that holds more than its criterion stays as a plain bullet; where not even that can be, it stays as it is. */
export function removeCriteria(text: string, removed: readonly CriterionPlace[], patch: LinePatch): Removal {
  const criteria = new Set(removed.flatMap(({ place }) => place.criterion ?? []));
  const whole = new WholeItems(criteria);
  const tops = new Set(removed.flatMap(({ place }) => (whole.has(place) ? [outermost(place, whole)] : [])));
  const changes: Replacement[] = [];
  const gone: ItemPlace[] = [];
  for (const top of tops) {
    if (hasOwnLines(text, top)) {
      patch.remove(patch.lineAt(top.start), patch.lineAt(top.end));
      gone.push(top);
    } else {
      const next = nextBeside(top);
      if (next !== null) changes.push({ start: top.start, end: next, text: "" });
    }
  }
  for (const { place, box } of removed) {
    const next = place.item.children[1];
    if (!whole.has(place) && next) changes.push({ start: box, end: spanOf(next).start, text: "" });
  }
  return { changes, gone };
}

export function hasOwnLines(text: string, { start }: ItemPlace): boolean {
  return /^[ \t]*$/.test(text.slice(lineStart(text, start), start));
}

/** Tells items of which nothing would be left. Every item is looked at once. */
class WholeItems {
  readonly #removed: ReadonlySet<Criterion>;
  readonly #known = new Map<ItemPlace, boolean>();

  constructor(removed: ReadonlySet<Criterion>) {
    this.#removed = removed;
  }

  has(place: ItemPlace): boolean {
    // Children before parents, without recursion: lists nest as deep as somebody cares to type.
    const open = [place];
    for (let next = open.at(-1); next !== undefined; next = open.at(-1)) {
      const unknown = this.#known.has(next) ? [] : next.children.filter((child) => !this.#known.has(child));
      if (unknown.length > 0) open.push(...unknown);
      else {
        this.#known.set(next, this.#known.get(next) ?? this.#isWhole(next));
        open.pop();
      }
    }
    return this.#known.get(place) === true;
  }

  #isWhole({ item, criterion, paragraph, children }: ItemPlace): boolean {
    if (item.children.length === 0 || (paragraph !== null && (criterion === null || !this.#removed.has(criterion)))) return false;
    return item.children.every((child) => child === paragraph || child.type === "list") && children.every((child) => this.#known.get(child) === true);
  }
}

function outermost(place: ItemPlace, whole: WholeItems): ItemPlace {
  let top = place;
  while (top.parent && whole.has(top.parent)) top = top.parent;
  return top;
}

/** Where the next thing beside an item begins that shares its line with its parent's bullet. */
function nextBeside({ item, list, parent }: ItemPlace): number | null {
  const next = list.children[list.children.indexOf(item) + 1] ?? parent?.item.children[parent.item.children.indexOf(list) + 1];
  return next ? spanOf(next).start : null;
}
