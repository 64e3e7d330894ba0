/** Mistyped addresses and odd names: what names nothing is told before anything happens, and every real path can be named. */

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { lastJson, MINIMAL, openShell } from "./captured-world.ts";
import { expectTranscript, filesIn, transcript } from "./transcript.ts";

const FILES = { ...MINIMAL, "specs/accounts.md": "## Sign in\n", "notes.txt": "x" };

describe("an address that names nothing", () => {
  test("is told with the nearest one", async () => {
    const shell = openShell(FILES);
    mkdirSync(join(shell.folder, "specs/empty.md"));
    const typed = [
      "specs/paymets.md",
      "spec/payments.md",
      "payments.md",
      "key-generation",
      "specs/payments.md#key-genration",
      "specs/payments.md#key-gen",
      "specs/paymets.md#key-generation",
      "specs/empty.md",
      "notes.txt",
      "nowhere",
      "/etc/passwd",
    ];
    expectTranscript("addresses/unknown", await transcript(shell, ...typed.map((address) => `plan ${address}`), "plan -- -x", "plan -x"));
    expect((await shell.canon("plan", "../x.md")).err.replaceAll(/\s+/g, "")).toContain("x.mdliesoutsidetheworkspace.");
  });

  test.each(["plan", "list", "validate", "apply --auto-approve", "apply -n", "track", "skip", "show", "plan --explain"])(
    "canon %s does nothing then, not even with a good one beside it",
    async (command) => {
      const shell = openShell(FILES);
      const before = filesIn(shell.folder);
      const words = [...command.split(" "), "specs/payments.md#key-genration", ...(/show|explain/.test(command) ? [] : ["specs/accounts.md"])];
      const ran = await shell.canon(...words);
      expect(ran).toMatchObject({ exitCode: 1, out: "" });
      expect(ran.err.replace(/\s+/g, " ")).toContain(
        "No section has the address specs/payments.md#key-genration. Did you mean specs/payments.md#key-generation? (address-unknown)",
      );
      expect(lastJson(await shell.canon(...words, "--json"))).toMatchObject({
        exitCode: 1,
        diagnostics: [{ code: "address-unknown", hint: "Did you mean specs/payments.md#key-generation?" }],
      });
      expect(filesIn(shell.folder)).toEqual(before);
    },
  );

  test("is told of --exclude too: what was to be left out would be written", async () => {
    const shell = openShell(FILES);
    expectTranscript("addresses/exclude", await transcript(shell, "apply --auto-approve --exclude specs/acounts.md", "plan --exclude **/*.txt"));
    expect((await shell.canon("local", "list")).out).toContain("No tickets");
  });

  test("and one that is empty is wrong usage, not everything", async () => {
    const shell = openShell(FILES);
    for (const words of [
      ["apply", "--auto-approve", ""],
      ["plan", " "],
      ["plan", "--exclude", ""],
      ["track", ""],
      ["show", ""],
    ]) {
      const ran = await shell.canon(...words);
      expect(ran, JSON.stringify(words)).toMatchObject({ exitCode: 64, out: "" });
      expect(ran.err).toContain("An address is empty.");
    }
  });

  test("a glob may match nothing, and says so", async () => {
    const shell = openShell(FILES);
    const terrible = `**/${"*a".repeat(30)}b`;
    expectTranscript(
      "addresses/globs",
      await transcript(
        shell,
        "list specs/*nope*",
        "plan specs/*nope*",
        ["list", terrible],
        ["plan", `${"{a,b}".repeat(30)}`],
        "apply --auto-approve specs/*nope*",
      ),
    );
  });
});

describe("troubles of others", () => {
  test("do not count for who asked for one spec", async () => {
    const shell = openShell({
      ...FILES,
      "specs/bad.md": "## A\n<!-- canon:ticket:foo:1 -->\n",
      "specs/conflict.md": "## B\n\n<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> z\n",
    });
    expect(await shell.canon("validate")).toMatchObject({ exitCode: 1 });
    expect(await shell.canon("validate", "specs/accounts.md")).toMatchObject({ exitCode: 0, out: "  Nothing wrong in 1 spec, 1 section.\n" });
    expect(await shell.canon("plan", "--exclude", "specs/bad.md", "--exclude", "specs/conflict.md")).toMatchObject({ exitCode: 0 });
    expect(await shell.canon("apply", "--auto-approve", "specs/accounts.md")).toMatchObject({ exitCode: 0 });
    expect(await shell.canon("plan", "specs/bad.md")).toMatchObject({ exitCode: 1 });
  });
});

describe("targets", () => {
  test("that are not configured are wrong usage", async () => {
    const shell = openShell(FILES);
    expectTranscript(
      "addresses/targets",
      await transcript(shell, "plan --target pya", "list --target --upload-pack=x", "apply --auto-approve --target PAY", "local list --target oss"),
    );
  });
});

describe("odd names", () => {
  const NAMES = ["fi le#1.md", "ü*[x].md", "-x.md", "{a,b}.md", "a%20b.md", "日本語.md", "q?.md", "dir with # hash/in#side.md"];

  test("each can be named: as a file, as a section, and from within its folder", async () => {
    const shell = openShell({ ...MINIMAL, ...Object.fromEntries(NAMES.map((name, index) => [`specs/${name}`, `## Title ${index}\n`])) });
    for (const [index, name] of NAMES.entries()) {
      for (const words of [
        ["list", `specs/${name}`],
        ["list", `specs/${name}#title-${index}`],
        ["-C", "specs", "list", "--", name],
      ]) {
        const ran = await shell.canon(...words);
        expect(ran, words.join(" ")).toMatchObject({ exitCode: 0, err: "" });
        expect(ran.out.match(/\+ Epic/g), words.join(" ")).toHaveLength(1);
        expect(ran.out).toContain(`+ Epic  Title ${index}`);
      }
    }
    expect((await shell.canon("list", "specs/dir with # hash")).out).toContain("Title 7");
    expect((await shell.canon("apply", "--auto-approve")).exitCode).toBe(0);
    expect((await shell.canon("plan", "--exit-code")).exitCode).toBe(0);
  });

  test("a workspace whose own path is odd works the same", async () => {
    const outer = openShell();
    const inner = "wörk space #1 (x)[y]{z}'\"$HOME";
    mkdirSync(join(outer.folder, inner));
    await outer.canon("-C", inner, "demo");
    expect((await outer.canon("-C", `${inner}/canon-demo`, "plan", "--exit-code")).exitCode).toBe(0);
    expect((await outer.canon("-C", `${inner}/canon-demo/specs`, "list", "payments.md#refunds")).out).toContain("PAY-4  Refunds");
  });
});
