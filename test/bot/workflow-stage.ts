/** A workflow's job as a runner starts it: a fresh clone, the file of the event, and the one step of `action.yml` in a plain shell, against an emulated GitHub and Linear. */

import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { onTestFinished } from "vitest";
import { parse } from "yaml";
import { array, literal, object, record, string } from "zod/mini";
import { workflowEvent } from "../emulators/github/workflow-event.ts";
import type { JsonObject } from "../emulators/kit/json-value.ts";
import { startLinearEmulator, type LinearEmulator } from "../emulators/linear/linear-emulator.ts";
import { githubStage, type GithubStage } from "../forges/github-stage.ts";
import { git } from "../io/git-world.ts";
import { tempFolder } from "../io/temp-folder.ts";

const root = resolve(import.meta.dirname, "../..");

interface ActionStep {
  readonly env: Readonly<Record<string, string>>;
  readonly run: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly runs: { readonly steps: readonly ActionStep[] };
}

const schema = object({
  inputs: record(string(), object({ description: string(), default: string() })),
  runs: object({
    using: literal("composite"),
    steps: array(object({ shell: literal("bash"), "working-directory": string(), env: record(string(), string()), run: string() })),
  }),
});

export const action: Action = schema.parse(parse(readFileSync(join(root, "action.yml"), "utf8")));

/** What docs/bot.md asks for. */
const PERMISSIONS = { contents: "write", pull_requests: "write", issues: "write", checks: "write", metadata: "read" } as const;

/** What GitHub makes of it for a fork. */
const READING = { contents: "read", pull_requests: "read", issues: "read", checks: "read", metadata: "read" } as const;

export interface Job {
  readonly status: number | null;
  readonly out: string;
  /** Requests that reached Linear. */
  readonly asked: number;
}

export interface WorkflowStage {
  readonly github: GithubStage;
  readonly linear: LinearEmulator;
  /**
   * Starts the job; `sender` is who did it, `fill` what else the vendor's example shall say, and `mayWrite` false the token
   * that a fork's pull request gets.
   */
  readonly on: (event: {
    readonly name: string;
    readonly action?: string;
    readonly sender?: string;
    readonly fill?: JsonObject;
    readonly at?: string;
    readonly mayWrite?: boolean;
  }) => Promise<Job>;
  /** What an event says of a pull request as it stands now. */
  readonly pull: (number: number) => Promise<JsonObject>;
  /** What an event says of a push to main as it stands now. */
  readonly pushed: () => Promise<JsonObject>;
}

export async function workflowStage(files: Readonly<Record<string, string>>, bot: string = "enabled: true"): Promise<WorkflowStage> {
  const github = await githubStage();
  const linear = await startLinearEmulator({ clock: github.github.clock, searchLag: 0 });
  onTestFinished(async () => {
    await linear.close();
    await github.end();
  });
  const config = `specs: { include: ["specs/**/*.md"], exclude_headings: [] }\nticket_systems:\n  engineering: { system: linear, project: ${linear.project}, base_url: "${linear.url}" }\nbot: { ${bot} }\n`;
  const olga = await github.person("olga", "admin");
  const base = Object.entries({ "canon.config.yaml": config, ".gitignore": ".canon/\nnode_modules\n", ...files });
  await olga.push(
    "main",
    base.map(([path, content]) => ({ path, content })),
  );
  const folder = await tempFolder();
  const writer = github.github.addToken({ kind: "installation", permissions: PERMISSIONS });
  const reader = github.github.addToken({ kind: "installation", permissions: READING });
  const [owner = "", name = ""] = github.github.project.split("/");
  const repository = {
    name,
    full_name: github.github.project,
    default_branch: "main",
    private: true,
    visibility: "private",
    fork: false,
    owner: { login: owner },
  };
  const [step] = action.runs.steps;
  let jobs = 0;

  const checkout = (at: string): string => {
    const clone = join(folder, `job-${(jobs += 1)}`);
    git(folder, "clone", "-q", github.github.code.remote, clone);
    git(clone, "checkout", "-q", at);
    mkdirSync(join(clone, "node_modules", ".bin"), { recursive: true });
    // What npm makes of the package's bin.
    const program = `#!/bin/sh\nexec "${process.execPath}" "${join(root, "bin", "canon.js")}" "$@"\n`;
    writeFileSync(join(clone, "node_modules", ".bin", "canon"), program, { mode: 0o755 });
    return clone;
  };

  const run = (clone: string, event: string, token: string, payload: JsonObject): Promise<Job> => {
    const file = join(clone, "..", "event.json");
    writeFileSync(file, JSON.stringify(payload));
    // What a runner puts in for ${{ inputs.… }}.
    const given = Object.entries(step?.env ?? {}).map(([key, value]) => [key, value.replace("${{ inputs.token }}", token)] as const);
    const before = linear.requests.length;
    return new Promise((ended, failed) => {
      const child = spawn("bash", ["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step?.run ?? ""], {
        cwd: clone,
        stdio: ["ignore", "pipe", "pipe"],
        env: {
          ...{ PATH: `${join(process.execPath, "..")}:${process.env["PATH"]}`, HOME: folder, TMPDIR: folder, NO_COLOR: "1", GIT_CONFIG_GLOBAL: "/dev/null" },
          ...linear.credentials,
          ...{ CI: "true", CANON_NOW: github.now(), GITHUB_ACTIONS: "true", GITHUB_REPOSITORY: github.github.project, GITHUB_API_URL: github.github.url },
          ...{ GITHUB_EVENT_NAME: event, GITHUB_EVENT_PATH: file, ...Object.fromEntries(given) },
        },
      });
      let out = "";
      for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => (out += text));
      child.on("error", failed);
      child.on("close", (status) => ended({ status, out, asked: linear.requests.length - before }));
    });
  };

  return {
    ...{ github, linear },
    on: ({ name: event, action: did, sender = "olga", fill = {}, at = "origin/main", mayWrite = true }) =>
      run(
        checkout(at),
        event,
        mayWrite ? writer : reader,
        workflowEvent({ name: event, action: did ?? null, fill: { repository, sender: { login: sender }, ...fill } }),
      ),
    pull: async (number) => {
      const { title, body, state, head, base: into, mergeCommit, author } = await github.forge.pullRequest(number);
      const side = { user: { login: owner }, repo: repository };
      return {
        number,
        pull_request: {
          ...{ number, title, body, state: state === "open" ? "open" : "closed", user: { login: author } },
          ...{ merged: state === "merged", merge_commit_sha: mergeCommit },
          head: {
            ...side,
            ref: head.branch,
            sha: head.commit,
            repo: { ...repository, fork: head.fork, ...(head.fork ? { full_name: `mallory/${name}` } : {}) },
          },
          base: { ...side, ref: into.branch, sha: into.commit },
        },
      };
    },
    pushed: async () => {
      const [newest, before] = [(await github.forge.head("refs/heads/main")) ?? "", github.first];
      const [commit] = await github.forge.commits(before, newest);
      const head = { id: newest, message: commit?.message ?? "" };
      return { ref: "refs/heads/main", before, after: newest, created: false, head_commit: head, commits: [], pusher: { name: "olga" } };
    },
  };
}
