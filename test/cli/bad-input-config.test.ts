/** Bad configurations, as a stranger meets them: what is wrong, where, what next, and nothing touched. */

import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { lastJson, MINIMAL, openShell, type Shell } from "./captured-world.ts";
import { expectTranscript, filesIn, transcript } from "./transcript.ts";

const SPEC = { "specs/payments.md": MINIMAL["specs/payments.md"] };
const target = (more: string): string => `id: test\nticket_systems:\n  pay: { system: local, project: PAY${more} }\n`;

function withConfig(text: string): Shell {
  return openShell({ ...SPEC, "canon.config.yaml": text });
}

/** Each is refused by every command alike, so one golden text holds `plan` and the exit code of `apply`. */
const WRONG: Readonly<Record<string, string>> = {
  "does-not-parse": "id: [a\nsync: {\n",
  tabs: "id: a\nticket_systems:\n\tpay: x\n",
  empty: "# nothing\n",
  "a-list": "- a\n",
  "two-documents": "a: 1\n---\nb: 2\n",
  "key-twice": "id: a\nid: b\n",
  "unknown-keys": "id: t\nticket_systems:\n  pay: { sistem: local, project: PAY, foo: 1 }\nspecs: { includ: [x] }\n",
  "wrong-types":
    "id: 12\nspecs: hello\nticket_systems:\n  pay: { system: local, project: PAY, status_map: [a], hierarchy: { two: Epic }, settle: -1 }\nlimits: { create: many }\n",
  "no-target": "id: t\n",
  "route-to-nowhere": `${target("")}routing:\n  - match: { default: true }\n    target: pya\n`,
  "route-unreachable": `${target("")}routing:\n  - match: { default: true }\n    target: pay\n  - match: { tags: [a] }\n    target: pay\n`,
  "include-outside": `specs: { include: ["../**/*.md", "/etc/*.md", "{..,specs}/*.md"] }\n${target("")}`,
  "local-path-outside": target(', path: "../tracker.sqlite"'),
  "local-path-in-cache": target(', path: ".canon/cache/tracker.sqlite"'),
  "catastrophic-glob": `specs: { include: ["${"{a,b}".repeat(20)}/*.md", "${"*a".repeat(600)}"] }\n${target("")}`,
  proto: "id: t\n__proto__: { polluted: 1 }\nticket_systems:\n  constructor: { system: local, project: PAY }\n",
  "a-program": "id: !!js/function 'function () {}'\nticket_systems: {}\n",
  "a-secret": target(", auth: { token: ghp_abcdefghijklmnopqrstuvwxyz0123456789 }"),
};

test.each(Object.entries(WRONG))("%s", async (name, text) => {
  const shell = withConfig(text);
  const before = filesIn(shell.folder);
  expectTranscript(`config/${name}`, await transcript(shell, "plan"));
  for (const line of [["apply", "--auto-approve"], ["list"], ["validate"], ["local", "create", "x"], ["track", "specs/payments.md"], ["runs"]]) {
    expect(await shell.canon(...line), line.join(" ")).toMatchObject({ exitCode: 1, out: "" });
  }
  expect(lastJson(await shell.canon("apply", "--auto-approve", "--json"))).toMatchObject({
    type: "summary",
    exitCode: 1,
    diagnostics: expect.arrayContaining([expect.objectContaining({ severity: "error" })]),
  });
  expect(filesIn(shell.folder)).toEqual(before);
});

test("no configuration at all", async () => {
  const shell = openShell(SPEC);
  expectTranscript("config/missing", await transcript(shell, "plan", "list", "apply --auto-approve", "plan --config nope.yaml", "plan --config specs"));
});

test("what only a tracker can tell: statuses and types it lacks, with their place", async () => {
  const shell = withConfig(
    "id: t\nsync:\n  system: local\n  project_key: PAY\n  status_map:\n    done: Shipped\n    in_progress: In Progess\n  hierarchy: { 2: Stroy }\n",
  );
  const before = filesIn(shell.folder);
  expectTranscript("config/names-the-tracker-lacks", await transcript(shell, "plan", "apply --auto-approve"));
  expect(filesIn(shell.folder)).toEqual(before);
});

