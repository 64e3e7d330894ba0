/** Every sign that is not an action's own glyph (those stand in `ACTIONS`), in one place. */

import type { ChangeState } from "../core/model/apply-report.ts";
import type { Severity } from "../core/model/diagnostic.ts";

export const GLYPHS = {
  conflict: "!",
  question: "?",
  orphan: "-",
  rail: "│",
  fold: "…",
  dot: " · ",
  arrow: "→",
  open: "○",
  inProgress: "◐",
} as const;

/** `running` on a live terminal is the spinner instead. */
export const STATE_GLYPHS: Readonly<Record<ChangeState, string>> = {
  running: "›",
  done: "✓",
  failed: "✗",
  held: "·",
  unknown: "?",
};

export const SPINNER_FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"] as const;

export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", notice: "note" };
