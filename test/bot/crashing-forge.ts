/** A forge between the bot and its host on which a run dies: at a chosen request, before it was carried out or after, with its answer lost. */

import type { Forge } from "../../src/forges/forge.ts";

export class Died extends Error {}

export interface Crash {
  /** Which request, from 1; 0: none. */
  readonly at: number;
  readonly when: "before" | "after";
}

/** `seen` hears of every write. Reads change nothing: dying at one is dying before the next write. */
export function crashing(forge: Forge, { at, when }: Crash, seen: (name: string) => void): Forge {
  let count = 0;
  const guarded = <A extends readonly unknown[], R>(name: string, method: (...given: A) => Promise<R>) => {
    return async (...given: A): Promise<R> => {
      count += 1;
      seen(name);
      const isHere = count === at;
      if (isHere && when === "before") throw new Died(`before ${name}`);
      const answer = await method(...given);
      if (isHere) throw new Died(`after ${name}`);
      return answer;
    };
  };
  return {
    ...forge,
    commit: guarded("commit", forge.commit),
    move: guarded("move", forge.move),
    openPullRequest: guarded("openPullRequest", forge.openPullRequest),
    editPullRequest: guarded("editPullRequest", forge.editPullRequest),
    comment: guarded("comment", forge.comment),
    editComment: guarded("editComment", forge.editComment),
    openThread: guarded("openThread", forge.openThread),
    editThread: guarded("editThread", forge.editThread),
    setCheck: guarded("setCheck", forge.setCheck),
  };
}
