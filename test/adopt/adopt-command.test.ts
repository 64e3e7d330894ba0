/** `canon adopt` as people type it: one pair, suggestions, a file of answers, and everything that cannot be meant. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { lastJson, openShell, type Shell } from "../cli/captured-world.ts";

const SPEC = `# Payments

## Key generation

Every attempt of one payment carries the same key.

- [ ] Keys are unique

### Key expiry

A key lives for a day.

## Refunds

A refund names its payment.

## Hidden
<!-- canon:skip -->

Nothing.
`;

const FILES = {
  "canon.config.yaml":
    "id: test\nticket_systems:\n  pay: { system: local, project: PAY }\n  ops: { system: local, project: OPS }\nrouting:\n  - match: { default: true }\n    target: pay\n",
  "specs/payments.md": SPEC,
};

/** PAY-1 is about keys, PAY-2 about refunds, PAY-3 about nothing. */
async function openBacklog(): Promise<Shell> {
  const shell = openShell(FILES);
  for (const [title, body] of [
    ["[BE] Generate keys", "Every attempt of one payment carries the same key, we think."],
    ["Refunds", "Ask Dana."],
    ["Order new laptops", ""],
  ] as const) {
    const made = await shell.canon("local", "create", title, "--body", body, "--target", "pay");
    expect(made.exitCode, made.err).toBe(0);
  }
  return shell;
}

const spec = ({ folder }: Shell): string => readFileSync(join(folder, "specs/payments.md"), "utf8");
const file = ({ folder }: Shell, name = "matches.csv"): string => readFileSync(join(folder, name), "utf8");
const ticket = async (shell: Shell, key: string): Promise<unknown> => {
  const {
    revision: _revision,
    base: _base,
    ...seen
  } = (lastJson(await shell.canon("local", "show", key, "--target", "pay", "--json"))["ticket"] ?? {}) as Record<string, unknown>;
  return seen;
};

/** Writes an answer into the row of a ticket. */
function answer(shell: Shell, key: string, word: string): void {
  const text = file(shell);
  expect(text).toContain(`\n,${key},`);
  writeFileSync(join(shell.folder, "matches.csv"), text.replace(`\n,${key},`, `\n${word},${key},`));
}

