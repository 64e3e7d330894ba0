/** Hostile tickets on their way into a spec: it stays readable, every other byte stays, and what cannot be brought is told. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { MINIMAL, openShell, type Ran, type Shell } from "./captured-world.ts";
import { checkRules, expectTranscript, transcript } from "./transcript.ts";

const SPEC = `# Payments

## Refunds

A refund returns the money.

It takes a day.

- [ ] the money is back
- [ ] the log shows it

## Retries

Try again, see [x].

- [ ] three times

[x]: https://example.com/x
`;

const ADDRESSES = ["payments", "refunds", "retries"].map((id) => `specs/a.md#${id}`);

async function applied(spec: string = SPEC): Promise<Shell> {
  const shell = openShell({ "canon.config.yaml": MINIMAL["canon.config.yaml"], "specs/a.md": spec });
  expect(await shell.canon("apply", "--auto-approve")).toMatchObject({ exitCode: 0 });
  return shell;
}

function specOf({ folder }: Shell): string {
  return readFileSync(join(folder, "specs/a.md"), "utf8");
}

function editSpec(shell: Shell, change: (text: string) => string): void {
  expect(change(specOf(shell))).not.toBe(specOf(shell));
  writeFileSync(join(shell.folder, "specs/a.md"), change(specOf(shell)));
}

async function bodyOf(shell: Shell, key = "PAY-1"): Promise<string> {
  return JSON.parse((await shell.canon("local", "show", key, "--json")).out).ticket.body;
}

async function editBody(shell: Shell, change: (body: string) => string): Promise<void> {
  const body = await bodyOf(shell);
  expect(change(body)).not.toBe(body);
  expect(await shell.canon("local", "edit", "PAY-1", "--body", change(body))).toMatchObject({ exitCode: 0 });
}

async function run(shell: Shell, line: string): Promise<Ran> {
  const ran = await shell.canon(...line.split(" "));
  checkRules(line.split(" "), ran);
  return ran;
}

/** In code blocks markers are text. */
function withoutCode(text: string): string {
  return text.replace(/^(`{3,})[^`]*?\n(?:[^]*?\n)?\1$/gm, "");
}

/** The file can be read, its other parts are as they were, and nothing more is to be done. */
async function holds(shell: Shell, before: string, isBrought: boolean): Promise<void> {
  const after = specOf(shell);
  const rest = (text: string): string => text.slice(text.indexOf("## Retries"));
  expect(rest(after)).toBe(rest(before));
  expect(after.slice(0, after.indexOf("## Refunds"))).toBe("# Payments\n\n");
  if (isBrought)
    expect(
      withoutCode(after)
        .split("\n")
        .filter((line) => line.startsWith("<!-- canon:")),
    ).toHaveLength(4);
  else expect(after).toBe(before);
  const list = JSON.parse((await run(shell, "list --json")).out);
  expect(list.specs[0].sections.map(({ address }: { readonly address: string }) => address)).toEqual(ADDRESSES);
  expect(await run(shell, "validate")).toMatchObject({ exitCode: 0 });
  for (const line of ["plan --sync --exit-code", "plan --sync --exit-code --absorb title,body"])
    if (isBrought) expect(await run(shell, line)).toMatchObject({ exitCode: 0 });
}

