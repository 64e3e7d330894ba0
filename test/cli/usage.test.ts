/** Wrong usage: exit 64, what was wrong, and the word that was probably meant. */

import { describe, expect, test } from "vitest";
import { lastJson, MINIMAL, openShell } from "./captured-world.ts";

const WRONG: readonly (readonly [string, string])[] = [
  ["pln", "Did you mean canon plan?"],
  ["diff", "Did you mean canon plan?"],
  ["push", "Did you mean canon apply?"],
  ["refresh", "Every plan reads the trackers anew."],
  ["state", "There is no state file"],
  ["destroy", "Canon never deletes tickets."],
  ["import", "canon adopt"],
  ["zzzzzz", "canon --help lists them."],
  ["local shw", "Did you mean canon local show?"],
  ["plan --exlude x", "Did you mean --exclude?"],
  ["plan -target=pay", "Did you mean --target NAME?"],
  ["plan --dry-run", "canon plan never writes: leave it out."],
  ["apply --dry-run", "Did you mean -n?"],
  ["apply --yes", "Did you mean --auto-approve?"],
  ["plan --json=1", "--json takes no value."],
  ["plan --out", "Write --out FILE."],
  ["validate --frobnicate", "Run canon validate --help."],
  ["track", "canon track needs ADDRESS."],
  ["runs all", 'canon runs does not take "all".'],
  ["explain ticket-mising", "Did you mean ticket-missing?"],
  ["plan --target pya", "Did you mean pay?"],
  ["apply", "Give --auto-approve"],
  ["apply --auto-approve --allow-mass-create=many", 'takes a number, not "many"'],
  ["init", "Give --yes"],
  ["init --yes --system jra", "Did you mean jira?"],
  ["local move PAY-1", "needs KEY STATUS."],
  ["local behave rewrite=jira", "Did you mean rewrites?"],
  ["local criterion PAY-1", "Give --add"],
];

describe("wrong usage", () => {
  test.each(WRONG)("canon %s: %s", async (line, said) => {
    const { canon } = openShell(MINIMAL);
    const ran = await canon(...line.split(" "));
    expect(ran.err.replace(/\n\s+/g, " ")).toContain(said);
    expect(ran).toMatchObject({ exitCode: 64, out: "" });
  });

  test("programs are told the same", async () => {
    const { canon } = openShell(MINIMAL);
    expect(lastJson(await canon("plan", "--exlude", "x", "--json"))).toEqual({
      type: "summary",
      format: 1,
      command: "plan",
      exitCode: 64,
      diagnostics: [{ code: "usage", severity: "error", message: "canon plan does not know --exlude.", hint: "Did you mean --exclude?" }],
    });
  });
});

describe("help", () => {
  test.each([[[]], [["--help"]], [["help"]], [["-C", ".", "--help"]]])("canon %j shows all commands", async (words) => {
    const { canon } = openShell();
    const ran = await canon(...words);
    expect(ran).toMatchObject({ exitCode: 0, err: "" });
    expect(ran.out).toContain("usage: canon COMMAND");
  });

  test.each([
    ["plan", "--help"],
    ["plan", "-h"],
    ["help", "plan"],
    ["--json", "plan", "--help"],
  ])("canon %s %s shows one", async (...words) => {
    const { canon } = openShell();
    expect((await canon(...words)).out).toContain("usage: canon plan [ADDRESS...] [flags]");
  });

  test("a group lists its commands", async () => {
    const { canon } = openShell();
    for (const words of [["local"], ["local", "--help"], ["help", "local"]]) expect((await canon(...words)).out).toContain("usage: canon local COMMAND");
    expect((await canon("help", "local", "show")).out).toContain("usage: canon local show KEY");
  });

  test("--version", async () => {
    const { canon } = openShell();
    expect((await canon("--version")).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test("as data", async () => {
    const { canon } = openShell();
    const { commands } = lastJson(await canon("help", "--json"));
    expect(commands).toContainEqual(expect.objectContaining({ name: "local show", usage: "canon local show KEY [flags]" }));
  });
});

test.each([
  ["local show", "local show PAY-9"],
  ["target statuses", "target statuses nope"],
  ["ticket show", "ticket show"],
  ["local", "local shw"],
  ["plan", "plan --target nope"],
])("a failure is told to programs as that of canon %s", async (command, line) => {
  const { canon } = openShell(MINIMAL);
  expect(lastJson(await canon(...line.split(" "), "--json"))).toMatchObject({ type: "summary", command });
});
