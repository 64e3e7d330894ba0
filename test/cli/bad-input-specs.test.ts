/** Bad specs, as a stranger meets them: files that are refused, markers that are none, and text that attacks a terminal. */

import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { MINIMAL, openShell, type Shell } from "./captured-world.ts";
import { expectTranscript, filesIn, transcript } from "./transcript.ts";

const CONFIG = { "canon.config.yaml": MINIMAL["canon.config.yaml"] };
const FINE = "## Fine\n\nNothing is wrong here.\n";

function withSpecs(specs: Readonly<Record<string, string>>): Shell {
  return openShell({ ...CONFIG, ...Object.fromEntries(Object.entries(specs).map(([name, text]) => [`specs/${name}`, text])) });
}

function bytesOf({ folder }: Shell, name: string): string {
  return readFileSync(join(folder, "specs", name), "latin1");
}

/** The whole of what a stranger sees; then only the fine section got a ticket, and not a byte of the bad files moved. */
async function holdsBack(name: string, shell: Shell, bad: readonly string[]): Promise<void> {
  const before = filesIn(join(shell.folder, "specs"));
  expectTranscript(`specs/${name}`, await transcript(shell, "list", "plan", "apply --auto-approve", "validate"));
  const after = filesIn(join(shell.folder, "specs"));
  for (const file of bad) expect(after[file], file).toBe(before[file]);
  if (before["fine.md"] === FINE)
    expect(after["fine.md"]).toBe("## Fine\n<!-- canon:ticket:local:PAY-1 -->\n<!-- canon:system:fine status:draft -->\n\nNothing is wrong here.\n");
  expect((await shell.canon("local", "list")).out).toContain("1 ticket in PAY");
}

describe("a file that may not be written", () => {
  test("gets no marker back, and nobody is told that it did", async () => {
    const shell = openShell(MINIMAL);
    const spec = join(shell.folder, "specs/payments.md");
    await shell.canon("apply", "--auto-approve");
    const marked = readFileSync(spec, "utf8");
    writeFileSync(spec, marked.replaceAll(/<!-- canon:.*\n/g, ""));
    chmodSync(spec, 0o444);
    const { out, exitCode } = await shell.canon("apply", "--auto-approve");
    expect(exitCode).toBe(5);
    expect(out).toContain("specs/payments.md is read-only");
    expect(out).toContain("1 failed");
    expect(out).not.toMatch(/^marked|1 marked/m);
    chmodSync(spec, 0o644);
    expect(await shell.canon("apply", "--auto-approve")).toMatchObject({ exitCode: 0 });
    expect(readFileSync(spec, "utf8")).toBe(marked);
  });
});

