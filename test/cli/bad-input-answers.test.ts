/** Wrong words, wrong moments and odd tickets for the commands that go both ways: told with what to do, and nothing is written on a guess. */

import { DatabaseSync } from "node:sqlite";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { lastJson, MINIMAL, openShell, type Shell } from "./captured-world.ts";
import { checkRules, expectTranscript, filesIn, transcript } from "./transcript.ts";

const SPEC = `# Payments

## Refunds

A refund returns the money.

- [ ] the money is back
- [ ] the log shows it

## Retries

Try again.
`;

async function applied(config: string = MINIMAL["canon.config.yaml"]): Promise<Shell> {
  const shell = openShell({ "canon.config.yaml": config, "specs/a.md": SPEC });
  expect(await shell.canon("apply", "--auto-approve")).toMatchObject({ exitCode: 0 });
  return shell;
}

function specOf({ folder }: Shell): string {
  return readFileSync(join(folder, "specs/a.md"), "utf8");
}

function edit(shell: Shell, change: (text: string) => string, path = "specs/a.md"): void {
  const file = join(shell.folder, path);
  const text = readFileSync(file, "utf8");
  expect(change(text)).not.toBe(text);
  writeFileSync(file, change(text));
}

async function local(shell: Shell, ...words: readonly string[]): Promise<void> {
  expect(await shell.canon("local", ...words)).toMatchObject({ exitCode: 0 });
}

/** Title, text and one criterion differ on both sides; the ticket has a tick of its own. */
async function inConflict(): Promise<Shell> {
  const shell = await applied();
  await local(shell, "edit", "PAY-1", "--title", "Theirs");
  await local(shell, "criterion", "PAY-1", "--tick", "2");
  edit(shell, (text) => text.replace("## Refunds", "## Ours"));
  return shell;
}

describe("words that a command does not know", () => {
  test("of fields and sides", async () => {
    const shell = await applied();
    const before = filesIn(shell.folder);
    const lines = [
      "sync --revert titel --auto-approve",
      "sync --revert nonsense --auto-approve",
      "sync --revert title,,body --auto-approve",
      "sync --absorb status --auto-approve",
      "sync --revert title --absorb title,body --auto-approve",
      "pull --revert title --auto-approve",
      "apply --absorb body --auto-approve",
      "resolve",
      "resolve specs/a.md --keep both",
      "resolve specs/a.md --keep specs",
      "resolve specs/a.md --keep spec --field titel",
      "resolve specs/a.md --keep merge --field title",
      "resolve specs/a.md",
      "adopt PAY-1 specs/a.md",
      "adopt PAY-9 specs/a.md#refunds",
      "adopt PAY-2 specs/a.md#refunds --auto-approve",
      "adopt PAY-1 specs/a.md#refunds --keep everything",
      "lock break nowhere --auto-approve",
    ];
    expectTranscript("answers/unknown-words", await transcript(shell, ...lines));
    expect(filesIn(shell.folder)).toEqual(before);
  });

  test("of addresses that have no conflict", async () => {
    const shell = await applied();
    edit(shell, (text) => `${text}\n## New\n\nNo ticket yet.\n`);
    const before = specOf(shell);
    const lines = ["#refunds", "#new", "", "#nope"].map((id) => `resolve specs/a.md${id} --keep tracker --auto-approve`);
    expectTranscript("answers/no-conflict", await transcript(shell, ...lines, "resolve specs/**/*.md --keep spec --auto-approve", "resolve PAY-1 --keep spec"));
    expect(specOf(shell)).toBe(before);
    expect((await shell.canon("local", "list")).out).toContain("2 tickets in PAY");
  });
});