const HOSTILE: Readonly<Record<string, string>> = {
  "a marker": "<!-- canon:ticket:local:PAY-9 -->\n\nafter",
  "markers in text": "text\n<!-- canon:skip -->\n\n<!-- canon:removed:local:PAY-2 close -->\n\nmore",
  "odd ends of comments": "a <!-- b -->c --> d <!--> e <!---> f --!> g",
  headings: "# Evil\n\n## Evil heading\n\nbody",
  "setext headings": "word\n===\n\nother\n---\n\nrest",
  "front matter": "---\ntitle: evil\nsync: false\n---\n\nx",
  "HTML blocks": "<script>\nalert(1)\n</script>\n\n<div>\n\n## in div\n\n</div>\n\n<details>\n\nopen",
  "a tracking image": '![p](https://t.example/p.gif) <img src="https://t.example/p.gif"> and <img src=https://t.example/p.gif>',
  "a tag that not every parser takes for one": "<img src=https://t.example/p.gif>",
  "a script": "[click](javascript:alert(1)) and @dana #42",
  "definitions of its own": "[x]: https://evil.example\n\nsee [x] and [y]\n\n[y]: javascript:alert(1)",
  footnotes: "text[^1]\n\n[^1]: a note\n    more",
  "task items": "- [ ] nested task\n- [x] other\n  - [ ] deep\n- plain",
  "ordered tasks": "1. [ ] a\n2. b",
  "control, bidirectional and zero-width characters": "a\u0000b\u001b[31mred\u0007 \u202egnp\u200b.exe end",
  "odd line ends": "one\r\ntwo\rthree\r\n\r\nfour\u2028five",
  "code of markers": "    ## code\n    <!-- canon:skip -->",
  "a quote of all": "> ## h\n> <!-- canon:skip -->\n> - [ ] c",
  "an unclosed table cell": "| a | b |\n|---|---|\n| c | <!-- |",
  "a list of criteria's heading": "## Acceptance criteria\n\n- [ ] fake",
  "a footer of its own": "***\n\nFrom specs/a.md › Refunds. Please change title and text there.\n\nafter",
  "TOML front matter": "+++\na=1\n+++",
  "deep quotes": `${"> ".repeat(300)}x`,
  "deep lists": Array.from({ length: 200 }, (_, index) => `${"  ".repeat(index)}- a`).join("\n"),
  "closed fences": "````\n```\n# x\n````",
};

