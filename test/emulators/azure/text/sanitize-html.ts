/** What Azure DevOps does to HTML that it stores: comments, scripts and unknown markup vanish, attributes and entities are spelt its own way. */

const KNOWN_TAGS = new Set(
  (
    "a abbr b blockquote br caption code col colgroup dd del details div dl dt em font h1 h2 h3 h4 h5 h6 hr i img input ins li ol p pre q s " +
    "small span strike strong sub summary sup table tbody td tfoot th thead tr u ul"
  ).split(" "),
);

const KNOWN_ATTRIBUTES = new Set(
  "align alt border checked class colspan disabled height href id name rel rowspan src start style target title type width".split(" "),
);

/** Elements that go with all they hold. */
const SWALLOWED = /<(script|style|iframe|object|embed|noscript)\b[^>]*>[\s\S]*?(?:<\/\1\s*>|$)/gi;
const COMMENT = /<!--[\s\S]*?(?:-->|$)/g;
const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[^<>]*?)?)\s*\/?>/g;
const ATTRIBUTE = /([a-zA-Z][\w:-]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?/g;

export function sanitizeHtml(html: string): string {
  const markup = html.replaceAll(/\r\n?/g, "\n").replaceAll(COMMENT, "").replaceAll(SWALLOWED, "");
  let made = "";
  let from = 0;
  for (const found of markup.matchAll(TAG)) {
    const [whole, slash = "", name = "", attributes = ""] = found;
    made += respell(markup.slice(from, found.index)) + tag(slash, name.toLowerCase(), attributes);
    from = found.index + whole.length;
  }
  return made + respell(markup.slice(from));
}

/** Markdown goes through the same door. Code is spared when tags are dropped: there they are text. */
export function sanitizeMarkdown(markdown: string, dropsTags: boolean): string {
  return outsideCode(markdown, (text) => {
    const safe = text.replaceAll(COMMENT, "").replaceAll(SWALLOWED, "");
    return dropsTags ? safe.replaceAll(TAG, (_, slash: string, name: string, attributes: string) => tag(slash, name.toLowerCase(), attributes)) : safe;
  });
}

/** What the editor in the browser makes of text that a person types into an HTML field. */
export function fromBrowser(text: string): string {
  const html = sanitizeHtml(text);
  return html === "" || html.startsWith("<") ? html : `<div>${html.replaceAll("\n", "<br>")}</div>`;
}

function tag(slash: string, name: string, attributes: string): string {
  if (!KNOWN_TAGS.has(name)) return "";
  if (slash !== "") return `</${name}>`;
  const kept: string[] = [];
  for (const [, given = "", value] of attributes.matchAll(ATTRIBUTE)) {
    const attribute = given.toLowerCase();
    if (!KNOWN_ATTRIBUTES.has(attribute) && !attribute.startsWith("data-")) continue;
    const plain = (value ?? "").replaceAll(/^["']|["']$/g, "");
    if (!/^\s*(javascript|vbscript):/i.test(plain)) kept.push(` ${attribute}="${plain.replaceAll('"', "&quot;")}"`);
  }
  return `<${name}${kept.join("")}>`;
}

/** Text between tags: signs that are no markup become entities, quotes lose theirs (a live test of a public project found it so). */
function respell(text: string): string {
  const escaped = text
    .replaceAll(/&(?!(?:#\d+|#x[\da-f]+|\w+);)/gi, "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
  return escaped.replaceAll("&#34;", "&quot;").replaceAll("&#39;", "'").replaceAll("&apos;", "'");
}

function outsideCode(markdown: string, change: (text: string) => string): string {
  const parts = markdown.split(/(^(?:```|~~~)[\s\S]*?^(?:```|~~~)[^\n]*$|`[^`\n]+`)/m);
  return parts.map((part, index) => (index % 2 === 0 ? change(part) : part)).join("");
}
