/** The lines of a section that a plan writes into a spec, as details of its row: people read what they approve. */

import type { Change } from "../core/model/plan.ts";
import { cleanLine } from "../core/text/terminal-text.ts";
import { said, type Detail } from "./field-details.ts";
import { GLYPHS } from "./glyphs.ts";
import { count } from "./words.ts";

/** Longer texts are read in the ticket. */
const MOST_LINES = 16;

export function newLines({ edits }: Pick<Change, "edits">): readonly Detail[] {
  return edits.flatMap(({ path, line, after }) => {
    const shown = after.filter((text) => text.trim() !== "");
    const more = shown.length - MOST_LINES;
    return [
      { label: "", pieces: [said(`${cleanLine(path)}:${line}`)] },
      ...shown.slice(0, MOST_LINES).map((text) => ({ label: "", pieces: [said(`+ ${cleanLine(text)}`)] })),
      ...(more > 0 ? [{ label: "", pieces: [said(`${GLYPHS.fold} ${count(more, "more line")}`)] }] : []),
    ];
  });
}