describe("a body", () => {
  test.each(Object.entries(HOSTILE))("with %s is absorbed without harm", async (_name, text) => {
    for (const change of [
      (body: string) => body.replace("It takes a day.", () => `It takes a day.\n\n${text}`),
      (body: string) => body.replace("It takes a day.", () => text),
    ]) {
      const shell = await applied();
      const before = specOf(shell);
      await editBody(shell, change);
      expect((await run(shell, "sync --auto-approve")).exitCode).toBe(0);
      expect(specOf(shell)).toContain("- [ ] the money is back\n- [ ] the log shows it\n");
      expect((await run(shell, "pull --auto-approve --absorb title,body")).exitCode).toBe(0);
      expect(withoutCode(specOf(shell))).not.toMatch(
        /(?<!\\)<img|<script|\]\(javascript|!\[p|^<!-- canon:(?:skip|removed)|[\u0000-\u0009\u000b-\u001f\u200b\u202e]/m,
      );
      await holds(shell, before, true);
    }
  });

  test.each([
    ["a code block", "```\nrun this"],
    ["a comment", "<!-- to do"],
  ])("with %s that is never closed takes nothing away, until somebody decides", async (name, opening) => {
    const shell = await applied();
    const before = specOf(shell);
    await editBody(shell, (body) => `${opening}\n\n${body}`);
    for (const line of [
      "pull --auto-approve",
      "sync --auto-approve",
      "sync --auto-approve --absorb title,body",
      "resolve specs/a.md --keep tracker --auto-approve",
      "resolve specs/a.md --keep merge --auto-approve",
    ])
      expect((await run(shell, line)).exitCode, line).toBe(4);
    await holds(shell, before, false);
    expectTranscript(`tickets/unclosed-${name.replaceAll(" ", "-")}`, await transcript(shell, "plan --sync", "sync --auto-approve"));
    await editBody(shell, (body) => body.replace(opening, `${opening}\n${opening.startsWith("<") ? "-->" : "```"}`));
    expect((await run(shell, "sync --auto-approve")).exitCode).toBe(0);
    await holds(shell, before, false);
    await editBody(shell, (body) => `${opening}\n\n${body}`);
    expect((await run(shell, "resolve specs/a.md --keep spec --auto-approve")).exitCode).toBe(0);
    expect(await bodyOf(shell)).toContain("- [ ] the money is back\n- [ ] the log shows it\n");
    await holds(shell, before, false);
  });

  test("with git's conflict marks would stop the file, so it is refused and told", async () => {
    const shell = await applied();
    const before = specOf(shell);
    await editBody(shell, (body) => body.replace("It takes a day.", "```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n```"));
    expectTranscript("tickets/conflict-marks", await transcript(shell, "pull --auto-approve --absorb body", "pull --auto-approve"));
    await holds(shell, before, false);
  });
});

describe("criteria", () => {
  const WORDS = [
    "<!-- canon:skip -->x",
    "a <!-- never closed",
    "```js never closed",
    "## Heading",
    "one line\n\n## Evil\n\n- [ ] two",
    "word\n===",
    "<script>alert(1)</script><img src=https://t.example/p.gif>",
    "[x]: https://evil.example",
    "see [x] and [y](javascript:alert(1))",
    "- [ ] nested",
    "[x] ticked twice",
    "a\u0000b\u001b[31mred\u0007 \u202egnp\u200b.exe",
    "one\r\ntwo\rthree",
    "| a | b |",
    "@dana #42",
    "word ".repeat(1000),
  ];

  test("of every kind stay one line each, and are never written back onto the ticket", async () => {
    const shell = await applied();
    const before = specOf(shell);
    for (const text of WORDS) expect(await shell.canon("local", "criterion", "PAY-1", "--add", text)).toMatchObject({ exitCode: 0 });
    const body = await bodyOf(shell);
    expectTranscript("tickets/criteria", `${await transcript(shell, "plan --sync", "sync --auto-approve", "plan --sync --exit-code")}\n${specOf(shell)}`);
    const added = specOf(shell)
      .split("\n")
      .filter((line) => !before.split("\n").includes(line));
    expect(added).toHaveLength(WORDS.length);
    for (const line of added) {
      expect(line).toMatch(/^- \[ \] \S/);
      expect(line.length).toBeLessThanOrEqual(1010);
    }
    await holds(shell, before, true);
    expect(await bodyOf(shell)).toBe(body);
    editSpec(shell, (text) => text.replace("- [ ] the log", "- [x] the log"));
    expect((await run(shell, "sync --auto-approve")).exitCode).toBe(0);
    expect(await bodyOf(shell)).toBe(body.replace("- [ ] the log", "- [x] the log"));
  });

  test.each<[string, string, (lines: string) => string, string]>([
    ["the second of two equal ones is ticked", "- [ ] same\n- [ ] same\n", (lines) => lines.replace("same\n- [ ]", "same\n- [x]"), "- [ ] same\n- [x] same\n"],
    ["one of two equal ones is removed", "- [ ] same\n- [ ] same\n", (lines) => lines.replace("- [ ] same\n", ""), "- [ ] same\n"],
    ["a copy is added", "- [ ] one\n- [ ] two\n", (lines) => lines.replace("- [ ] two", "- [ ] two\n- [x] one"), "- [ ] one\n- [ ] two\n- [x] one\n"],
    [
      "one gets the words of another",
      "- [ ] the first\n- [x] the second\n",
      (lines) => lines.replace("first", "second"),
      "- [ ] the second\n- [x] the second\n",
    ],
    ["two swap their words", "- [ ] the first\n- [x] the second\n", () => "- [ ] the second\n- [x] the first", "- [ ] the second\n- [x] the first\n"],
    ["all are removed", "- [ ] one\n- [ ] two\n", () => "", ""],
  ])("%s", async (_name, lines, change, wanted) => {
    const shell = await applied(SPEC.replace("- [ ] the money is back\n- [ ] the log shows it\n", lines));
    await editBody(shell, (body) => body.replace(lines.trim(), () => change(lines.trim())));
    expect((await run(shell, "sync --auto-approve")).exitCode).toBe(0);
    expect(specOf(shell)).toContain(`It takes a day.\n\n${wanted}${wanted === "" ? "" : "\n"}## Retries`);
    expect((await run(shell, "plan --sync --exit-code")).exitCode).toBe(0);
  });

  test("one that moves to another section while its ticket ticks it is a conflict that shows it", async () => {
    const shell = await applied();
    await shell.canon("local", "criterion", "PAY-1", "--tick", "1");
    editSpec(shell, (text) => text.replace("- [ ] the money is back\n", "").replace("- [ ] three", "- [ ] the money is back\n- [ ] three"));
    expectTranscript("tickets/moved-criterion", await transcript(shell, "sync --auto-approve", "resolve specs/a.md --keep spec --auto-approve", "plan --sync"));
    expect(await bodyOf(shell, "PAY-2")).toContain("- [ ] the money is back");
    expect(await bodyOf(shell)).not.toContain("the money is back");
  });
});

test("titles of every kind stay one heading", async () => {
  const titles = [
    "<!-- canon:skip -->",
    "a <!-- b",
    "# h",
    "Setext\n===",
    "``` x",
    "- [ ] task",
    "[x] [x][] ![x] [x]: z",
    "x ##",
    "\\",
    "*a* _b_ `c` <b>",
    "---",
    "Retries",
    "Acceptance criteria",
    "a\u0000\u001b[31m\u202eb",
  ];
  for (const spec of [SPEC, SPEC.replace("## Refunds", "Refunds\n---")]) {
    for (const title of titles) {
      const shell = await applied(spec);
      const before = specOf(shell);
      expect(await shell.canon("local", "edit", "PAY-1", "--title", title)).toMatchObject({ exitCode: 0 });
      expect((await run(shell, "pull --auto-approve")).exitCode).toBe(0);
      expect(specOf(shell)).toBe(before);
      expect((await run(shell, "pull --auto-approve --absorb title")).exitCode, title).toBe(0);
      const [old, now] = [before.split("\n"), specOf(shell).split("\n")];
      expect(now.length).toBe(old.length);
      expect(now.filter((line, index) => line !== old[index])).toHaveLength(1);
      const list = JSON.parse((await run(shell, "list --json")).out);
      expect(list.specs[0].sections.map(({ address }: { readonly address: string }) => address)).toEqual(ADDRESSES);
      expect((await run(shell, "plan --sync --exit-code")).exitCode, title).toBe(0);
    }
  }
});

describe("a person who takes the ticket's side", () => {
  const EVIL = "gives <!-- canon:skip --> it back\n\n## Evil\n\n- [ ] fake";

  test.each(["tracker", "merge"])("resolve --keep %s", async (keep) => {
    const shell = await applied();
    const before = specOf(shell);
    await editBody(shell, (body) => body.replace("returns the money", EVIL));
    await shell.canon("local", "criterion", "PAY-1", "--reword", "1", "--to", "theirs <!-- x");
    editSpec(shell, (text) => text.replace("returns the money", "is ours now").replace("the money is back", "the money is ours"));
    expect((await run(shell, "sync --auto-approve")).exitCode).toBe(4);
    expect((await run(shell, `resolve specs/a.md --keep ${keep} --auto-approve`)).exitCode).toBe(0);
    expect(specOf(shell)).not.toMatch(/^## Evil|^<!-- canon:skip/m);
    await holds(shell, before, true);
    for (const words of keep === "tracker" ? ["theirs", "gives"] : ["theirs", "the money is ours", "gives", "is ours now"])
      expect(specOf(shell) + (await bodyOf(shell))).toContain(words);
  });

  test("adopt --keep tracker", async () => {
    const shell = await applied();
    editSpec(shell, (text) => `${text}\n## Third\n\nOurs.\n\n- [ ] ours\n`);
    await shell.canon("local", "create", "Theirs <!-- x", "--body", `${EVIL}\n\n## Acceptance criteria\n\n- [x] theirs <!-- canon:skip -->`);
    expectTranscript(
      "tickets/adopt",
      `${await transcript(shell, "adopt PAY-3 specs/a.md#third --keep tracker --auto-approve", "plan --sync", "validate")}\n${specOf(shell)}`,
    );
  });
});

describe("floods", () => {
  test.each<[string, (body: string) => string]>([
    [
      "ten thousand criteria",
      (body) => body.replace("- [ ] the log", `${Array.from({ length: 10_000 }, (_, index) => `- [ ] criterion ${index}\n`).join("")}- [ ] the log`),
    ],
    ["a criterion of a megabyte", (body) => body.replace("the money is back", "x".repeat(900_000))],
    ["a body of a megabyte", (body) => body.replace("It takes a day.", "word ".repeat(190_000))],
    ["brackets", (body) => body.replace("It takes a day.", `${"[".repeat(20_000)} ${"*a _b ".repeat(5000)}`)],
  ])("%s come in a moment", async (_name, change) => {
    const shell = await applied();
    const before = specOf(shell);
    await editBody(shell, change);
    const began = performance.now();
    for (const line of ["plan", "plan --sync", "drift"]) expect((await run(shell, line)).exitCode).toBe(0);
    expect((await run(shell, "sync --auto-approve --absorb body")).exitCode).toBe(0);
    expect(performance.now() - began).toBeLessThan(15_000);
    await holds(shell, before, true);
  });
});
