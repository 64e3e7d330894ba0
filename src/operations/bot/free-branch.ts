/** Where the bot may commit: a branch that does not stand yet, or holds nothing but its own commits. Others keep theirs, and it takes the next name. */

import type { Forge } from "../../forges/forge.ts";
import { isOwnUpTo } from "./own-commits.ts";

export interface FreeBranch {
  readonly branch: string;
  /** Its commit; null: it does not stand. */
  readonly stands: string | null;
}

/** `first`: asked before `name`. */
export async function freeBranch(forge: Forge, name: string, base: string, first: string = name): Promise<FreeBranch> {
  for (let count = 0; ; count += 1) {
    const branch = count === 0 ? first : count === 1 ? name : `${name}-${count}`;
    const stands = await forge.head(`refs/heads/${branch}`);
    if (stands === null || (await isOwnUpTo(forge, base, stands))) return { branch, stands };
  }
}
