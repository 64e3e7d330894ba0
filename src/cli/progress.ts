/** Says on a terminal what takes long, on one line of stderr that is gone when it is done. */

import { truncateText } from "../core/text/terminal-text.ts";
import type { Session } from "./session.ts";

export interface Progress {
  readonly say: (text: string) => void;
  readonly end: () => void;
}

const CLEAR_LINE = "\r\u001b[2K";
/** What is done sooner needs no words. */
const PATIENCE = 300;
const BETWEEN = 80;

export function makeProgress({ json, quiet, world: { stderr } }: Session): Progress {
  if (json || quiet || !stderr.isTerminal) return { say: () => {}, end: () => {} };
  const began = performance.now();
  let last = 0;
  let shown = false;
  return {
    say: (text) => {
      const now = performance.now();
      if (now - began < PATIENCE || now - last < BETWEEN) return;
      last = now;
      shown = true;
      stderr.write(CLEAR_LINE + truncateText(`  ${text}`, stderr.size().columns - 1));
    },
    end: () => {
      if (shown) stderr.write(CLEAR_LINE);
      shown = false;
    },
  };
}
