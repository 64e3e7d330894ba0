/** canon status and canon drift over a real project: what they count, and that they write nothing. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { lastJson, openShell, type Shell } from "./captured-world.ts";

const FILES = {
  "canon.config.yaml":
    "id: test\nticket_systems:\n  pay: { system: local, project: PAY }\n  oss: { system: local, project: OSS }\nrouting:\n  - { match: { path: specs/oss.md }, target: oss }\n  - { match: { default: true }, target: pay }\n",
  "specs/payments.md":
    "# Payments\n\n## Overview\n\n## Keys\n\n- [ ] Unique\n- [x] Short\n\n## Retries\n\n## Ledger\n<!-- canon:system:ledger status:in_progress -->\n\n## Shipped\n\n- [x] Done\n\n## Old\n<!-- canon:system:old status:deprecated -->\n",
  "specs/oss.md": "# Open source\n\n## Library\n",
  "specs/notes.md": "---\nsync: false\n---\n# Notes\n\n## Something\n",
};

interface Counts {
  readonly path: string;
  readonly sections: number;
  readonly states: Readonly<Record<string, number>>;
  readonly criteria: { readonly total: number; readonly checked: number };
  readonly drift: number;
  readonly conflicts: number;
  readonly questions: number;
  readonly oldest: { readonly kind: string; readonly key: string; readonly at: string } | null;
}

interface Status {
  readonly specs: readonly Counts[];
  readonly totals: Counts;
  readonly pending: number;
  readonly exitCode: number;
}

async function statusOf(shell: Shell, ...words: readonly string[]): Promise<Status> {
  const parsed: Status = JSON.parse((await shell.canon("status", "--json", ...words)).out);
  for (const counts of [...parsed.specs, parsed.totals]) expect(Object.values(counts.states).reduce((sum, number) => sum + number, 0)).toBe(counts.sections);
  expect(parsed.specs.reduce((sum, { sections }) => sum + sections, 0)).toBe(parsed.totals.sections);
  return parsed;
}

function of({ specs }: Status, path: string): Counts {
  const found = specs.find((spec) => spec.path === path);
  if (!found) throw new Error(`no ${path}`);
  return found;
}

function edit(shell: Shell, path: string, from: string, to: string): void {
  const file = join(shell.folder, path);
  const text = readFileSync(file, "utf8");
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
}

/** A person at work in the tracker. */
async function act(shell: Shell, ...words: readonly string[]): Promise<void> {
  expect(await shell.canon("local", ...words, "--target", "pay")).toMatchObject({ exitCode: 0, err: "" });
}

async function applied(): Promise<Shell> {
  const shell = openShell(FILES);
  expect((await shell.canon("apply", "--auto-approve")).exitCode).toBe(0);
  return shell;
}

const NONE = { draft: 0, todo: 0, in_progress: 0, blocked: 0, done: 0, deprecated: 0, no_ticket: 0 };