describe("a file that is refused stops only itself", () => {
  test("git conflict marks, for every command that writes", async () => {
    const shell = withSpecs({ "bad.md": "# P\n\n## A\n\n<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> other\n", "fine.md": FINE });
    await holdsBack("conflict-marks", shell, ["bad.md"]);
    const before = bytesOf(shell, "bad.md");
    for (const line of ["track specs/bad.md#a", "skip specs/bad.md#a", "apply --auto-approve specs/bad.md"])
      expect(await shell.canon(...line.split(" ")), line).toMatchObject({ exitCode: 1 });
    expect(bytesOf(shell, "bad.md")).toBe(before);
  });

  test.each<[string, (path: string) => void]>([
    ["not UTF-8", (path) => writeFileSync(path, Buffer.from("## One\n\n\xe9\n", "latin1"))],
    ["too large", (path) => truncateSync(path, 20 * 1024 * 1024)],
    ["a merge that is not finished", (path) => writeFileSync(path, "<<<<<<< HEAD\n## One\n=======\n## Two\n>>>>>>> other\n")],
  ])("%s: nobody says that its sections are gone", async (_name, spoil) => {
    const shell = withSpecs({ "spoilt.md": "## One\n\ntext\n", "fine.md": FINE });
    await shell.canon("apply", "--auto-approve");
    const path = join(shell.folder, "specs/spoilt.md");
    spoil(path);
    expect((await shell.canon("plan")).out).not.toContain("No section any more");
    rmSync(path);
    expect((await shell.canon("plan")).out).toContain("was specs/spoilt.md#one");
  });

  test("no spec at all", async () => expectTranscript("specs/none", await transcript(withSpecs({}), "list", "plan", "apply --auto-approve", "validate")));

  test("bytes that are not UTF-8", async () => {
    const shell = withSpecs({ "fine.md": FINE });
    writeFileSync(join(shell.folder, "specs/latin1.md"), Buffer.from("## A\n\nx \xe9 y\n", "latin1"));
    writeFileSync(join(shell.folder, "specs/utf16.md"), Buffer.from("\ufeff## A\n", "utf16le"));
    await holdsBack("not-utf8", shell, ["latin1.md", "utf16.md"]);
    expect(await shell.canon("plan", "specs/fine.md")).toMatchObject({ exitCode: 0 });
    expect((await shell.canon("list", "specs/latin1.md")).out).not.toContain("utf16");
  });

  test("larger than anybody reads, by a little and by far", async () => {
    const shell = withSpecs({ "fine.md": FINE, "huge.md": "", "large.md": "" });
    truncateSync(join(shell.folder, "specs/huge.md"), 100 * 1024 * 1024);
    truncateSync(join(shell.folder, "specs/large.md"), 20 * 1024 * 1024);
    const began = performance.now();
    expectTranscript("specs/too-large", await transcript(shell, "plan", "validate"));
    expect(await shell.canon("apply", "--auto-approve")).toMatchObject({ exitCode: 5 });
    expect(performance.now() - began).toBeLessThan(5000);
  });

  test("links out of the workspace, to nowhere, and to another spec", async () => {
    const outside = openShell({ "o.md": "## Outside\n" }).folder;
    const shell = withSpecs({ "fine.md": FINE });
    for (const [name, to] of [
      ["link.md", join(outside, "o.md")],
      ["folder", outside],
      ["nowhere.md", "gone.md"],
      ["twin.md", "fine.md"],
      [".#fine.md", "dana@host.1"],
    ] as const) {
      symlinkSync(to, join(shell.folder, "specs", name));
    }
    expectTranscript("specs/links", await transcript(shell, "list", "apply --auto-approve", "plan specs/link.md", "track specs/twin.md"));
    expect(readFileSync(join(outside, "o.md"), "utf8")).toBe("## Outside\n");
  });

  test("a folder of specs that is a link, or a repository of its own", async () => {
    const outside = openShell({ "o.md": "## Outside\n" }).folder;
    const linked = openShell(CONFIG);
    symlinkSync(outside, join(linked.folder, "specs"));
    const nested = openShell({ ...CONFIG, "specs/a.md": FINE, "specs/.git/HEAD": "ref: refs/heads/main\n" });
    expectTranscript("specs/folder-elsewhere", `${await transcript(linked, "plan", "apply --auto-approve")}\n${await transcript(nested, "plan")}`);
  });

  test("a folder named x.md is a folder", async () => {
    const shell = withSpecs({ "fine.md": FINE, "y.md/inner.md": "## Inner\n" });
    mkdirSync(join(shell.folder, "specs/x.md"));
    expectTranscript("specs/folder-named-md", await transcript(shell, "list", "list specs/x.md", "list specs/y.md"));
  });

  test.each([
    ["nothing at all", {}],
    ["an empty file", { "specs/a.md": "" }],
    ["only a byte-order mark", { "specs/a.md": "\uFEFF" }],
    ["only white space", { "specs/a.md": " \n\n\t\n" }],
  ])("%s closes nothing and breaks nothing", async (_name, files) => {
    const shell = openShell({ ...CONFIG, ...files });
    await shell.canon("local", "create", "Somebody's");
    for (const line of ["list", "plan", "apply --auto-approve", "validate"])
      expect(await shell.canon(...line.split(" ")), line).toMatchObject({ exitCode: 0, err: "" });
    expect((await shell.canon("local", "list")).out).toContain("○ PAY-1  Somebody's");
  });
});

