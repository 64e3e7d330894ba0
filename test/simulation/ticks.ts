/** The ledger of ticks: a box that one person set once, and nobody decided about, stays set so. */

import type { SpecFile } from "./spec-text.ts";
import { wordsIn } from "./words.ts";

interface Box {
  readonly isTicked: boolean;
  /** The key of the ticket where it was set; null in a spec. */
  readonly key: string | null;
}

export class Ticks {
  /** By word of the criterion: what the one edit made of its box; null where nobody can say any more. */
  readonly #set = new Map<string, Box | null>();

  /** `key`: that of the ticket; null for the specs. */
  edited(before: string, after: string, key: string | null): void {
    const [was, is] = [boxesIn(before), boxesIn(after)];
    for (const [word, isTicked] of is) {
      const old = was.get(word);
      if (old !== undefined && old !== isTicked) this.#set.set(word, isTicked === null || this.#set.has(word) ? null : { isTicked, key });
    }
  }

  /** A run that did not come to its end set boxes in the specs, and perhaps no base knows of it: whoever set one on a ticket meanwhile sees the spec's win. */
  halfPulled(before: string, after: string): void {
    const was = boxesIn(before);
    for (const [word, isTicked] of boxesIn(after)) if (was.get(word) !== isTicked) this.#set.set(word, null);
  }

  /** Whoever takes sides may take the other side's box too. */
  unsure(words: Iterable<string>): void {
    for (const word of words) this.#set.set(word, null);
  }

  /** What a box of a ticket is stays its own once the section has another ticket, or none. */
  wrong({ chunks }: SpecFile): readonly string[] {
    return chunks.flatMap(({ markers, blocks }) =>
      [...boxesIn(blocks.join("\n"))].flatMap(([word, isTicked]) => {
        const set = this.#set.get(word) ?? null;
        if (set === null || isTicked === null || set.isTicked === isTicked) return [];
        if (set.key !== null && !markers.join().includes(`:${set.key} `)) return [];
        return [`the box of the criterion with ${word} was ${set.isTicked ? "ticked" : "unticked"}, and is not`];
      }),
    );
  }
}

/** By word: whether its box is ticked; null where it stands in several. */
function boxesIn(text: string): ReadonlyMap<string, boolean | null> {
  const boxes = new Map<string, boolean | null>();
  for (const [, box, words = ""] of text.matchAll(/^[ \t]*(?:[-+*]|\d+[.)]) \[([ xX])\] (.*)$/gm)) {
    const isTicked = box !== " ";
    for (const word of wordsIn(words)) boxes.set(word, boxes.has(word) && boxes.get(word) !== isTicked ? null : isTicked);
  }
  return boxes;
}
