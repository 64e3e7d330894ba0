/** What a person does on a first day, on real files and the real local tracker. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { lastJson, MINIMAL, openShell } from "./captured-world.ts";

describe("from nothing to tickets", () => {
  test("demo says each step and leaves nothing to do", async () => {
    const { canon, folder } = openShell();
    const ran = await canon("demo");
    expect(ran).toMatchObject({ exitCode: 0, err: "" });
    for (const heading of ["1. A small project", "2. What canon plan says", "3. What canon apply did", "4. The tickets", "5. All that changed", "Now you"])
      expect(ran.out).toContain(heading);
    expect(ran.out).toContain("… and the same under 3 more headings");
    expect((await canon("-C", "canon-demo", "plan", "--exit-code")).exitCode).toBe(0);
    const again = await canon("demo");
    expect(again.exitCode).toBe(1);
    expect(again.err).toContain("(demo-exists)");
    expect(existsSync(join(folder, ".canon"))).toBe(false);
  });

  test("init, list, plan, apply, edit, plan", async () => {
    const { canon, folder } = openShell({ "specs/payments.md": MINIMAL["specs/payments.md"] });
    expect((await canon("plan")).err).toContain("(config-missing)");
    const wrote = await canon("init", "--yes", "--project", "PAY");
    expect(wrote.out).toContain("Wrote canon.config.yaml");
    expect(await canon("init", "--yes")).toMatchObject({ exitCode: 1 });
    expect((await canon("list")).out).toContain("+ Epic  Key generation  criteria 0/1");
    expect((await canon("plan", "--exit-code")).exitCode).toBe(2);
    expect((await canon("apply", "--auto-approve")).out).toMatch(
      /created {3}PAY-1 {2}Key generation\nmarked {4}specs\/payments.md\n\n {2}1 created · 1 spec marked/,
    );
    expect((await canon("plan", "--exit-code")).out).toContain("No changes. 1 section matches local PAY.");
    const spec = join(folder, "specs/payments.md");
    writeFileSync(spec, readFileSync(spec, "utf8").replace("a day", "a week"));
    expect((await canon("plan")).out).toContain("~ PAY-1  Key generation  body  …live for a [-day-]{+week+}");
    expect((await canon("show", "specs/payments.md#key-generation")).out).toContain("PAY-1  found by its marker");
    expect((await canon("runs")).out).toContain("done         1 created");
  });

  test("track, skip and validate", async () => {
    const { canon, folder } = openShell(MINIMAL);
    expect((await canon("validate")).out).toBe("  Nothing wrong in 1 spec, 2 sections.\n");
    expect((await canon("skip", "specs/payments.md#key-generation")).out).toContain("1 section skipped");
    expect(readFileSync(join(folder, "specs/payments.md"), "utf8")).toContain("## Key generation\n<!-- canon:skip -->\n");
    expect((await canon("list", "--all")).out).toContain("skip marker");
    expect((await canon("track", "specs/nope.md", "--json")).exitCode).toBe(1);
  });

  test("addresses are typed from where one stands", async () => {
    const { canon } = openShell({ ...MINIMAL, "specs/other.md": "## Other\n" });
    for (const words of [
      ["-C", "specs", "list", "payments.md"],
      ["list", "specs/payments.md"],
      ["-C", "specs", "list", "specs/payments.md#key-generation"],
    ]) {
      const { out } = await canon(...words);
      expect(out).toContain("Key generation");
      expect(out).not.toContain("Other");
    }
  });
});

describe("saying yes", () => {
  test("only yes is yes", async () => {
    const { asked, canon } = openShell(MINIMAL);
    expect(await asked(["y"], "apply")).toMatchObject({ exitCode: 1, err: "  Apply? Only yes is accepted: " });
    expect((await asked([], "apply")).out).toContain("Nothing was written.");
    expect((await canon("plan", "--exit-code")).exitCode).toBe(2);
    expect(await asked(["yes"], "apply")).toMatchObject({ exitCode: 0 });
  });

  test("-n only shows", async () => {
    const { canon } = openShell(MINIMAL);
    expect((await canon("apply", "-n")).out).toContain("1 create");
    expect((await canon("plan", "--exit-code")).exitCode).toBe(2);
  });

  test("a saved plan is applied as it was, and refused when it no longer fits", async () => {
    const { canon, folder } = openShell(MINIMAL);
    expect((await canon("plan", "--out", "plan.json")).out).toContain("next: canon apply plan.json");
    const spec = join(folder, "specs/payments.md");
    writeFileSync(spec, readFileSync(spec, "utf8").replace("a day", "a week"));
    const stale = await canon("apply", "plan.json");
    expect(stale.exitCode).toBe(6);
    expect(stale.err).toContain("(plan-stale)");
    expect(await canon("plan", "--out", "plan.json")).toMatchObject({ exitCode: 0 });
    expect(await canon("apply", "plan.json", "specs/payments.md")).toMatchObject({ exitCode: 64 });
    expect(await canon("apply", "plan.json")).toMatchObject({ exitCode: 0 });
    writeFileSync(join(folder, "plan.json"), "{}");
    expect((await canon("apply", "plan.json")).err).toContain("(plan-unreadable)");
  });

  test("floods need their exact number", async () => {
    const sections = Array.from({ length: 4 }, (_, index) => `## Section ${index}\n`).join("\n");
    const { asked, canon } = openShell({ "canon.config.yaml": `${MINIMAL["canon.config.yaml"]}limits: { create: 3 }\n`, "specs/many.md": sections });
    const refused = await canon("apply", "--auto-approve");
    expect(refused.exitCode).toBe(64);
    expect(refused.err).toContain("--allow-mass-create=4");
    expect(await canon("apply", "--auto-approve", "--allow-mass-create=3")).toMatchObject({ exitCode: 64 });
    expect(await asked(["yes"], "apply")).toMatchObject({ exitCode: 1 });
    expect(await asked(["4"], "apply")).toMatchObject({ exitCode: 0, err: "  Type 4 to create 4 tickets in local PAY (limit 3): " });
  });

  test("floods in two targets need the number of each", async () => {
    const targets = "ticket_systems:\n  main: { system: local, project: PAY }\n  oss: { system: local, project: OSS }\n";
    const routing = 'routing:\n  - match: { path: "specs/oss.md" }\n    target: oss\n  - match: { default: true }\n    target: main\n';
    const sections = (count: number): string => Array.from({ length: count }, (_, index) => `## Section ${index}\n`).join("\n");
    const files = {
      "canon.config.yaml": `id: test\nspecs: { include: ["specs/**/*.md"] }\nlimits: { create: 1 }\n${targets}${routing}`,
      "specs/pay.md": sections(2),
      "specs/oss.md": sections(3),
    };
    const typed = openShell(files);
    expect(await typed.asked(["2", "4"], "apply")).toMatchObject({ exitCode: 1 });
    expect(await typed.asked(["2", "3"], "apply")).toMatchObject({ exitCode: 0 });
    const { canon } = openShell(files);
    const refused = await canon("apply", "--auto-approve", "--allow-mass-create=2");
    expect([refused.exitCode, refused.err]).toEqual([64, expect.stringContaining("create 3 tickets in local OSS")]);
    expect((await canon("apply", "--auto-approve")).err).toContain("--allow-mass-create=2 --allow-mass-create=3");
    expect((await canon("apply", "--auto-approve", "--allow-mass-create=2", "--allow-mass-create=3")).exitCode).toBe(0);
  });
});

