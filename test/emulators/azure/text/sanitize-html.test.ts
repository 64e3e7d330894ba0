/** What the emulated Azure DevOps makes of HTML and Markdown, and that doing it twice changes nothing more. */

import { expect, it } from "vitest";
import { fc } from "../../../harness/property.ts";
import { fromBrowser, sanitizeHtml, sanitizeMarkdown } from "./sanitize-html.ts";
import { joinTags, mergeTags, splitTags } from "./tags.ts";

it.each([
  ["<P ALIGN='left' onclick=\"x()\">A<BR/></P>", '<p align="left">A<br></p>'],
  ["a<!-- hidden -->b<!-- open", "ab"],
  ["<script>alert(1)</script><style>p{}</style>x", "x"],
  ["<custom>kept text</custom>", "kept text"],
  ["<a href='javascript:x()'>l</a>", "<a>l</a>"],
  ["<a href=https://a.dev>l</a>", '<a href="https://a.dev">l</a>'],
  ["a < b && c > d &#39;q&#39;", "a &lt; b &amp;&amp; c &gt; d 'q'"],
  ["<ul>\r\n<li data-x='1'>a</li></ul>", '<ul>\n<li data-x="1">a</li></ul>'],
])("keeps %s as %s", (given, kept) => {
  expect(sanitizeHtml(given)).toBe(kept);
});

it("leaves code alone in Markdown, and tags unless it drops them", () => {
  const text = "a <T> `<!-- code -->` <!-- hidden -->b\n\n```html\n<!-- kept -->\n```\n";
  expect(sanitizeMarkdown(text, false)).toBe("a <T> `<!-- code -->` b\n\n```html\n<!-- kept -->\n```\n");
  expect(sanitizeMarkdown(text, true)).toBe("a  `<!-- code -->` b\n\n```html\n<!-- kept -->\n```\n");
});

it("wraps what a person types in plain text", () => {
  expect(fromBrowser("one\ntwo")).toBe("<div>one<br>two</div>");
  expect(fromBrowser("<p>x</p>")).toBe("<p>x</p>");
});

it("is done once: stored HTML is not rewritten again", () => {
  const piece = fc.constantFrom(
    "<p>",
    "</p>",
    "<b class='x'>",
    "</b>",
    "<T>",
    "&",
    "&amp;",
    "<",
    ">",
    "'",
    '"',
    "a",
    " ",
    "\n",
    "&#39;",
    "<!-- c -->",
    "<br/>",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const once = sanitizeHtml(pieces.join(""));
      expect(sanitizeHtml(once)).toBe(once);
    }),
  );
});

it("holds each tag once, whatever its case, and sorts them", () => {
  expect(splitTags(" b; A,a ;; B")).toEqual(["b", "A"]);
  expect(joinTags(mergeTags(["canon"], ["Api", "CANON"]))).toBe("Api; canon");
});
