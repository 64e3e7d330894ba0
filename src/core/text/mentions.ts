/**
 * Keeps `@name` in a spec from calling people in a tracker. It becomes code: GitHub, Jira, Linear and Azure look for
 * mentions outside of code only, it survives every conversion, and people can still read, search and copy it, which
 * invisible characters would spoil.
 */

import type { Html, PhrasingContent } from "mdast";

/** Not in addresses (a@b), paths and packages' middles (x/@y). */
const MENTION = /(?<![\p{L}\p{N}_@/.`-])@[\p{L}\p{N}_][\p{L}\p{N}_-]*(?:\/[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_])?)?/gu;

/** Inline nodes that say the same as this text and mention nobody. */
export function neutraliseText(value: string): PhrasingContent[] {
  const nodes: PhrasingContent[] = [];
  let at = 0;
  for (const { 0: mention, index } of value.matchAll(MENTION)) {
    if (index > at) nodes.push({ type: "text", value: value.slice(at, index) });
    nodes.push({ type: "inlineCode", value: mention });
    at = index + mention.length;
  }
  if (at < value.length || nodes.length === 0) nodes.push({ type: "text", value: value.slice(at) });
  return nodes;
}

/** The same in raw HTML: text between tags, never their attributes. */
export function neutraliseHtml(node: Html): Html {
  const value = node.value.replace(/<[^<>]*>|<|[^<]+/g, (part) =>
    part.startsWith("<") ? part : part.replace(MENTION, (mention) => `<code>${mention}</code>`),
  );
  return { ...node, value };
}