describe("canon status", () => {
  test("before the first apply: what would be a ticket has none, what is done or deprecated needs none", async () => {
    const status = await statusOf(openShell(FILES));
    expect(status.specs.map(({ path }) => path)).toEqual(["specs/oss.md", "specs/payments.md"]);
    expect(of(status, "specs/payments.md")).toMatchObject({ states: { ...NONE, no_ticket: 3, done: 1, deprecated: 1 }, criteria: { total: 3, checked: 2 } });
    expect(status).toMatchObject({ pending: 4, exitCode: 0, totals: { drift: 0, conflicts: 0, questions: 0, oldest: null } });
  });

  test("afterwards: by the states of the specs", async () => {
    const status = await statusOf(await applied());
    expect(of(status, "specs/payments.md").states).toEqual({ ...NONE, draft: 2, in_progress: 1, done: 1, deprecated: 1 });
    expect(status.pending).toBe(0);
  });

  test("a section whose spec names no state has that of its ticket", async () => {
    const shell = await applied();
    edit(shell, "specs/payments.md", "canon:system:ledger status:in_progress", "canon:system:ledger");
    const { states } = of(await statusOf(shell), "specs/payments.md");
    expect(states).toMatchObject({ draft: 2, in_progress: 1 });
  });

  test("what waits for a person, and since when", async () => {
    const shell = await applied();
    await act(shell, "edit", "PAY-1", "--title", "Tokens");
    await act(shell, "edit", "PAY-2", "--title", "Again");
    await act(shell, "close", "PAY-3", "--canceled");
    edit(shell, "specs/payments.md", "## Retries", "## Trying again");
    edit(shell, "specs/oss.md", "canon:ticket:local:OSS-1", "canon:ticket:local:OSS-77");
    const status = await statusOf(shell);
    expect(of(status, "specs/payments.md")).toMatchObject({ drift: 2, conflicts: 1, questions: 1, oldest: { kind: "conflict", key: "PAY-2" } });
    // Nobody can say how long a ticket has been missing.
    expect(of(status, "specs/oss.md")).toMatchObject({ drift: 0, conflicts: 0, questions: 1, oldest: null });
    expect(status.totals).toMatchObject({ drift: 2, conflicts: 1, questions: 2 });
    const { out } = await shell.canon("status");
    expect(out).toContain("1 conflict · 2 questions · oldest just now");
    expect(out).toContain("next: canon drift · canon plan");
  });

  test("of a part: addresses, exclusions, targets", async () => {
    const shell = await applied();
    expect((await statusOf(shell, "specs/payments.md#keys")).totals).toMatchObject({ sections: 1, criteria: { total: 2, checked: 1 } });
    expect((await statusOf(shell, "--exclude", "specs/payments.md")).specs.map(({ path }) => path)).toEqual(["specs/oss.md"]);
    expect((await statusOf(shell, "--target", "pay")).specs.map(({ path }) => path)).toEqual(["specs/payments.md"]);
    expect((await shell.canon("status", "specs/nope.md")).exitCode).not.toBe(0);
  });

  test("as Markdown, and with a spec that cannot be read", async () => {
    const shell = openShell({ ...FILES, "specs/bad.md": "## A\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n" });
    const { out, exitCode } = await shell.canon("status", "--md");
    expect(out).toContain("| Payments `specs/payments.md` | 1 | 1 | 3 | 2/3 |");
    expect(out).toContain("**error** `specs/bad.md:2`");
    expect(exitCode).toBe(1);
  });
});

describe("canon drift", () => {
  test("none is said in words", async () => {
    const shell = await applied();
    expect(await shell.canon("drift", "--exit-code")).toMatchObject({
      exitCode: 0,
      out: "  No drift. 3 sections match local PAY, 1 section matches local OSS.\n",
    });
  });

  test("an edit of a person: who, when, where; 3 only when asked for", async () => {
    const shell = await applied();
    const before = readFileSync(join(shell.folder, "specs/payments.md"), "utf8");
    await act(shell, "edit", "PAY-1", "--title", "Tokens");
    const { out, exitCode } = await shell.canon("drift");
    expect(out).toContain("Payments  specs/payments.md");
    expect(out).toMatch(/◂ PAY-1\s+Keys\s+title \[-Keys-\]\{\+Tokens\+\} \(dana, just now\)/);
    expect(exitCode).toBe(0);
    expect((await shell.canon("drift", "--exit-code")).exitCode).toBe(3);
    expect((await shell.canon("drift", "--exit-code", "specs/oss.md")).exitCode).toBe(0);
    const json = lastJson(await shell.canon("drift", "--json", "--exit-code"));
    expect(json).toMatchObject({ command: "drift", exitCode: 3, conflicts: [], drift: [{ key: "PAY-1", held: [{ field: "title", by: "dana" }] }] });
    expect(readFileSync(join(shell.folder, "specs/payments.md"), "utf8")).toBe(before);
  });

  test("both sides changed: 4; an edit of the spec alone is no drift", async () => {
    const shell = await applied();
    edit(shell, "specs/payments.md", "## Retries", "## Trying again");
    expect((await shell.canon("drift", "--exit-code")).exitCode).toBe(0);
    await act(shell, "edit", "PAY-2", "--title", "Again");
    const { out } = await shell.canon("drift");
    expect(out).toContain("title: both sides changed");
    expect(out).toContain("canon resolve specs/payments.md#retries");
    expect((await shell.canon("drift", "--exit-code")).exitCode).toBe(4);
    expect((await shell.canon("drift", "--md")).out).toContain("| ! | PAY-2 | Trying again |");
  });
});