describe("for programs", () => {
  test("reading prints one document, writing a record per line", async () => {
    const { canon } = openShell(MINIMAL);
    for (const words of [
      ["list"],
      ["validate"],
      ["plan"],
      ["plan", "--explain", "specs/payments.md#key-generation"],
      ["show", "specs/payments.md#key-generation"],
      ["runs"],
      ["explain"],
      ["local", "list"],
    ]) {
      const ran = await canon(...words, "--json");
      expect(ran.out.trimEnd().split("\n"), words.join(" ")).toHaveLength(1);
      expect(lastJson(ran)).toMatchObject({
        format: 1,
        command: words.filter((word) => !word.startsWith("-") && !word.includes(".md")).join(" "),
        exitCode: 0,
        diagnostics: [],
      });
      expect(ran.err).toBe("");
    }
    const applied = await canon("apply", "--auto-approve", "--json");
    const lines: readonly { readonly type: string }[] = applied.out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map(({ type }) => type)).toEqual(["change", "change", "marked", "summary"]);
    expect(lastJson(applied)).toMatchObject({ type: "summary", format: 1, command: "apply", exitCode: 0, results: [{ state: "done", key: "PAY-1" }] });
  });

  test("--quiet says nothing but errors", async () => {
    const { canon } = openShell(MINIMAL);
    for (const words of [["list"], ["plan"], ["apply", "--auto-approve"], ["runs"], ["validate"]])
      expect(await canon(...words, "--quiet")).toEqual({ exitCode: 0, out: "", err: "" });
    expect((await canon("show", "specs/nope.md#x", "--quiet")).err).toContain("(address-unknown)");
  });

  test("Markdown for a comment", async () => {
    const { canon } = openShell(MINIMAL);
    expect((await canon("plan", "--md")).out).toContain("| + | Epic | Key generation | 1 criterion |");
  });
});

describe("being the engineer", () => {
  test("what people do on the local tracker shows in the next plan", async () => {
    const { canon } = openShell(MINIMAL);
    await canon("apply", "--auto-approve");
    for (const words of [
      ["edit", "PAY-1", "--title", "Keys"],
      ["criterion", "PAY-1", "--tick", "1"],
      ["comment", "PAY-1", "Is this true?"],
      ["label", "PAY-1", "--add", "urgent"],
      ["move", "PAY-1", "In Progress"],
    ])
      expect(await canon("local", ...words), words.join(" ")).toMatchObject({ exitCode: 0 });
    const plan = await canon("plan", "--exit-code");
    expect(plan.exitCode).toBe(3);
    expect(plan.out).toContain("Changed in local PAY (not part of apply)");
    expect(plan.out).toContain("[-Key generation-]{+Keys+} (dana, just now)");
    expect((await canon("local", "show", "PAY-1")).out).toContain("Is this true?");
    expect((await canon("local", "list", "--label", "urgent")).out).toContain("1 ticket in PAY");
    expect((await canon("local", "show", "PAY-99")).exitCode).toBe(1);
    expect((await canon("local", "behave", "rewrites=jira")).out).toContain("rewrites          jira");
  });

  test("export and import carry a project over", async () => {
    const first = openShell(MINIMAL);
    await first.canon("apply", "--auto-approve");
    const { out } = await first.canon("local", "export");
    const second = openShell({ ...MINIMAL, "tickets.jsonl": out });
    expect((await second.canon("local", "import", "tickets.jsonl")).out).toContain("1 ticket is in PAY now.");
    expect((await second.canon("local", "export")).out).toBe(out);
  });
});
