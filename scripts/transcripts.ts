/** Runs the transcripts of README.md and docs/ in temporary folders and writes their real output back; with --check it only compares. */

import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { findTranscripts, printTranscript, type TranscriptBlock, type TranscriptCommand } from "./transcript-block.ts";

const root = resolve(import.meta.dirname, "..");
const scratch = realpathSync(mkdtempSync(join(tmpdir(), "canon-transcripts-")));
const home = join(scratch, "home");
const bin = join(scratch, "bin");

/** `canon` is this clone's own, and everything that differs from machine to machine is fixed. */
const environment: NodeJS.ProcessEnv = {
  PATH: `${bin}:${process.env.PATH}`,
  HOME: home,
  TZ: "UTC",
  LANG: "C.UTF-8",
  NO_COLOR: "1",
  COLUMNS: "80",
  CANON_NOW: "2026-11-20T09:30:00Z",
  CANON_USER: "dana",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
};

/** What a transcript may call by name: Canon, and what makes and answers the backlog of docs/ADOPTING.md. */
const PROGRAMS = [
  ["canon", "bin/canon.js"],
  ["make-backlog", "scripts/make-backlog.ts"],
  ["answer-matches", "scripts/answer-matches.ts"],
] as const;

function prepare(): void {
  for (const folder of [home, bin]) mkdirSync(folder);
  for (const [name, script] of PROGRAMS) {
    writeFileSync(join(bin, name), `#!/bin/sh\nexec "${process.execPath}" "${join(root, script)}" "$@"\n`);
    chmodSync(join(bin, name), 0o755);
  }
}

/** One folder for each name, made when its first block runs. */
const folders = new Map<string, string>();

function folderOf({ name, from }: TranscriptBlock): string {
  const known = folders.get(name);
  if (known !== undefined) return known;
  const folder = join(home, name);
  folders.set(name, folder);
  if (from === null) mkdirSync(folder);
  else cpSync(join(root, from), folder, { recursive: true });
  return folder;
}

function run({ text, exitCode }: TranscriptCommand, folder: string, document: string): string {
  const script = `exec 2>&1\n${text}`;
  const result = spawnSync("bash", ["-c", script], { cwd: folder, env: environment, encoding: "utf8", input: "", timeout: 60_000 });
  // How long a run took is the one thing that no two runs share.
  const output = result.stdout
    .replaceAll(home, "~")
    .replaceAll(root, "canon")
    .replace(/(requests?), \d+\.\d s$/gm, "$1, 0.1 s");
  if (result.status !== exitCode) {
    throw new Error(`${document}: "${text}" ended with ${result.status ?? result.signal} instead of ${exitCode}:\n${output}`);
  }
  return output;
}

/** The document with fresh output; blocks from the last to the first would run in the wrong order, so pieces are gathered. */
function refresh(document: string, text: string): string {
  const pieces: string[] = [];
  let position = 0;
  for (const block of findTranscripts(text)) {
    const outputs = block.commands.map((command) => run(command, folderOf(block), document));
    pieces.push(text.slice(position, block.start), printTranscript(block.commands, outputs));
    position = block.end;
  }
  return pieces.join("") + text.slice(position);
}

/** The first line in which two texts differ, for a person. */
function firstDifference(before: string, after: string): string {
  const [old, fresh] = [before.split("\n"), after.split("\n")];
  const line = old.findIndex((text, index) => text !== fresh[index]);
  return `line ${line + 1}\n  document: ${old[line]}\n  now:      ${fresh[line] ?? "(nothing)"}`;
}

prepare();
const check = process.argv.includes("--check");
const documents = ["README.md", ...readdirSync(join(root, "docs")).map((name) => `docs/${name}`)].filter((path) => path.endsWith(".md"));
let blocks = 0;
try {
  for (const document of documents) {
    const before = readFileSync(join(root, document), "utf8");
    blocks += findTranscripts(before).length;
    const after = refresh(document, before);
    if (after === before) continue;
    if (check) {
      console.error(`${document} shows output that Canon no longer prints: ${firstDifference(before, after)}\nRun "npm run docs" and read the difference.`);
      process.exitCode = 1;
    } else {
      writeFileSync(join(root, document), after);
      console.log(`${document} rewritten`);
    }
  }
  console.log(`${blocks} transcript blocks in ${documents.length} documents`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
