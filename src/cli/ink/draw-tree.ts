/** Redraws the tree of an apply in place until it ends. Loaded only for a terminal: ink and react cost more than a whole plan. */

import { render, Text } from "ink";
import { createElement, useEffect, useState, type ReactElement } from "react";
import type { ApplyProgress } from "../../views/apply-progress.ts";
import type { ApplyTree } from "../../views/apply-tree.ts";
import { applyFrame } from "../../views/apply-window.ts";
import { SPINNER_FRAMES } from "../../views/glyphs.ts";

const FRAME_MILLISECONDS = 80;
const DEFAULT_ROWS = 24;

interface TreeProps {
  readonly tree: ApplyTree;
  readonly progress: ApplyProgress;
  readonly rows: () => number;
}

/** `progress` changes underneath; a clock, not its events, decides when to look again, so that a thousand events cost a few frames. */
function Tree({ tree, progress, rows }: TreeProps): ReactElement {
  const [tick, setTick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTick((last) => last + 1), FRAME_MILLISECONDS);
    return () => clearInterval(timer);
  }, []);
  const spinner = SPINNER_FRAMES[tick % SPINNER_FRAMES.length] ?? "";
  return createElement(Text, { wrap: "truncate" }, applyFrame(tree, progress, rows() - 1, spinner).join("\n"));
}

/** `end` takes the last frame away: what stays on the screen is printed by the caller. */
export function drawTree(tree: ApplyTree, progress: ApplyProgress, stream: NodeJS.WriteStream): { readonly end: () => void } {
  const rows = (): number => stream.rows || DEFAULT_ROWS;
  const app = render(createElement(Tree, { tree, progress, rows }), { stdout: stream, exitOnCtrlC: false, patchConsole: false });
  return {
    end: () => {
      app.clear();
      app.unmount();
    },
  };
}
