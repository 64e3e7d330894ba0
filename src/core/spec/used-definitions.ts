/** Finds the definitions that a piece of source refers to, without parsing it. */

import { foldLabel } from "./read-definitions.ts";

const LABEL = /\[((?:[^[\]\\]|\\.){1,999})\]/gs;

/**
 * Keys of the definitions named in brackets, those that a footnote names in turn included, in order of mention. It may
 * find too many (brackets in code), never too few.
 */
export function usedDefinitions(source: string, definitions: ReadonlyMap<string, string>): readonly string[] {
  if (definitions.size === 0 || !source.includes("[")) return [];
  const used = new Set<string>();
  const open = [source];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const [, label = ""] of next.matchAll(LABEL)) {
      const key = label.startsWith("^") ? `^${foldLabel(label.slice(1))}` : foldLabel(label);
      const definition = definitions.get(key);
      if (definition === undefined || used.has(key)) continue;
      used.add(key);
      open.push(definition);
    }
  }
  return [...used];
}
