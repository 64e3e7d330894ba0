/** How a body says which of Azure's two forms it has: HTML bodies begin with a comment, which the tracker itself never lets stand in a text. */

/** [F] HTML comments are stripped, so no description can imitate it. */
const HTML_MARK = "<!--html-->";

export function htmlBody(html: string): string {
  return html === "" ? "" : HTML_MARK + html;
}

export function markdownBody(markdown: string): string {
  return markdown.startsWith(HTML_MARK) ? `\n${markdown}` : markdown;
}

/** The HTML of a body or a block; null where it is Markdown. */
export function htmlOf(body: string): string | null {
  return body.startsWith(HTML_MARK) ? body.slice(HTML_MARK.length) : null;
}
