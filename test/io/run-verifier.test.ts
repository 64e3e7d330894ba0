/** The verifier as people write it, and as it goes wrong: real scripts, real processes. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { runVerifier, type VerifierOptions, type VerifierResult } from "../../src/io/run-verifier.ts";
import type { VerifierQuestion } from "../../src/io/verifier-schema.ts";
import { tempFolder } from "./temp-folder.ts";

const QUESTION: VerifierQuestion = {
  format: 1,
  address: "specs/payments.md#key-gen",
  title: "Key generation `$(touch pwned)`",
  ticket: { key: "PAY-1", url: null, title: "'; touch pwned; '", status: "Done" },
  criteria: [{ text: "Keys are unique", checked: true }],
  commit: null,
};

const YES = `echo '{"verdict":"verified","evidence":[]}'`;

interface Stage {
  readonly folder: string;
  /** Runs this shell script as the verifier. */
  readonly ask: (script: string, options?: Partial<VerifierOptions>) => Promise<VerifierResult>;
  /** Whether the process whose id stands in this file is alive. */
  readonly lives: (file: string) => Promise<boolean>;
}

async function stage(): Promise<Stage> {
  const folder = await tempFolder();
  const ask: Stage["ask"] = async (script, options = {}) => {
    await writeFile(join(folder, "verify.sh"), script);
    return runVerifier("sh ./verify.sh", QUESTION, { cwd: folder, env: process.env, timeout: 10_000, ...options });
  };
  return { folder, ask, lives: (file) => lives(join(folder, file)) };
}

async function lives(file: string): Promise<boolean> {
  const pid = Number(await readFile(file, "utf8"));
  expect(pid).toBeGreaterThan(1);
  for (let tries = 0; tries < 100; tries += 1) {
    // A zombie still answers to signals; its state tells.
    const state = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
    if (state === null || / Z /.test(state)) return false;
    await new Promise((next) => setTimeout(next, 20));
  }
  return true;
}

function messageOf(result: VerifierResult): string {
  expect(result.verdict).toBe("failed");
  return result.message ?? "";
}

describe("a verifier that answers", () => {
  test("is asked on stdin, in the workspace, and is understood", async () => {
    const { ask, folder } = await stage();
    const answer = { verdict: "refuted", evidence: [{ path: "src/keys.ts", lines: "12-30", note: "no test" }], message: "No test covers it.", extra: 1 };
    const result = await ask(`cat > asked.json; pwd > where; echo '${JSON.stringify(answer)}'`);
    expect(result).toEqual({ verdict: "refuted", evidence: answer.evidence, message: answer.message });
    expect(JSON.parse(await readFile(join(folder, "asked.json"), "utf8"))).toEqual(QUESTION);
    expect((await readFile(join(folder, "where"), "utf8")).trim()).toContain(folder);
  });

  test("may be a command line with pipes, and need not read what it is asked", async () => {
    const { folder } = await stage();
    const big = { ...QUESTION, criteria: Array.from({ length: 20_000 }, (_, index) => ({ text: `criterion ${index}`, checked: false })) };
    const line = `true && echo '{"verdict":"nope","evidence":[]}' | sed s/nope/unknown/`;
    expect(await runVerifier(line, big, { cwd: folder, env: process.env })).toEqual({ verdict: "unknown", evidence: [], message: null });
  });

  test("never has words of tickets on its command line", async () => {
    const { ask, folder } = await stage();
    expect((await ask(`cat > /dev/null; ${YES}`)).verdict).toBe("verified");
    await expect(readFile(join(folder, "pwned"))).rejects.toThrow("ENOENT");
  });

  test("may be called and leave a child that holds its output open: the answer counts, the child is ended", async () => {
    const { ask, lives: alive } = await stage();
    const began = performance.now();
    expect((await ask(`sleep 60 & echo $! > child; ${YES}`)).verdict).toBe("verified");
    expect(performance.now() - began).toBeLessThan(5000);
    expect(await alive("child")).toBe(false);
  });

  test("may leave a child in a session of its own that holds its output open", async () => {
    const { ask } = await stage();
    const began = performance.now();
    expect((await ask(`setsid sleep 4 & ${YES}`)).verdict).toBe("verified");
    expect(performance.now() - began).toBeLessThan(3000);
  });
});

