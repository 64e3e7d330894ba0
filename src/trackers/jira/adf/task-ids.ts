/** Ids of tasks, which Jira wants to be unique in a document; made from the words, so that printing twice gives the same. */

import { shortPrintOf } from "../../../core/fingerprint.ts";
import { textAttr, type AdfNode } from "./adf-node.ts";

export class TaskIds {
  readonly #taken = new Set<string>();

  /** Ids that nodes of the ticket have already. */
  reserve(node: AdfNode): void {
    const id = textAttr(node, "localId");
    if (id !== "") this.#taken.add(id);
    for (const child of node.content ?? []) this.reserve(child);
  }

  next(words: string): string {
    for (let nth = 1; ; nth += 1) {
      const id = shortPrintOf([words, String(nth)]);
      if (this.#taken.has(id)) continue;
      this.#taken.add(id);
      return id;
    }
  }
}