const BROKEN_MARKERS = `# Payments

## Half
<!-- canon:ticket:local -->

## No tracker
<!-- canon:ticket:foo:PAY-1 -->

## Unknown keyword
<!-- canon:tickt:local:PAY-1 -->

## Bad status
<!-- canon:system:bad-status status:don -->

## Bad generation
<!-- canon:system:bad-gen status:draft gen:x -->

## Two on a line
<!-- canon:ticket:local:PAY-5 --><!-- canon:skip -->

## Two tickets
<!-- canon:ticket:local:PAY-6 -->
<!-- canon:ticket:local:PAY-7 -->

## Two ids
<!-- canon:system:a status:draft -->
<!-- canon:system:b status:draft -->

## Taken id
<!-- canon:system:a status:draft -->

## Value that closes
<!-- canon:system:a-->b status:draft -->

## Several lines
<!-- canon:ticket:local:PAY-9
-->

## Misplaced

Text first.

<!-- canon:ticket:local:PAY-12 -->

## Never closed
<!-- canon:ticket:local:PAY-8

## Swallowed

- [ ] x
`;

describe("markers", () => {
  test("that are none stop their sections, each with its place", async () => {
    const shell = withSpecs({ "bad.md": BROKEN_MARKERS, "fine.md": FINE });
    expectTranscript("markers/broken", await transcript(shell, "validate", "list --all specs/bad.md", "show specs/bad.md#half"));
    const before = bytesOf(shell, "bad.md");
    expect(await shell.canon("apply", "--auto-approve")).toMatchObject({ exitCode: 5 });
    const after = bytesOf(shell, "bad.md").split("\n");
    const added = after.filter((line) => !before.split("\n").includes(line));
    expect(added).toEqual(["<!-- canon:ticket:local:PAY-1 -->", "<!-- canon:system:unknown-keyword status:draft -->"].filter((line) => !before.includes(line)));
  });

  test("in fences, quotes, lists, code and text are text", async () => {
    const text = [
      "```\n<!-- canon:ticket:local:PAY-10 -->\n```",
      "> <!-- canon:skip -->",
      "- <!-- canon:ticket:local:PAY-12 -->",
      "    <!-- canon:skip -->",
      "Words <!-- canon:skip --> and words.",
    ];
    const shell = withSpecs({ "a.md": text.map((one, index) => `## Section ${index + 1}\n\n${one}\n`).join("\n") });
    expect(await shell.canon("validate")).toMatchObject({ exitCode: 0 });
    expect((await shell.canon("apply", "--auto-approve")).out).toContain("5 created");
    expect((await shell.canon("plan", "--exit-code")).exitCode).toBe(0);
  });

  test("that close a comment inside a heading change nothing around them", async () => {
    const shell = withSpecs({ "a.md": "## A --> B --!> <!-- canon:skip -->\n\ntext\n\n## C `-->` <!---> d\n" });
    expect((await shell.canon("apply", "--auto-approve")).out).toContain("2 created");
    expect((await shell.canon("plan", "--exit-code")).exitCode).toBe(0);
    expect(
      bytesOf(shell, "a.md")
        .split("\n")
        .filter((line) => !line.startsWith("<!-- canon:"))
        .join("\n"),
    ).toBe("## A --> B --!> <!-- canon:skip -->\n\ntext\n\n## C `-->` <!---> d\n");
  });

  test("of one ticket in two files stop both, and offline commands tell it too", async () => {
    const shell = withSpecs({ "a.md": "## One\n\nText.\n" });
    await shell.canon("apply", "--auto-approve");
    writeFileSync(join(shell.folder, "specs/b.md"), bytesOf(shell, "a.md"));
    const before = filesIn(join(shell.folder, "specs"));
    expectTranscript("markers/ticket-twice", await transcript(shell, "validate", "plan", "apply --auto-approve", "show specs/b.md#one"));
    expect(filesIn(join(shell.folder, "specs"))).toEqual(before);
  });

  test("of tickets that are not there, or belong to another system or project", async () => {
    const shell = withSpecs({
      "a.md":
        "## Gone\n<!-- canon:ticket:local:PAY-99 -->\n\n## Elsewhere\n<!-- canon:ticket:jira:PAY-1 -->\n\n## Other project\n<!-- canon:ticket:local:OTHER-1 -->\n\n## Number\n<!-- canon:ticket:github:42 -->\n",
    });
    const before = filesIn(join(shell.folder, "specs"));
    expectTranscript("markers/not-there", await transcript(shell, "plan", "apply --auto-approve", "validate"));
    expect(filesIn(join(shell.folder, "specs"))).toEqual(before);
    expect((await shell.canon("local", "list")).out).toContain("No tickets in PAY.");
  });
});