describe("one pair", () => {
  test("is shown, asked for and linked; the ticket keeps what people wrote", async () => {
    const shell = await openBacklog();
    const before = await ticket(shell, "PAY-1");
    const looked = await shell.canon("adopt", "PAY-1", "specs/payments.md#key-generation", "-n");
    expect(looked.exitCode, looked.err).toBe(0);
    expect(looked.out).toContain("PAY-1");
    expect(spec(shell)).toBe(SPEC);
    expect((await shell.asked(["no"], "adopt", "PAY-1", "specs/payments.md#key-generation")).out).toContain("Nothing was written.");
    expect(spec(shell)).toBe(SPEC);
    const done = await shell.asked(["yes"], "adopt", "PAY-1", "specs/payments.md#key-generation");
    expect(done.err).toContain("Adopt? Only yes is accepted");
    expect(done.exitCode, done.err).toBe(0);
    expect(spec(shell)).toMatch(/## Key generation\n<!-- canon:ticket:local:PAY-1 -->\n<!-- canon:system:key-generation status:\w+ -->\n\nEvery attempt/);
    expect(await ticket(shell, "PAY-1")).toEqual(before);
    expect((await shell.canon("local", "list", "--target", "pay", "--json")).out.match(/"key":"PAY-/g)).toHaveLength(3);
  });

  test("--keep spec writes what the spec says", async () => {
    const shell = await openBacklog();
    const done = await shell.canon("adopt", "PAY-1", "specs/payments.md#key-generation", "--keep", "spec", "--auto-approve");
    expect(done.exitCode, done.err).toBe(0);
    expect(await ticket(shell, "PAY-1")).toMatchObject({ title: "Key generation", body: expect.stringContaining("Keys are unique") });
  });

  test.each([
    [["PAY-9", "specs/payments.md#refunds"], 1, "pay has no ticket PAY-9", "ticket-unknown"],
    [["pay-2", "specs/payments.md#refunds"], 1, "Did you mean PAY-2?", "ticket-unknown"],
    [["PAY-2", "specs/payments.md#refund"], 1, "Did you mean specs/payments.md#refunds?", "address-unknown"],
    [["PAY-2", "specs/payments.md#hidden"], 1, "canon list --all", "adopt-refused"],
    [["PAY-2", "specs/payments.md#refunds", "--target", "ops"], 1, "belongs to pay", "adopt-refused"],
    [["PAY-2", "specs/payments.md#refunds", "--target", "pya"], 64, "Did you mean pay?", "target-unknown"],
    [["PAY-2", "specs/payments.md#refunds", "--keep", "booth"], 64, "Did you mean both?", "usage"],
    [["PAY-2"], 64, "KEY and a section's ADDRESS", "usage"],
    [["PAY-2", ""], 64, "An address is empty", "usage"],
    [["--suggest", "--from", "m.csv"], 64, "not both", "usage"],
    [["--out", "m.csv"], 64, "belongs to canon adopt --suggest", "usage"],
    [["--from", "m.csv", "PAY-2"], 64, "from the file", "usage"],
    [["--from", "m.csv"], 1, "m.csv is not there", "matches-unreadable"],
    [["PAY-2", "specs/payments.md#refunds"], 64, "nobody to ask", "usage"],
  ])("%j", async (words, exitCode, message, code) => {
    const shell = await openBacklog();
    const ran = await shell.canon("adopt", ...words, "--json");
    expect(ran.exitCode).toBe(exitCode);
    expect(ran.err.replace(/\s+/g, " ")).toContain(message);
    expect(lastJson(ran)["diagnostics"]).toContainEqual(expect.objectContaining({ code }));
    expect(spec(shell)).toBe(SPEC);
  });
});

describe("suggestions", () => {
  test("are shown, and decide nothing", async () => {
    const shell = await openBacklog();
    const { out, exitCode } = await shell.canon("adopt", "--suggest");
    expect(exitCode).toBe(0);
    expect(out).toMatch(/PAY-1 {2}\[BE\] Generate keys\n +specs\/payments\.md#key-generation\n/);
    expect(out).toMatch(/PAY-2 {2}Refunds\n +specs\/payments\.md#refunds\n +same title/);
    expect(out).toContain("1 ticket without one");
    expect(spec(shell)).toBe(SPEC);
    const records = (await shell.canon("adopt", "--suggest", "--json")).out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(records.filter(({ type }) => type === "match")).toContainEqual(
      expect.objectContaining({ ticket: { key: "PAY-3", title: "Order new laptops" }, section: null, score: 0 }),
    );
    expect(records.at(-1)).toMatchObject({ type: "summary", exitCode: 0, file: null });
  });

  test("addresses narrow them", async () => {
    const shell = await openBacklog();
    const { out } = await shell.canon("adopt", "--suggest", "specs/payments.md#refunds");
    expect(out).toContain("PAY-2");
    expect(out).not.toContain("specs/payments.md#key");
    expect((await shell.canon("adopt", "--suggest", "specs/payment.md")).err).toContain("Did you mean specs/payments.md?");
  });

  test("a file is made again until somebody answered in it, and nothing else is written over", async () => {
    const shell = await openBacklog();
    for (const _again of [1, 2]) expect((await shell.canon("adopt", "--suggest", "--out", "matches.csv")).exitCode).toBe(0);
    answer(shell, "PAY-3", "no");
    const answered = file(shell);
    const refused = await shell.canon("adopt", "--suggest", "--out", "matches.csv");
    expect(refused.exitCode).toBe(1);
    expect(refused.err.replace(/\s+/g, " ")).toContain("matches.csv holds 1 answer already");
    expect(file(shell)).toBe(answered);
    expect((await shell.canon("adopt", "--suggest", "--out", "specs/payments.md")).err).toContain("no file of matches");
    expect((await shell.canon("adopt", "--suggest", "--out", "specs")).err).toContain("it is a folder");
    expect(spec(shell)).toBe(SPEC);
  });
});

describe("a file of answers", () => {
  test("links what it says yes to, and nothing that it does not", async () => {
    const shell = await openBacklog();
    await shell.canon("adopt", "--suggest", "--out", "matches.csv");
    const idle = await shell.canon("adopt", "--from", "matches.csv", "--auto-approve");
    expect(idle).toMatchObject({ exitCode: 0, out: expect.stringContaining("nothing to adopt") });
    answer(shell, "PAY-2", "yes");
    answer(shell, "PAY-1", "no");
    const done = await shell.canon("adopt", "--from", "matches.csv", "--auto-approve");
    expect(done.exitCode, done.err).toBe(0);
    expect(spec(shell)).toContain("## Refunds\n<!-- canon:ticket:local:PAY-2 -->");
    expect(spec(shell)).not.toContain("PAY-1");
    expect((await shell.canon("adopt", "--from", "matches.csv", "--auto-approve")).exitCode).toBe(0);
    expect((await shell.canon("adopt", "--suggest")).out).not.toContain("PAY-2");
  });

  test("with one wrong row does nothing at all, and names the line", async () => {
    const shell = await openBacklog();
    await shell.canon("adopt", "--suggest", "--out", "matches.csv");
    answer(shell, "PAY-2", "yes");
    writeFileSync(
      join(shell.folder, "matches.csv"),
      `${file(shell)}yes,PAY-2,,specs/payments.md#key-expiry,,,\nyse,PAY-1,,specs/payments.md#key-generation,,,\n`,
    );
    const last = file(shell).trimEnd().split("\n").length;
    const ran = await shell.canon("adopt", "--from", "matches.csv", "--auto-approve");
    expect(ran.exitCode).toBe(1);
    expect(ran.err).toContain(`matches.csv:${last}`);
    expect(ran.err).toContain('Did you mean "yes"?');
    expect(ran.err).toMatch(new RegExp(`matches\\.csv:${last - 1} .*PAY-2 is the ticket of one section only`));
    expect(ran.err).toContain("also matches.csv:");
    expect(spec(shell)).toBe(SPEC);
  });

  test("that a spreadsheet saved in another encoding is refused, not guessed", async () => {
    const shell = await openBacklog();
    writeFileSync(join(shell.folder, "matches.csv"), Buffer.from("answer,key,address\nyes,PAY-2,specs/\xfcber.md#a\n", "latin1"));
    expect((await shell.canon("adopt", "--from", "matches.csv", "--auto-approve")).err).toContain("is not UTF-8");
  });
});
