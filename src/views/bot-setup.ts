/** The bot's first word in a repository: what it would do, and how much there is of it. */

import type { ListReport } from "../core/model/list-report.ts";
import { codeSpan } from "./escape-markdown.ts";
import { GLYPHS } from "./glyphs.ts";
import { count } from "./words.ts";

/** Longer tables say no more than their sum. */
const MOST = 50;

/** `specs`: as `sections: all` reads them. */
export function setupBody(specs: ListReport["specs"]): string {
  const rows = specs.map(({ path, sections }) => ({ path, items: sections.filter(({ reason }) => reason === null) }));
  const total = rows.reduce((sum, { items }) => sum + items.length, 0);
  const lines = rows.slice(0, MOST).map(({ path, items }) => `| ${codeSpan(path)} | ${items.length} | ${items.filter(({ key }) => key !== null).length} |`);
  return `${[
    "Canon keeps tickets and specs saying the same. This proposes a configuration for the specs that it found here; please read and edit it. Once it is merged, Canon says on each pull request what merging it does to tickets, carries that out after the merge, and proposes what people change on tickets.",
    "Nothing is written to any tracker before that. Closing this without merging means no, and Canon does not ask again.",
    `${count(rows.length, "spec")}, ${count(total, "section")} that could be tickets (\`sections: all\`):`,
    ["| spec | sections | with a ticket |", "|---|---:|---:|", ...lines].join("\n"),
    ...(rows.length > MOST ? [`${GLYPHS.fold} and ${count(rows.length - MOST, "more spec")}: \`canon list\` shows all.`] : []),
  ].join("\n\n")}\n`;
}
