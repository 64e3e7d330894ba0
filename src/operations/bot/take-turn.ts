/** Lets one of the runs that want to write the same thing do so: a host has no "unless there is one". */

import type { BotMemory } from "../../core/model/bot-memory.ts";
import { randomHex } from "../../io/random.ts";
import type { BotWorld } from "./bot-world.ts";
import { remember } from "./remember.ts";

/** A place in the memory where a run notes that it is about to write. */
export interface Turn {
  /** Whose turn it is; null: nobody's, or there is nothing to write any more. */
  readonly holder: (memory: BotMemory) => string | null;
  /** The memory with the turn given to `me`; unchanged where there is nothing to write. */
  readonly claim: (memory: BotMemory, me: string) => BotMemory;
}

/** Milliseconds after which a run that said that it would write has died: longer than any request may take. */
const PATIENCE = 60_000;
const POLL = 1_000;

/** The memory once it is our turn, or once there is nothing left to write. A run that dies gives its turn back to nobody: the next one waits. */
export async function takeTurn({ forge, clock }: Pick<BotWorld, "forge" | "clock">, { holder, claim }: Turn): Promise<BotMemory> {
  const me = randomHex(8);
  let seen = { name: "", since: 0 };
  for (;;) {
    // Only a name that stays the same for all that time is that of a dead run: clocks of other machines are not asked.
    const dead = seen.name !== "" && clock.monotonic() - seen.since >= PATIENCE ? seen.name : null;
    const memory = await remember(forge, (known) => {
      const name = holder(known);
      return name === null || name === dead ? claim(known, me) : known;
    });
    const name = holder(memory);
    if (name === null || name === me) return memory;
    if (seen.name !== name) seen = { name, since: clock.monotonic() };
    await clock.sleep(POLL);
  }
}
