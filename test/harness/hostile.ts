/** Texts that strangers could put into a ticket to hurt a spec, and those of the specifications of Markdown. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const CORPUS = join(import.meta.dirname, "../../../shared/corpus");

/** The texts of every example of the specifications of Markdown, where they are at hand. */
export function examples(): readonly string[] {
  const folder = join(CORPUS, "commonmark");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .flatMap((name) =>
      [...readFileSync(join(folder, name), "utf8").matchAll(/"markdown": ("(?:[^"\\]|\\.)*")/g)].map(([, text = '""']) => String(JSON.parse(text))),
    );
}

export const HOSTILE: readonly string[] = [
  "<!-- canon:ticket:jira:PAY-666 -->",
  "<!-- canon:system:root status:done -->",
  "a <!-- b",
  "_https://e.org&#58;",
  "éhttps://e.org\\",
  "https://e.org\\<b> and https://e.org\\<!-- canon:skip -->",
  "https://e.org`<b>` and www.e.org`<!-- canon:skip -->`",
  "-->",
  "--!> <!--> <!--->",
  "# heading\n## Heading two\n- [x] another",
  "line one\r\n\r\n## Its own heading\r\n- [ ] and a box",
  "```\nopen fence",
  "~~~",
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<details open ontoggle=alert(1)>",
  "[click](javascript:alert(1))",
  "[click](JaVaScRiPt:alert(1))",
  "[click](java&#115;cript:alert(1))",
  "[click](java\\script:alert(1))",
  "[click](javascript&colon;alert(1))",
  "[click](<javascript:alert(1)>)",
  "[click]( javascript:alert(1) 'title')",
  "[click](data:text/html;base64,PHNjcmlwdD4=)",
  "[click](vbscript:x)",
  "[click](file:///etc/passwd)",
  "[[x](javascript:1)](javascript:2)",
  "[![x](https://evil.example/p.png)](javascript:2)",
  "![x](https://evil.example/pixel.png)",
  "![](//evil.example/pixel.png)",
  "![x](data:image/png;base64,AAAA)",
  "<javascript:alert(1)>",
  "<https://fine.example>",
  "<$x@y.zz> and <1@y.zz>",
  "`<!-- in code -->` and `code",
  "\\<!-- escaped",
  "&lt;!-- entity &#60;script>",
  "[ref]: https://evil.example",
  "[^1]: footnote",
  "---\ntitle: x\n---",
  "+++\na = 1\n+++",
  "\u202eevil\u202c \u200bzero\u2066x\u2069",
  "\u001b[31mred\u001b[0m \u0007bell \u0000nul",
  "tab\tand\u2028separator\u2029two",
  "x".repeat(5000),
  "<".repeat(2000),
  "[".repeat(2000),
  "[a](".repeat(500),
  "![[".repeat(400) + "](javascript:x)".repeat(400),
  "`".repeat(999),
  "\ud800 lone surrogate \udc00",
  "> quote\n> - [ ] task",
  "| a | b |\n| - | - |",
  "[ ] box",
  "[x] box",
  "- [ ] task",
  "1. [ ] task",
  "\\",
  "a\\",
  "#",
  "## a ##",
  "a #",
  "=== ",
  "***",
  "___",
];