test("pull writes into specs only: it creates, closes and moves no ticket", async () => {
  const shell = await applied();
  await local(shell, "criterion", "PAY-1", "--tick", "1");
  edit(shell, (text) => `${text.replace(/<!-- canon:ticket:local:PAY-2 -->\n.*\n/, "<!-- canon:removed:local:PAY-2 close -->\n")}\n## New\n\nNo ticket yet.\n`);
  const before = specOf(shell);
  expect(await shell.canon("pull", "--auto-approve")).toMatchObject({ exitCode: 0 });
  expect(specOf(shell)).toBe(before.replace("- [ ] the money", "- [x] the money"));
  expect((await shell.canon("local", "list")).out).toContain("2 tickets in PAY");
  expect(JSON.parse((await shell.canon("local", "show", "PAY-2", "--json")).out).ticket.status).toBe("Backlog");
});

describe("somebody who is asked", () => {
  test.each<[string, readonly string[], number, readonly string[]]>([
    ["answers nothing", [""], 4, ["Ours", "Theirs"]],
    ["leaves", [], 4, ["Ours", "Theirs"]],
    ["answers with other words until they leave", ["x", "merge", "m", "both"], 4, ["Ours", "Theirs"]],
    ["takes a side and then says no", ["t", "no"], 1, ["Ours", "Theirs"]],
    ["takes the tracker's side", [" Tracker ", "yes"], 0, ["Theirs", "Theirs"]],
    ["takes the spec's side", ["s", "yes"], 0, ["Ours", "Ours"]],
  ])("%s", async (_name, answers, exitCode, [spec, ticket]) => {
    const shell = await inConflict();
    const ran = await shell.asked(answers, "resolve", "specs/a.md#refunds");
    // Here, nobody ends the line that a question stands on.
    checkRules(["resolve"], { ...ran, err: ran.err.replaceAll(": ", ":\n") });
    expect(ran.exitCode).toBe(exitCode);
    expect(specOf(shell)).toContain(`## ${spec}\n`);
    expect((await shell.canon("local", "list")).out).toContain(`PAY-1  ${ticket}  `);
  });

  test("resolves only the field that was named, and nothing where that one has no conflict", async () => {
    const shell = await inConflict();
    const before = specOf(shell);
    expectTranscript("answers/field-without-conflict", await transcript(shell, "resolve specs/a.md --field body --keep tracker --auto-approve", "plan --sync"));
    expect(specOf(shell)).toBe(before);
  });
});

