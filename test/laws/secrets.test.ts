/** Law 17: a secret never stands in a plan, a journal, a log, a report, an error or a ticket, wherever it came from. */

import { execFileSync } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { canon, type Ended } from "../harness/canon.ts";
import { LOCAL_CONFIG, makeProject, type Project } from "../harness/project.ts";

/** One per place, so that a leak tells where it came from. */
const CANARY = {
  jira: "canary-jira-4711aa",
  github: "ghp_canarygithub4711bb",
  linear: "lin_api_canarylinear4711cc",
  azure: "canary-azure/+&4711dd",
  prefixed: "canary-prefixed-4711ee",
  remote: "canary-remote-4711ff",
} as const;

const ENV = {
  CANON_DEBUG: "all",
  JIRA_HOST: "jira.example.com",
  JIRA_EMAIL: "dana@example.com",
  JIRA_API_TOKEN: CANARY.jira,
  GITHUB_TOKEN: CANARY.github,
  LINEAR_API_KEY: CANARY.linear,
  AZURE_DEVOPS_PAT: CANARY.azure,
  SEC_JIRA_API_TOKEN: CANARY.prefixed,
  HTTPS_PROXY: `http://proxy:${CANARY.jira}@proxy.example.com:8080`,
};

/** Every form in which a value may travel. */
const FORMS = Object.values(CANARY).flatMap((secret) => [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64").replace(/=+$/, "")]);

function leaksIn(text: string, where: string): readonly string[] {
  return FORMS.filter((form) => text.includes(form)).map((form) => `${where}: ${form}`);
}

function leaksOf({ stdout, stderr }: Ended, where: string): readonly string[] {
  return [...leaksIn(stdout, `${where} stdout`), ...leaksIn(stderr, `${where} stderr`)];
}

/** Every file that Canon may have written, databases included. */
async function leaksOnDisk({ root }: Project): Promise<readonly string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes("/.git/") && !path.endsWith("canon.config.yaml"));
  const found = await Promise.all(files.map(async (path) => leaksIn((await readFile(path)).toString("latin1"), path)));
  return found.flat();
}

const CONFIG = `specs: { include: ["specs/**/*.md"], exclude_headings: [] }
ticket_systems:
  main: { system: local, project: PAY }
  sec: { system: jira, project: SEC, base_url: "https://jira.example.com", auth: { env_prefix: SEC_ } }
routing:
  - match: { path: "specs/sec/**" }
    target: sec
  - match: { default: true }
    target: main
`;

async function project(config: string = CONFIG): Promise<Project> {
  const made = await makeProject({ "specs/one.md": "## One\n\n- [ ] a\n\n## Two\n\nText.\n", "specs/sec/two.md": "## Secret plans\n" }, config);
  const git = (...words: readonly string[]): void => void execFileSync("git", words, { cwd: made.root, stdio: "ignore" });
  git("init", "-b", "main");
  git("remote", "add", "origin", `https://dana:${CANARY.remote}@github.example.com/acme/specs.git`);
  git("add", ".");
  git("commit", "-m", "specs");
  return made;
}

describe("a canary in every credential, with CANON_DEBUG on", () => {
  it("appears nowhere in a day's work", { timeout: 60_000 }, async () => {
    const on = await project();
    const lines = [
      ["list", "--all"],
      ["validate"],
      ["plan"],
      ["plan", "--json"],
      ["plan", "--out", "plan.json"],
      ["apply", "--auto-approve", "--any-branch"],
      ["apply", "--auto-approve", "--json"],
      ["apply", "plan.json"],
      ["show", "specs/one.md#one"],
      ["plan", "--explain", "specs/one.md#one"],
      ["runs"],
      ["runs", "--json"],
      ["plan", "--target", "nowhere"],
      ["frobnicate", "--token", "x"],
    ];
    const leaks: string[] = [];
    for (const words of lines) leaks.push(...leaksOf(await canon([...words, "-C", on.root], ENV), words.join(" ")));
    expect((await on.tickets()).length).toBe(2);
    expect([...leaks, ...(await leaksOnDisk(on))]).toEqual([]);
  });

  it("appears nowhere when things go wrong", { timeout: 60_000 }, async () => {
    const on = await project();
    const desk = await on.desk();
    await desk.setFaults([
      { operation: "create", nth: 1, kind: "drop-answer" },
      { operation: "create", nth: 2, kind: "refuse" },
      { operation: "settle", nth: 1, kind: "unavailable" },
    ]);
    await desk.end();
    const leaks: string[] = [];
    const say = async (name: string): Promise<void> => void leaks.push(...leaksOf(await canon(["apply", "--auto-approve", "-C", on.root], ENV), name));
    await say("lost answers");
    const runs = await readdir(join(on.root, ".canon/state/runs"));
    const journal = runs.find((name) => name.endsWith(".jsonl"));
    if (journal !== undefined) await writeFile(join(on.root, ".canon/state/runs", journal), "garbage\n");
    await say("a damaged journal");
    await writeFile(join(on.root, ".canon/local.sqlite"), "garbage");
    await say("a damaged tracker");
    expect([...leaks, ...(await leaksOnDisk(on))]).toEqual([]);
  });
});

describe("a secret that somebody wrote into the configuration", () => {
  it.each([
    ["as a key of a target", LOCAL_CONFIG.replace("project: PAY", `project: PAY, api_token: "${CANARY.jira}"`)],
    ["as a key at the top", `${LOCAL_CONFIG}token: ${CANARY.jira}\n`],
    ["in a URL", LOCAL_CONFIG.replace("system: local, project: PAY", `system: jira, project: PAY, base_url: "https://dana:${CANARY.jira}@jira.example.com"`)],
    ["as a value of the wrong type", LOCAL_CONFIG.replace("project: PAY", `project: PAY, auth: "${CANARY.github}"`)],
    ["in a file that does not parse", `${LOCAL_CONFIG}token: "${CANARY.github}\n`],
  ])("%s is not repeated by the error", { timeout: 60_000 }, async (_name, config) => {
    const on = await makeProject({ "specs/one.md": "## One\n" }, config);
    const ends = await Promise.all([canon(["plan", "-C", on.root], ENV), canon(["plan", "--json", "-C", on.root], ENV)]);
    expect(ends.map(({ code }) => code)).not.toContain(0);
    expect([...ends.flatMap((end) => leaksOf(end, "plan")), ...(await leaksOnDisk(on))]).toEqual([]);
  });
});
