/** What a document costs by Linear's own formula, so that no query is sent that is refused for being too large. */

/** Linear refuses a single query above this (FACTS.md [F]). */
export const COST_LIMIT = 10_000;

/** Rows of the largest page. */
const PAGE_LIMIT = 250;

const TOKEN = /"[^"]*"|[A-Za-z_$][\w$]*|\d+|[{}()[\]:!,@]/g;

/**
 * A property costs 0.1, an object 1, a connection (all of ours say `first`) 1 and as often what is in it as it has rows.
 * `text` is a selection or a whole document; `first` stands for `$first`.
 */
export function costOf(text: string, first = 0): number {
  const tokens = text.match(TOKEN) ?? [];
  let at = 0;
  const selection = (): number => {
    let sum = 0;
    while (at < tokens.length && tokens[at] !== "}") sum += field();
    at += 1;
    return sum;
  };
  const field = (): number => {
    at += 1;
    if (tokens[at] === ":") at += 2;
    const rows = tokens[at] === "(" ? rowsAmong(parenthesis()) : null;
    if (tokens[at] !== "{") return 0.1;
    at += 1;
    const below = selection();
    return 1 + (rows === null ? below : rows * below);
  };
  const parenthesis = (): readonly string[] => {
    const began = at;
    for (let depth = 0; ; at += 1) {
      if (tokens[at] === "(") depth += 1;
      if (tokens[at] === ")" && (depth -= 1) === 0) break;
      if (at >= tokens.length) break;
    }
    at += 1;
    return tokens.slice(began, at);
  };
  const rowsAmong = (args: readonly string[]): number | null => {
    const place = args.indexOf("first");
    if (place === -1) return null;
    const value = args[place + 2] ?? "0";
    return value === "$first" ? first : Number(value);
  };
  if (tokens[0] === "query" || tokens[0] === "mutation") {
    at = tokens[1] === undefined ? 1 : 2;
    if (tokens[at] === "(") parenthesis();
    at += 1;
  }
  return selection();
}

/** How many rows of this selection one page may hold. */
export function rowsPerPage(selection: string): number {
  // One for the connection and one more per row for what turns the page.
  return Math.max(1, Math.min(PAGE_LIMIT, Math.floor((COST_LIMIT - 10) / (costOf(selection) + 2.3))));
}