describe("bombs", () => {
  test.each([
    [
      "aliases",
      `a0: &a0 [x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 30 }, (_, index) => `a${index + 1}: &a${index + 1} [${Array(9).fill(`*a${index}`).join()}]\n`).join("")}`,
    ],
    ["brackets", `a: ${"[".repeat(60_000)}${"]".repeat(60_000)}\n`],
    ["indentation", Array.from({ length: 400 }, (_, depth) => `${" ".repeat(depth)}a:\n`).join("")],
    ["size", `# ${"x".repeat(2_000_000)}\n`],
  ])("of %s are refused at once", async (_name, text) => {
    const shell = withConfig(text);
    const began = performance.now();
    const ran = await shell.canon("plan");
    expect(ran).toMatchObject({ exitCode: 1, out: "" });
    expect(ran.err).toMatch(/config-too-complex|config-unreadable/);
    expect(performance.now() - began).toBeLessThan(3000);
  });
});

describe("fine, though odd", () => {
  test.each([
    ["CRLF", MINIMAL["canon.config.yaml"].replaceAll("\n", "\r\n")],
    ["a byte-order mark", `\uFEFF${MINIMAL["canon.config.yaml"]}`],
    ["JSON", '{"id":"test","sync":{"system":"local","project_key":"PAY"}}'],
  ])("%s", async (_name, text) => {
    expect((await withConfig(text).canon("plan")).out).toContain("1 create");
  });

  test("two of them: the first counts, and the other is named", async () => {
    const shell = openShell({ ...MINIMAL, "CANON.yaml": "nonsense: true\n" });
    expectTranscript("config/two", await transcript(shell, "plan"));
  });

  test("one in a parent folder holds, and addresses are typed from where one stands", async () => {
    const shell = openShell({ ...MINIMAL, "specs/deep/other.md": "## Other\n" });
    expectTranscript(
      "config/from-a-subfolder",
      await transcript(
        shell,
        "-C specs/deep list other.md",
        "-C specs/deep list ../payments.md",
        "-C specs list specs/payments.md#key-generation",
        "-C specs list nope.md",
      ),
    );
  });

  test("-C must be a folder: one that is missing does not lead to the configuration above", async () => {
    const shell = openShell(MINIMAL);
    expectTranscript("config/no-folder", await transcript(shell, "list -C nope", "list -C canon.config.yaml"));
  });
});

describe("the local tracker stays inside, whatever links say", () => {
  test.each([
    ["a folder on the way", ', path: "linked/tracker.sqlite"', "linked"],
    ["the file itself", "", ".canon/local.sqlite"],
  ])("%s", async (_name, more, link) => {
    const shell = withConfig(target(more));
    const outside = openShell().folder;
    mkdirSync(join(shell.folder, ".canon"));
    symlinkSync(join(outside, link === "linked" ? "" : "tracker.sqlite"), join(shell.folder, link));
    for (const line of [["plan"], ["apply", "--auto-approve"], ["local", "create", "x"], ["local", "list"]]) {
      const ran = await shell.canon(...line);
      expect((ran.out + ran.err).replace(/\s+/g, " "), line.join(" ")).toMatch(/is reached by a symbolic link that leads (out of the workspace|nowhere)/);
      expect(ran.exitCode).toBe(1);
    }
    expect(filesIn(outside)).toEqual({});
  });

  test("a workspace that is itself reached by a link is fine", async () => {
    const shell = openShell(MINIMAL);
    const other = openShell();
    symlinkSync(shell.folder, join(other.folder, "w"));
    expect((await other.canon("-C", "w", "apply", "--auto-approve")).exitCode).toBe(0);
  });
});

test("canon init over what is there", async () => {
  const shell = openShell(MINIMAL);
  writeFileSync(join(shell.folder, "canon.config.yaml"), "");
  const before = filesIn(shell.folder);
  expectTranscript("config/init-over", await transcript(shell, "init --yes", "init"));
  expect(filesIn(shell.folder)).toEqual(before);
});

test("canon init never writes what Canon would not read", async () => {
  const shell = openShell(SPEC);
  const before = filesIn(shell.folder);
  const lines = [
    ["--system", "jira", "--project", "bad project"],
    ["--project", ""],
    ["--system", "github"],
    ["--include", "../x/**"],
    ["--id", "two words"],
    ["--sections", "al"],
  ];
  expectTranscript("config/init-refused", await transcript(shell, ...lines.map((flags) => ["init", "--yes", ...flags])));
  expect(filesIn(shell.folder)).toEqual(before);
});
