/** What `canon doctor` says of the code host: who Canon is there, what its commands need, and what lacks. */

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { object, record, string, unknown, array, nullable } from "zod/mini";
import { run } from "../../src/cli/main.ts";
import type { Sink } from "../../src/cli/world.ts";
import type { GithubToken } from "../emulators/github/github-access.ts";
import { githubStage, type GithubStage } from "../forges/github-stage.ts";
import { git } from "../io/git-world.ts";
import { tempFolder } from "../io/temp-folder.ts";

let stage: GithubStage;
let folder: string;

interface Ran {
  readonly exitCode: number;
  readonly out: string;
}

type Environment = Readonly<Record<string, string>>;

async function doctor(env: Environment, ...more: readonly string[]): Promise<Ran> {
  let out = "";
  const sink: Sink = { write: (text) => void (out += text), isTerminal: false, stream: null, size: () => ({ columns: 120, rows: 24 }) };
  const exitCode = await run(["doctor", ...more], {
    cwd: folder,
    env: { PATH: "/usr/bin:/bin", CANON_NOW: stage.now(), CANON_USER: "dana", CANON_REQUEST_TIMEOUT: "5", ...env },
    ...{ stdout: sink, stderr: sink, ask: null, onInterrupt: () => () => undefined },
    exit: (code) => {
      throw new Error(`exit ${code}`);
    },
  });
  return { exitCode, out };
}

const withToken = (token: string): Environment => ({
  ...{ GITHUB_TOKEN: token, GITHUB_REPOSITORY: stage.github.project, GITHUB_API_URL: stage.github.url },
});

const tokenOf = (kind: GithubToken["kind"], permissions: GithubToken["permissions"]): Environment =>
  withToken(stage.github.addToken({ kind, permissions: { metadata: "read", ...permissions } }));

const ALL = { contents: "write", pull_requests: "write", issues: "write", checks: "write" } as const;

const config = (enabled: boolean): string =>
  `specs: { include: ["specs/**/*.md"] }\nticket_systems:\n  main: { system: local, project: PAY }\nbot: { enabled: ${enabled} }\n`;

async function turn(enabled: boolean): Promise<void> {
  await writeFile(join(folder, "canon.config.yaml"), config(enabled));
}

beforeEach(async () => {
  stage = await githubStage();
  onTestFinished(() => stage.end());
  folder = await tempFolder();
  git(folder, "init", "-q");
  await turn(true);
});

describe("with an app's token", () => {
  it("it says what each command needs, and that GitHub does not tell what the token has", async () => {
    const { exitCode, out } = await doctor(tokenOf("installation", ALL));
    expect(exitCode).toBe(0);
    expect(out).toContain(`code host  127.0.0.1`);
    expect(out).toContain("account     Connected as canon[bot].");
    expect(out).toContain("bot plan    needs contents: write (refs/canon/ only), pull requests: read, issues: write, checks: write\n");
    expect(out).toContain("bot apply   needs contents: write, pull requests: write, issues: write\n");
    expect(out).toContain("GitHub does not tell which permissions this token was made with.");
    expect(out).not.toMatch(/ has |GitHub takes checks from apps/);
    expect(out).toContain("is on here; what counts is the configuration on main");
    // What the document shows is what it prints.
    const shown = out.slice(out.indexOf("  code host")).replace(new URL(stage.github.url).host, "github.com");
    expect(await readFile(join(import.meta.dirname, "../../docs/bot.md"), "utf8")).toContain(`\`\`\`\n${shown}\`\`\`\n`);
  });

  it("each permission that lacks altogether is named, with what to change", async () => {
    const { exitCode, out } = await doctor(tokenOf("installation", { contents: "read", checks: "write" }));
    expect(exitCode).toBe(1);
    expect(out).toContain("The token lacks the permission pull requests: read.");
    expect(out).toContain("The token lacks the permission issues: read.");
    expect(out).not.toContain("contents: read");
  });
});

describe("with a person's token", () => {
  it("a classic one is told: scope and role, and that it can set no check", async () => {
    const env = withToken(stage.github.addToken({ kind: "classic", scopes: ["repo"] }));
    const { exitCode, out } = await doctor(env);
    expect([exitCode, out]).toEqual([0, expect.stringContaining("Connected as dana-agent.")]);
    expect(out).toMatch(/token {7}has .*push.*repo; needs push, repo/);
    expect(out).toContain("bot pull    needs repo\n");
    expect(out).toContain("GitHub takes checks from apps and from its own workflows only");
    expect(out).not.toContain("GitHub does not tell");
  });

  it("a fine-grained one is not, and a role that is too small is an error", async () => {
    stage.github.setRole(stage.github.project, "read");
    const { exitCode, out } = await doctor(tokenOf("fine-grained", ALL));
    expect(exitCode).toBe(1);
    expect(out).toContain("GitHub does not tell which permissions this token was made with.");
    expect(out).toContain('dana-agent, or its token, lacks "push"');
    expect(out).toContain("Give the account write access to the repository");
  });
});

describe("what cannot be reached", () => {
  const LIMIT = 30_000;

  it("is an error where the bot is on, and says what to do", { timeout: LIMIT }, async () => {
    const away = await doctor({ ...withToken("x"), GITHUB_API_URL: "http://127.0.0.1:9" });
    expect([away.exitCode, away.out]).toEqual([1, expect.stringMatching(/code host {2}127\.0\.0\.1:9[^]*forge-unreachable/)]);
    expect(await doctor(withToken("wrong"))).toMatchObject({ exitCode: 1, out: expect.stringContaining("GITHUB_TOKEN is wrong or has expired") });
    expect(await doctor({})).toMatchObject({ exitCode: 1, out: expect.stringContaining("Canon does not know the code host of this clone") });
    expect(await doctor({ GITHUB_REPOSITORY: "a/b", GITHUB_API_URL: stage.github.url })).toMatchObject({
      exitCode: 1,
      out: expect.stringContaining("GITHUB_TOKEN is not set"),
    });
    const bundle = await doctor({ ...withToken("x"), CANON_CA_BUNDLE: "/nowhere.pem" });
    expect([bundle.exitCode, bundle.out]).toEqual([1, expect.stringContaining("/nowhere.pem")]);
  });

  it("is none where it is off: nothing is said of it, or a notice", { timeout: LIMIT }, async () => {
    await turn(false);
    const none = await doctor({});
    expect(none.exitCode).toBe(0);
    expect(none.out).not.toContain("code host");
    const wrong = await doctor(withToken("wrong"));
    expect([wrong.exitCode, wrong.out]).toEqual([0, expect.stringContaining("GITHUB_TOKEN is wrong or has expired")]);
    const { exitCode, out } = await doctor(tokenOf("installation", { contents: "read" }));
    expect([exitCode, out]).toEqual([
      0,
      expect.stringContaining("is off: it writes to no tracker and proposes nothing until bot: { enabled: true } stands on main"),
    ]);
  });
});

it("is one document for programs", async () => {
  const schema = object({ forge: nullable(object({ identity: string(), commands: array(unknown()), diagnostics: array(record(string(), unknown())) })) });
  const there = schema.parse(JSON.parse((await doctor(tokenOf("installation", ALL), "--json")).out));
  expect(there.forge).toMatchObject({ commands: [{ command: "plan" }, { command: "apply" }, { command: "pull" }], diagnostics: [] });
  await turn(false);
  expect(schema.parse(JSON.parse((await doctor({}, "--json")).out)).forge).toBeNull();
});
