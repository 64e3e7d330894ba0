/** What a stranger sees: the whole of some commands as one text, with the rules that every answer obeys checked on the way. */

import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { displayWidth } from "../../src/core/text/terminal-text.ts";
import { CANON_VERSION } from "../../src/core/version.ts";
import type { Ran, Shell } from "./captured-world.ts";

/** `$ canon plan`, its output, and `[exit 1]`. A list of words stands for a line with odd characters. */
export async function transcript(shell: Shell, ...lines: readonly (string | readonly string[])[]): Promise<string> {
  const parts: string[] = [];
  for (const line of lines) {
    const words = typeof line === "string" ? line.split(" ") : line;
    const ran = await shell.canon(...words);
    checkRules(words, ran);
    if (ALSO_JSON.has(words[0] ?? "")) await checkJson(shell, words, ran);
    parts.push(
      `$ canon ${words.map(typed).join(" ")}\n${(ran.out + ran.err).replace(/^(?: .*\n)+/gm, (block) => placeless(block, shell.folder))}[exit ${ran.exitCode}]\n`,
    );
  }
  return parts
    .join("\n")
    .replaceAll(/\b(run|undo) [0-9a-f]{4}\b/g, "$1 3f2a")
    .replaceAll(/^ {2}[0-9a-f]{4} {2}/gm, "  3f2a  ")
    .replaceAll(/\d+\.\d s$/gm, "0.0 s")
    .replaceAll(`Canon ${CANON_VERSION}`, "Canon 1.2.3");
}

/** Temp folders have other names and lengths elsewhere: what names one is not wrapped, the workspace is `~`, any other `/outside`. */
function placeless(block: string, folder: string): string {
  const named = block.replaceAll(wrapped(folder), "~").replaceAll(ANY_FOLDER, "/outside");
  return named === block ? block : named.replaceAll(/\n {4,}(?=\S)/g, " ").replaceAll(/ +\((?=[a-z]+-[a-z-]+\)$)/gm, " (");
}

/** A long path is broken where the line ends. */
function wrapped(path: string): RegExp {
  return new RegExp([...path].map((character) => (/\w/.test(character) ? character : `\\${character}`)).join("(?:\\n +)?"), "g");
}

const ANY_FOLDER = new RegExp(`${wrapped(`${realpathSync(tmpdir())}/canon-cli-`).source}(?:\\n +)?(?:\\w(?:\\n +)?){6}`, "g");

function typed(word: string): string {
  return word.replaceAll(/[^ -~]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ""}}`);
}

/** Commands that only read answer twice alike. */
const ALSO_JSON = new Set(["list", "plan", "validate", "show", "runs"]);

/** No answer may look like a mistake of ours, or be wider than a terminal of old. */
export function checkRules(words: readonly string[], { out, err, exitCode }: Ran): void {
  const line = words.join(" ");
  const text = out + err;
  expect(text, line).not.toMatch(/This should not happen|\n\s+at .+:\d+:\d+|undefined|\[object/);
  expect(exitCode, line).not.toBe(70);
  expect(text, line).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069]/);
  // The text of a ticket is shown as it is.
  if (words[1] !== "show")
    for (const shown of text.split("\n").filter((one) => one.startsWith("  "))) expect(displayWidth(shown), shown).toBeLessThanOrEqual(80);
  if (exitCode !== 0 && err === "") expect(out, line).not.toBe("");
}

async function checkJson(shell: Shell, words: readonly string[], { exitCode }: Ran): Promise<void> {
  const ran = await shell.canon(...words, "--json");
  const lines = ran.out.trimEnd().split("\n");
  expect(lines, words.join(" ")).toHaveLength(1);
  const document: unknown = JSON.parse(lines[0] ?? "");
  expect(document).toMatchObject({ format: 1, exitCode: ran.exitCode, diagnostics: expect.any(Array) });
  expect(ran.exitCode, words.join(" ")).toBe(exitCode);
}

/** Compares with golden/NAME.txt; UPDATE_GOLDEN=1 writes it. */
export function expectTranscript(name: string, text: string): void {
  const file = join(import.meta.dirname, "golden", `${name}.txt`);
  if (process.env["UPDATE_GOLDEN"] && !process.env["CI"]) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  expect(existsSync(file), `${name}.txt is missing: UPDATE_GOLDEN=1 npx vitest run test/cli, then read what it wrote`).toBe(true);
  // A long name of the temp folder is broken where the line ends.
  const shown = (one: string): string => (realpathSync(tmpdir()).length > 24 ? one.replaceAll(/\s+/g, "") : one);
  expect(shown(text)).toBe(shown(readFileSync(file, "utf8")));
}

/** Every file below a folder with its content, links by where they lead: equal before and after, nothing was written. */
export function filesIn(folder: string, leaveOut: RegExp = /^\.canon\/state\/lock/): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const visit = (path: string): void => {
    const full = join(folder, path);
    const stat = lstatSync(full);
    if (stat.isDirectory()) for (const name of readdirSync(full).sort()) visit(path === "" ? name : `${path}/${name}`);
    else if (!leaveOut.test(path)) found[path] = stat.isSymbolicLink() ? `-> ${readlinkSync(full)}` : readFileSync(full, "latin1");
  };
  visit("");
  return found;
}
