/** A process for tests: a folder, an environment, and streams that remember what was written. */

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { run } from "../../src/cli/main.ts";
import type { Sink, World } from "../../src/cli/world.ts";

export interface Ran {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

export interface Shell {
  readonly folder: string;
  /** The words after `canon`. */
  readonly canon: (...words: readonly string[]) => Promise<Ran>;
  /** The same with somebody who types these lines when asked. */
  readonly asked: (answers: readonly string[], ...words: readonly string[]) => Promise<Ran>;
}

export const MINIMAL = {
  "canon.config.yaml": "id: test\nticket_systems:\n  pay: { system: local, project: PAY }\n",
  "specs/payments.md": "# Payments\n\n## Key generation\n\nKeys live for a day.\n\n- [ ] Keys are unique\n",
};

/** A fresh folder with these files, gone after the test. */
export function openShell(files: Readonly<Record<string, string>> = {}): Shell {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "canon-cli-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return { folder, canon: (...words) => runIn(folder, words, null), asked: (answers, ...words) => runIn(folder, words, [...answers]) };
}

async function runIn(folder: string, words: readonly string[], answers: string[] | null): Promise<Ran> {
  const written = { out: "", err: "" };
  const sink = (name: "out" | "err"): Sink => ({
    write: (text) => void (written[name] += text),
    isTerminal: false,
    stream: null,
    size: () => ({ columns: 80, rows: 24 }),
  });
  const world: World = {
    cwd: folder,
    env: { CANON_NOW: "2026-11-21T10:00:00Z", CANON_USER: "dana", GIT_CONFIG_GLOBAL: "/dev/null" },
    stdout: sink("out"),
    stderr: sink("err"),
    ask:
      answers === null
        ? null
        : async (question) => {
            written.err += question;
            return answers.shift() ?? null;
          },
    onInterrupt: () => () => {},
    exit: (code) => {
      throw new Error(`exit ${code}`);
    },
  };
  const exitCode = await run(words, world);
  return { exitCode, ...written };
}

/** The last line of JSON output. */
export function lastJson({ out }: Ran): Readonly<Record<string, unknown>> {
  return JSON.parse(out.trimEnd().split("\n").at(-1) ?? "null");
}
