/** The tree of a plan while it is carried out: the same lines, with a state for a glyph. Laid out once, drawn line by line. */

import { besideTicket } from "./beside-ticket.ts";
import { cleanLine } from "../core/text/terminal-text.ts";
import type { ApplyProgress, Step } from "./apply-progress.ts";
import { said } from "./field-details.ts";
import { STATE_GLYPHS } from "./glyphs.ts";
import type { Page, Role } from "./paint.ts";
import type { Row } from "./plan-row.ts";
import type { PlanView, SpecGroup } from "./plan-view.ts";
import { layoutOf, rowLine, type Layout } from "./row-text.ts";
import { spread } from "./spread.ts";

export const STATE_ROLES: Readonly<Record<Step["state"], Role>> = { running: "change", done: "good", failed: "bad", held: "quiet", unknown: "warn" };

/** A change, or a line between changes. */
export type TreeEntry = { readonly row: Row } | { readonly row: null; readonly text: string };

export interface ApplyTree {
  readonly entries: readonly TreeEntry[];
  readonly layout: Layout;
  readonly page: Page;
}

export function makeTree(view: PlanView, page: Page): ApplyTree {
  const groups = view.groups.filter((group) => group.rows.length > 0).map((group) => ({ ...group, rows: group.rows.map(bare) }));
  const entries = groups.flatMap((group, index): readonly TreeEntry[] => [
    ...(index === 0 ? [] : [line("")]),
    ...header(group, page),
    line(""),
    ...group.rows.map((row) => ({ row })),
  ]);
  return {
    entries,
    layout: layoutOf(
      groups.flatMap((group) => group.rows),
      page,
    ),
    page,
  };
}

/** Notes and details were read before; now only what became of it matters. */
function bare(row: Row): Row {
  return { ...row, note: [], details: [] };
}

function header(group: SpecGroup, page: Page): readonly TreeEntry[] {
  return spread([{ text: cleanLine(group.title === "" ? group.path : group.title), role: "heading" }], group.targetLabel, page).map(line);
}

function line(text: string): TreeEntry {
  return { row: null, text };
}

export function treeLine(entry: TreeEntry, { layout, page }: ApplyTree, progress: ApplyProgress, spinner: string = STATE_GLYPHS.running): string {
  if (entry.row === null) return entry.text;
  const step = progress.steps.get(entry.row.change);
  const row =
    step === undefined
      ? entry.row
      : { ...entry.row, label: step.key ?? entry.row.label, note: step.message === null ? [] : [said(besideTicket(step.message, step.key, entry.row.title))] };
  const glyph =
    step === undefined ? page.paint(row.role, row.glyph) : page.paint(STATE_ROLES[step.state], step.state === "running" ? spinner : STATE_GLYPHS[step.state]);
  return rowLine(row, { ...layout, label: Math.max(layout.label, progress.widestKey) }, page, glyph);
}

/** All of it: the last frame, and what stays on the screen. */
export function treeText(tree: ApplyTree, progress: ApplyProgress): string {
  return tree.entries.map((entry) => `${treeLine(entry, tree, progress)}\n`).join("");
}
