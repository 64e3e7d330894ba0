/** FACTS.md, Linear "Re-serialises Markdown": line by line, and as laws. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fc } from "../../harness/property.ts";
import { describe, expect, test } from "vitest";
import { linearSession } from "./linear-session.ts";
import { rewriteAsLinear } from "./markdown-editor.ts";

function rewritten(markdown: string, dropsComments = true): string {
  return rewriteAsLinear(markdown, { dropsComments, ticketAddress: (key) => (key === "ENG-1" ? "https://linear.app/acme/issue/ENG-1/a" : null) });
}

describe("re-serialises Markdown", () => {
  test.each([
    ["`- ` → `* `", "- a\n- b", "* a\n* b"],
    ["`_x_` → `*x*`", "_x_ and __y__", "*x* and **y**"],
    ["`[x]` → `[X]`", "- [x] a\n- [ ] b", "* [X] a\n* [ ] b"],
    ["`](url)` → `](<url>)`", '[a](https://x.example/y) and [b](z.md "T")', '[a](<https://x.example/y>) and [b](<z.md> "T")'],
    ["bare URLs autolink", "See https://x.example/y.", "See [https://x.example/y](<https://x.example/y>)."],
    ["domain-like words autolink", "In readme.md and example.com.", "In [readme.md](<http://readme.md>) and [example.com](<http://example.com>)."],
    ["ticket ids autolink, where there is such a ticket", "See ENG-1, not ENG-2.", "See [ENG-1](<https://linear.app/acme/issue/ENG-1/a>), not ENG-2."],
    ["code is left alone", "`readme.md`\n\n```\nENG-1 _x_\n```", "`readme.md`\n\n```\nENG-1 _x_\n```"],
    ["table alignment is lost", "| a | b |\n|:--|--:|\n| 1 | 2 |", "| a | b |\n| - | - |\n| 1 | 2 |"],
    ["trailing blanks are cut", "a \n\nb\t\n\n", "a\n\nb"],
    ["HTML comments may vanish", "a <!-- x -->\n\n<!-- y -->\n\nb", "a\n\nb"],
    ["line ends are one kind", "a\r\n\r\nb\rc", "a\n\nb\nc"],
  ])("%s", (_fact, markdown, expected) => {
    expect(rewritten(markdown)).toBe(expected);
  });

  test("comments stay where that is switched on", () => {
    expect(rewritten("<!-- y -->\n\nb", false)).toBe("<!-- y -->\n\nb");
  });

  test("the API and people's edits are rewritten alike, the echo shows it, and an empty description is null", async () => {
    const { emulator, client, create } = await linearSession();
    await create({ description: "- by the API" });
    expect((await client.issue("ENG-1")).description).toBe("* by the API");
    emulator.people.edit("ENG-1", { body: "- by a person, see ENG-1" });
    expect((await client.issue("ENG-1")).description).toBe("* by a person, see [ENG-1](<https://linear.app/acme/issue/ENG-1/a-ticket>)");
    await client.updateIssue("ENG-1", { description: "<!-- only a marker -->" });
    expect((await client.issue("ENG-1")).description ?? null).toBeNull();
    await emulator.close();
    const kept = await linearSession({ keepsText: true });
    await kept.create({ description: "- as it is <!-- x -->" });
    expect(kept.emulator.people.show("ENG-1").body).toBe("- as it is <!-- x -->");
    await kept.emulator.close();
  });

  test("what it has written it writes again in the same way", () => {
    const line = fc.constantFrom(
      "- a",
      "  - _b_",
      "1. x",
      "# T",
      "> q `c`",
      "text **b** see x.com",
      "[l](u.md)",
      "- [x] done",
      "",
      "",
      "***",
      "| a |\n|:-:|\n| ENG-1 |",
      "a\\_b * c",
      "    code",
      "~~s~~ https://a.example",
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const once = rewritten(lines.join("\n"));
        expect(rewritten(once)).toBe(once);
      }),
      { numRuns: 300 },
    );
  });

  test("and so with this repository's documents", () => {
    const docs = join(import.meta.dirname, "../../../docs");
    for (const name of readdirSync(docs).filter((one) => one.endsWith(".md"))) {
      const once = rewritten(readFileSync(join(docs, name), "utf8"));
      expect([name, rewritten(once) === once]).toEqual([name, true]);
    }
  });
});