describe("a verifier that goes wrong is said to have failed, with what to do", () => {
  test("it hangs, with children: all of them are ended", async () => {
    const { ask, lives: alive } = await stage();
    const result = await ask("sleep 60 & echo $! > child; (trap '' TERM INT; sleep 60) & echo $! > deaf; wait", { timeout: 400 });
    expect(messageOf(result)).toBe('the verifier gave no answer within 0.4 s and was stopped. Make it faster, or let it answer "unknown" in time.');
    expect(await alive("child")).toBe(false);
    expect(await alive("deaf")).toBe(false);
  });

  test("it crashes: its last words are passed on", async () => {
    const { ask } = await stage();
    const result = await ask(`${YES}; echo 'starting' >&2; echo 'cannot find src/keys.ts' >&2; exit 3`);
    expect(messageOf(result)).toBe("the verifier ended with exit code 3: cannot find src/keys.ts. Run the command of verify: by hand to see why.");
  });

  test("it is not there", async () => {
    const { folder } = await stage();
    const result = await runVerifier("./no-such-verifier", QUESTION, { cwd: folder, env: process.env });
    expect(messageOf(result)).toMatch(/^the verifier ended with exit code 127: .*no-such-verifier.* Run the command of verify: by hand to see why\.$/);
  });

  test("the workspace is not there", async () => {
    const result = await runVerifier("true", QUESTION, { cwd: "/no/such/folder", env: process.env });
    expect(messageOf(result)).toMatch(/^the verifier could not be started: .+ Check verify: in the configuration\.$/);
  });

  test("it kills itself", async () => {
    const { folder } = await stage();
    expect(messageOf(await runVerifier("kill -9 $$", QUESTION, { cwd: folder, env: process.env }))).toContain("was ended by SIGKILL");
  });

  test("it prints 10 MB: it is stopped early", async () => {
    const { ask, folder } = await stage();
    expect(messageOf(await ask("head -c 10000000 /dev/zero | tr '\\0' x; echo end > end"))).toContain("printed more than 1 MB and was stopped");
    await expect(readFile(join(folder, "end"))).rejects.toThrow("ENOENT");
  });

  test.each([
    ["true", "printed nothing"],
    ["echo", "printed nothing"],
    ["echo all good", 'printed something that is not one JSON document ("all good")'],
    [`${YES}; ${YES}`, "not one JSON document"],
    [`echo null`, "no verdict (it must be an object)"],
    [`echo '"verified"'`, "no verdict (it must be an object)"],
    [`echo '[]'`, "no verdict (it must be an object)"],
    [`echo '{"ok":true}'`, "no verdict (verdict must be verified, refuted or unknown)"],
    [`echo '{"verdict":"Verified","evidence":[]}'`, "verdict must be verified, refuted or unknown"],
    [`echo '{"verdict":"verified"}'`, "evidence must be a list"],
    [`echo '{"verdict":"verified","evidence":[{"path":"../../etc/passwd"}]}'`, "evidence.0.path must be a path within the workspace"],
    [`echo '{"verdict":"verified","evidence":[{"path":"/etc/passwd"}]}'`, "must be a path within the workspace"],
    [`echo '{"verdict":"verified","evidence":[{"path":"a.ts","lines":"12-->"}]}'`, 'evidence.0.lines must be "12" or "12-30"'],
  ])("it prints by `%s`", async (script, words) => {
    const { ask } = await stage();
    const message = messageOf(await ask(script));
    expect(message).toContain(words);
    expect(message).toContain('It must print one JSON document on stdout: {"verdict":');
  });
});

describe("what it can see", () => {
  const CANARY = "canary-5d2f81c9";

  test("its tools, and no credential", async () => {
    const { ask, folder } = await stage();
    const env = {
      ...{ PATH: process.env["PATH"], HOME: "/home/dana", LANG: "C.UTF-8", LC_TIME: "C", CI: "true", CANON_USER: "dana", CANON_NOW: "2026-11-21T10:00:00Z" },
      ...{ JIRA_API_TOKEN: CANARY, GITHUB_TOKEN: CANARY, LINEAR_API_KEY: CANARY, AZURE_DEVOPS_PAT: CANARY, SEC_JIRA_API_TOKEN: CANARY },
      ...{ CANON_JIRA_API_TOKEN: CANARY, CANON_JIRA_EMAIL: CANARY, CANON_SECRET: CANARY, CANON_COPY: `x${CANARY}`, LC_COPY: CANARY },
      ...{ CANON_PROXY: `https://dana:${CANARY}@proxy`, HTTPS_PROXY: `http://${CANARY}@proxy`, AWS_ACCESS_KEY_ID: CANARY, MY_OWN: CANARY },
    };
    expect((await ask(`env > env; ${YES}`, { env })).verdict).toBe("verified");
    const seen = await readFile(join(folder, "env"), "utf8");
    expect(seen).not.toContain(CANARY);
    const names = seen.split("\n").map((line) => line.split("=")[0]);
    expect(names).toEqual(expect.arrayContaining(["PATH", "HOME", "LANG", "LC_TIME", "CI", "CANON_USER", "CANON_NOW"]));
    // What a shell sets by itself.
    const own = new Set(["", "PWD", "OLDPWD", "SHLVL", "_", "PATH", "HOME", "LANG", "LC_TIME", "CI", "CANON_USER", "CANON_NOW"]);
    expect(names.filter((name) => !own.has(name ?? ""))).toEqual([]);
  });

  test("what it says of a secret that it found elsewhere is hidden", async () => {
    const { ask } = await stage();
    const env = { ...process.env, JIRA_API_TOKEN: CANARY };
    expect(messageOf(await ask(`echo 'bad token ${CANARY}' >&2; exit 1`, { env }))).not.toContain(CANARY);
    expect(JSON.stringify(await ask(`echo '{"verdict":"unknown","evidence":[],"message":"${CANARY}"}'`, { env }))).not.toContain(CANARY);
  });
});

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s ends the verifier and Canon", async (signal) => {
  const { folder } = await stage();
  const child = spawn(process.execPath, [join(import.meta.dirname, "verifier-child.ts"), folder], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child.stdout, "data");
  child.kill(signal);
  expect(await once(child, "exit")).toEqual([null, signal]);
  expect(await lives(join(folder, "pid"))).toBe(false);
});
