/** The part of an apply's tree that a terminal has room for: around what is running, with a line that says how far it is. */

import type { ApplyProgress } from "./apply-progress.ts";
import { treeLine, type ApplyTree } from "./apply-tree.ts";
import { GLYPHS, STATE_GLYPHS } from "./glyphs.ts";
import { wrapParts } from "./wrap.ts";

/** One frame: at most `rows` lines, so that nothing scrolls and every line can be drawn over. Only these are laid out. */
export function applyFrame(tree: ApplyTree, progress: ApplyProgress, rows: number, spinner: string): readonly string[] {
  const status = statusLines(tree, progress, spinner);
  return [...visible(tree, progress, Math.max(3, rows - status.length - 1), spinner), "", ...status];
}

function visible(tree: ApplyTree, progress: ApplyProgress, room: number, spinner: string): readonly string[] {
  const draw = (from: number, to: number): readonly string[] => tree.entries.slice(from, to).map((entry) => treeLine(entry, tree, progress, spinner));
  const all = tree.entries.length;
  if (all <= room) return draw(0, all);
  const shown = Math.max(1, room - 2);
  const start = Math.min(Math.max(0, focus(tree, progress) - Math.floor(shown / 2)), all - shown);
  const fold = (number: number, where: string): string => tree.page.paint("quiet", number === 0 ? "" : `  ${GLYPHS.fold} ${number} lines ${where}`);
  return [fold(start, "above"), ...draw(start, start + shown), fold(all - start - shown, "below")];
}

/** The first change that is not finished; the end when all are. */
function focus({ entries }: ApplyTree, { steps }: ApplyProgress): number {
  const open = entries.findIndex(({ row }) => row !== null && (steps.get(row.change)?.state ?? "running") === "running");
  return open < 0 ? entries.length - 1 : open;
}

function statusLines({ entries, page }: ApplyTree, progress: ApplyProgress, spinner: string): readonly string[] {
  const steps = [...progress.steps.values()];
  const of = (state: string): number => steps.filter((step) => step.state === state).length;
  const total = entries.filter(({ row }) => row !== null).length;
  const parts = [
    `${steps.length - of("running")} of ${total}`,
    ...(of("failed") > 0 ? [`${of("failed")} failed ${STATE_GLYPHS.failed}`] : []),
    ...(of("unknown") > 0 ? [`${of("unknown")} in doubt ${STATE_GLYPHS.unknown}`] : []),
    ...(progress.waiting === null ? [] : [progress.waiting]),
    ...(progress.draining ? ["stopping; ^C again to leave at once"] : []),
  ];
  return wrapParts(parts, page.columns - 4).map((line, index) => `  ${index === 0 ? page.paint("change", spinner) : " "} ${line}`);
}