test("a level that the tracker refuses to nest, told and found out", async () => {
  const spec = "## A\n\n### B\n\n#### C\n\n### D\n\ntext\n";
  const told = withSpecs({ "a.md": spec });
  await told.canon("local", "behave", "nesting=none");
  const surprised = withSpecs({ "a.md": spec });
  await surprised.canon("local", "behave", "nesting=surprise");
  expectTranscript(
    "specs/nesting",
    `${await transcript(told, "plan")}\n${await transcript(surprised, "apply --auto-approve", "apply --auto-approve", "local list")}`,
  );
  expect(bytesOf(surprised, "a.md")).toBe(spec.replace("## A\n", "## A\n<!-- canon:ticket:local:PAY-1 -->\n<!-- canon:system:a status:draft -->\n"));
});

test("front matter with wrong values, bombs and prototypes", async () => {
  const fence = (yaml: string): string => `---\n${yaml}\n---\n\n## A\n`;
  const shell = withSpecs({
    "bomb.md": fence(
      `a0: &a0 [x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 30 }, (_, index) => `a${index + 1}: &a${index + 1} [${Array(9).fill(`*a${index}`).join()}]`).join("\n")}\ntitle: T`,
    ),
    "deep.md": fence(`a: ${"[".repeat(40_000)}${"]".repeat(40_000)}`),
    "long.md": fence(`title: ${"x".repeat(100_000)}`),
    "proto.md": fence("__proto__: { polluted: 1 }\nconstructor: x\ntitle: T"),
    "project.md": fence("ticket_project: payy"),
    "status.md": fence("status: don\ntags: [a]"),
    "sync.md": fence("sync: maybe"),
    "twice.md": fence("title: a\ntitle: b"),
    "types.md": fence("title: [a, b]\nowner: {a: b}\nstatus: 12\nteam: true"),
    "unclosed.md": fence('title: "unclosed'),
  });
  expectTranscript("specs/front-matter", await transcript(shell, "validate"));
  expect(({} as Readonly<Record<string, unknown>>)["polluted"]).toBeUndefined();
});

describe("text that attacks", () => {
  const TITLE = "A \u001b[31mred\u001b[0m \u001b]0;pwned\u0007 \u202ereversed\u202c zero\u200bwidth \u009b31m bell\u0007";

  test("escapes, bidirectional and invisible characters never reach the terminal raw", async () => {
    const shell = withSpecs({ "a\u001b[31m\u202e.md": `## ${TITLE}\n\nbody \u001b[2J\n\n- [ ] crit \u001b[5m\n` });
    const section = JSON.parse((await shell.canon("list", "--json")).out).specs[0].sections.at(-1).address;
    expectTranscript(
      "specs/escapes",
      await transcript(
        shell,
        "list --all",
        "validate",
        "plan",
        ["plan", "--md"],
        ["plan", "--explain", section],
        "apply --auto-approve",
        "local list",
        "local show PAY-1",
        ["show", section],
        ["local", "edit", "PAY-1", "--title", `x ${TITLE}`],
        "plan",
        ["plan", "--md"],
        ["local", "comment", "PAY-1", TITLE],
        ["list", TITLE],
        ["list", `*${TITLE}`],
        ["plan", `*${TITLE}`],
        ["plan", "--target", TITLE],
        [TITLE],
        ["local", "show", TITLE],
        "runs",
      ),
    );
  });

  test("NUL bytes, huge lines and ten thousand criteria", async () => {
    const criteria = Array.from({ length: 10_000 }, (_, index) => `- [ ] Criterion ${index}\n`).join("");
    const shell = withSpecs({
      "criteria.md": `## Criteria\n\n${criteria}`,
      "line.md": `## Line\n\n${"x".repeat(8_000_000)}\n`,
      "nul.md": "## A\0B\n\nx \0 y\n",
      "title.md": `## ${"t".repeat(100_000)}\n`,
    });
    const began = performance.now();
    expectTranscript("specs/extremes", await transcript(shell, "list", "plan", "apply --auto-approve", "plan"));
    expect(performance.now() - began).toBeLessThan(15_000);
    expect(bytesOf(shell, "nul.md")).toContain("## A\0B\n<!-- canon:ticket:local:PAY-");
  });
});