describe("a saved plan of both ways", () => {
  /** A criterion and a status come from the ticket, words go to both tickets. */
  async function saved(): Promise<Shell> {
    const shell = await applied();
    await local(shell, "criterion", "PAY-1", "--add", "theirs");
    await local(shell, "move", "PAY-1", "In Progress");
    edit(shell, (text) => text.replace("Try again", "Try twice").replace("returns the", "gives back the"));
    expect(await shell.canon("plan", "--sync", "--out", "p.json")).toMatchObject({ exitCode: 0 });
    return shell;
  }

  test("is carried out as it was read", async () => {
    const shell = await saved();
    expectTranscript("answers/saved-plan", await transcript(shell, "apply p.json", "plan --sync --exit-code"));
    expect(specOf(shell)).toContain("- [ ] the log shows it\n- [ ] theirs\n");
  });

  test.each<[string, (shell: Shell) => unknown]>([
    ["a comment on the ticket", (shell) => local(shell, "comment", "PAY-1", "Hello.")],
    ["a label of people", (shell) => local(shell, "label", "PAY-1", "--add", "urgent")],
    ["a title that it does not write", (shell) => local(shell, "edit", "PAY-1", "--title", "Theirs")],
    ["lines above the section", (shell) => edit(shell, (text) => text.replace("# Payments\n", "# Payments\n\nIntro.\n"))],
    ["another bullet", (shell) => edit(shell, (text) => text.replaceAll("- [ ]", "* [ ]"))],
    ["another file", (shell) => writeFileSync(join(shell.folder, "specs/b.md"), "## Other\n")],
  ])("is not stale for %s, and counts what it did", async (_name, change) => {
    const shell = await saved();
    await change(shell);
    const ran = await shell.canon("apply", "p.json");
    expect(ran).toMatchObject({ exitCode: 0 });
    expect(ran.out).toContain("2 updated · 1 spec edited");
    expect(specOf(shell)).toMatch(/^[-*] \[ \] theirs$/m);
  });

  test.each<[string, (shell: Shell) => unknown]>([
    ["the ticket's criteria", (shell) => local(shell, "criterion", "PAY-1", "--tick", "1")],
    ["the criterion that it brings", (shell) => local(shell, "criterion", "PAY-1", "--reword", "theirs", "--to", "other")],
    ["the ticket's status", (shell) => local(shell, "move", "PAY-1", "Done")],
    ["the section's words", (shell) => edit(shell, (text) => text.replace("gives back", "sends"))],
    ["the section's criteria", (shell) => edit(shell, (text) => text.replace("- [ ] the log", "- [x] the log"))],
    ["the section's place", (shell) => edit(shell, (text) => text.replace(/## Refunds[^]*(?=## Retries)/, ""))],
  ])("is refused as a whole after an edit of %s", async (_name, change) => {
    const shell = await saved();
    await change(shell);
    const before = specOf(shell);
    const ran = await shell.canon("apply", "p.json");
    expect(ran).toMatchObject({ exitCode: 6 });
    expect(ran.err).toContain("(plan-stale)");
    expect(specOf(shell)).toBe(before);
    expect((await shell.canon("local", "show", "PAY-2")).out).toContain("Try again");
    expect(lastJson(await shell.canon("apply", "p.json", "--json"))).toMatchObject({ type: "summary", exitCode: 6, diagnostics: [{ code: "plan-stale" }] });
  });

  test.each<[string, (text: string) => string]>([
    ["the lines for the spec", (text) => text.replaceAll('"- [ ] theirs"', '"- [x] mine"')],
    ["what is pulled", (text) => text.replaceAll('"[ ] theirs"', '"[ ] mine"')],
    ["its direction", (text) => text.replace('"direction": "both"', '"direction": "forward"')],
    ["who vouches", (text) => text.replace('"vouches": true', '"vouches": false')],
  ])("is refused when %s was altered in it", async (_name, change) => {
    const shell = await saved();
    edit(shell, change, "p.json");
    const before = filesIn(shell.folder);
    const ran = await shell.canon("apply", "p.json");
    expect(ran).toMatchObject({ exitCode: 1 });
    expect(ran.err).toContain("(plan-altered)");
    expect(filesIn(shell.folder)).toEqual(before);
  });
});

describe("odd tickets", () => {
  function inDatabase({ folder }: Shell, sql: string): void {
    const database = new DatabaseSync(join(folder, ".canon/local.sqlite"));
    database.exec(sql);
    database.close();
  }

  const ODD: Readonly<Record<string, (shell: Shell) => unknown>> = {
    archived: (shell) => local(shell, "archive", "PAY-1"),
    removed: (shell) => local(shell, "remove", "PAY-1"),
    canceled: (shell) => local(shell, "close", "PAY-1", "--canceled"),
    closed: (shell) => local(shell, "close", "PAY-1"),
    "another workspace's": (shell) => inDatabase(shell, `UPDATE ticket SET base = json_set(base, '$.workspace', 'other') WHERE key = 'PAY-1'`),
    released: (shell) => inDatabase(shell, `UPDATE ticket SET base = json_set(base, '$.released', json('true')) WHERE key = 'PAY-1'`),
    copied: async (shell) => {
      await local(shell, "duplicate", "PAY-1");
      edit(shell, (text) => text.replace("PAY-1", "PAY-3"));
    },
  };

  test.each(Object.entries(ODD))("%s: a question or an error, and nothing is brought from it", async (name, make) => {
    const shell = await applied();
    await local(shell, "criterion", "PAY-1", "--tick", "1");
    await make(shell);
    const before = specOf(shell);
    const text = await transcript(shell, "plan --sync", "sync --auto-approve", "resolve specs/a.md#refunds --keep tracker --auto-approve");
    expectTranscript(`answers/ticket-${name.replaceAll(/[ ']+/g, "-")}`, text);
    expect(specOf(shell).replace("- [x]", "- [ ]")).toBe(before);
    if (name !== "canceled" && name !== "closed") expect(specOf(shell)).toBe(before);
  });

  test.each<[string, string]>([
    ["lost", "NULL"],
    ["no JSON", "'hello'"],
    ["another JSON", `'{"hello":1}'`],
    ["of another format", "json_set(base, '$.format', 9)"],
    ["with a prototype", `'{"__proto__":{"a":1},"format":1}'`],
    ["half of one", "json_remove(base, '$.fields.criteria')"],
  ])("a base that is %s: equal sides are quiet, different ones a conflict", async (_name, value) => {
    const shell = await applied();
    inDatabase(shell, `UPDATE ticket SET base = ${value} WHERE key = 'PAY-1'`);
    const before = specOf(shell);
    expect(await shell.canon("sync", "--auto-approve")).toMatchObject({ exitCode: 0, err: "" });
    await local(shell, "criterion", "PAY-1", "--tick", "1");
    const ran = await shell.canon("sync", "--auto-approve");
    checkRules(["sync"], ran);
    expect(ran).toMatchObject({ exitCode: 4 });
    expect(specOf(shell)).toBe(before);
    expect(await shell.canon("resolve", "specs/a.md", "--keep", "tracker", "--auto-approve")).toMatchObject({ exitCode: 0 });
    expect(specOf(shell)).toBe(before.replace("- [ ] the money", "- [x] the money"));
    expect(await shell.canon("plan", "--sync", "--exit-code")).toMatchObject({ exitCode: 0 });
  });

  test("a status that the map does not name goes by its category, one that nobody knows stays", async () => {
    const shell = await applied(MINIMAL["canon.config.yaml"].replace("project: PAY", "project: PAY, status_map: { draft: Backlog, in_progress: In Progress }"));
    await local(shell, "move", "PAY-1", "In Review");
    expect(await shell.canon("sync", "--auto-approve")).toMatchObject({ exitCode: 0 });
    expect(specOf(shell)).toContain("system:refunds status:in_progress");
    expect((await shell.canon("plan", "--sync", "--exit-code")).exitCode).toBe(0);
    inDatabase(shell, "UPDATE ticket SET status = 'Gone \u202estatus' WHERE key = 'PAY-1'");
    const before = specOf(shell);
    expectTranscript("answers/status-gone", await transcript(shell, "sync --auto-approve"));
    expect(specOf(shell)).toBe(before);
  });
});

describe("a verifier", () => {
  test.each<[string, string]>([
    ["crashes", "kill -9 $$"],
    ["fails", "echo no such tool >&2; exit 3"],
    ["answers another schema", `echo '{"hello":1}'`],
    ["answers no JSON", "echo fine"],
    ["answers nothing", "true"],
    ["floods", "yes | head -c 50000000"],
    ["attacks the terminal", `printf '%s' '{"verdict":"refuted","evidence":[],"message":"a \\u001b[31m \\u202e x"}'`],
  ])("that %s leaves the section as it is, and is told", async (name, script) => {
    const shell = await applied(`${MINIMAL["canon.config.yaml"]}verify: { command: "sh ./verify.sh" }\n`);
    writeFileSync(join(shell.folder, "verify.sh"), `${script}\n`);
    await local(shell, "close", "PAY-1");
    const before = specOf(shell);
    expectTranscript(`answers/verifier-${name.replaceAll(" ", "-")}`, await transcript(shell, "sync --auto-approve"));
    expect(specOf(shell)).toBe(before);
    expect(lastJson(await shell.canon("sync", "--auto-approve", "--json"))).toMatchObject({ type: "summary", exitCode: 4 });
  });
});
