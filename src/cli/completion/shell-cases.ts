/** The lines of a `case` that bash and zsh share: which function completes the value of a flag, and which an operand. */

import { shellQuoted, type CompletionTable, type Place } from "./completion-table.ts";

/** Over `"$name $previous"`: `'plan --out') _canon_files; return ;;`. */
export function valueCases({ commands, globals }: CompletionTable): string {
  const flags = [
    ...globals.map((flag) => ({ pattern: `*${shellQuoted(` ${flag.flag}`)}`, value: flag.value })),
    ...commands.flatMap(({ name, flags: own }) => own.map((flag) => ({ pattern: shellQuoted(`${name} ${flag.flag}`), value: flag.value }))),
  ];
  const cases = flags.flatMap(({ pattern, value }) => (value === null ? [] : [{ pattern, action: completeBy(value) }]));
  return casesOf(cases.map(({ pattern, action }) => ({ pattern, action: action === "" ? "return" : `${action}; return` })));
}

/** Over `$name`: `plan | apply) _canon_addresses ;;`. */
export function operandCases({ commands }: CompletionTable): string {
  return casesOf(commands.flatMap(({ name, operand }) => (operand.length === 0 ? [] : [{ pattern: shellQuoted(name), action: completeBy(operand) }])));
}

function casesOf(cases: readonly { readonly pattern: string; readonly action: string }[]): string {
  return [...Map.groupBy(cases, ({ action }) => action)]
    .map(([action, group]) => `    ${group.map(({ pattern }) => pattern).join(" | ")}) ${action} ;;`)
    .join("\n");
}

/** "" where nothing can be offered. */
function completeBy(place: Place): string {
  if (place === "addresses") return "_canon_addresses";
  if (place === "files") return "_canon_files";
  return place.length === 0 ? "" : `_canon_words ${shellQuoted(place.join(" "))}`;
}
