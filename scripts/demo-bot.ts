/**
 * `npm run demo:bot`: the story of the bot on an emulated GitHub and an emulated Linear. Every run of the bot is the
 * program itself in a fresh clone, with the event of a workflow, as `action.yml` starts it.
 */

import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startLinearEmulator } from "../test/emulators/linear/linear-emulator.ts";
import { githubStage } from "../test/forges/github-stage.ts";

const root = resolve(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "canon-bot-"));
const github = await githubStage();
const linear = await startLinearEmulator({ clock: github.github.clock, searchLag: 0 });
const SPEC = "specs/payments.md";

const CONFIG = `specs: { include: ["specs/**/*.md"] }
ticket_systems:
  engineering: { system: linear, project: ${linear.project}, base_url: "${linear.url}" }
bot: { enabled: true }
`;
const PAYMENTS = "# Payments\n\n## Refunds\n\n- [ ] Money is back within 14 days\n";
const KEYS = "\n## Key rotation\n\nKeys live for a day.\n\n- [ ] Old keys stop working\n";

/** What docs/bot.md asks for. */
const PERMISSIONS = { contents: "write", pull_requests: "write", issues: "write", checks: "write", metadata: "read" } as const;

const env = {
  ...process.env,
  ...linear.credentials,
  ...{ CANON_NOW: github.now(), NO_COLOR: "1", GIT_CONFIG_GLOBAL: "/dev/null" },
  ...{ GITHUB_TOKEN: github.github.addToken({ kind: "installation", permissions: PERMISSIONS }) },
  ...{ GITHUB_API_URL: github.github.url, GITHUB_REPOSITORY: github.github.project },
};

let clones = 0;

/** As actions/checkout does it. */
function freshClone(): string {
  const clone = join(folder, `job-${(clones += 1)}`);
  const { status, stderr } = spawnSync("git", ["clone", "-q", github.github.code.remote, clone], { encoding: "utf8", env });
  if (status !== 0) throw new Error(stderr);
  return clone;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Answers its exit code. */
function canon(words: readonly string[], cwd: string, more: Readonly<Record<string, string>> = {}): Promise<number> {
  return new Promise((ended, failed) => {
    const child = spawn(process.execPath, [join(root, "bin", "canon.js"), ...words], {
      cwd,
      env: { ...env, ...more },
      stdio: ["ignore", "inherit", "inherit"],
    });
    child.on("error", failed);
    child.on("close", (code) => ended(code ?? 70));
  });
}

async function onEvent(name: string, payload: object): Promise<void> {
  const file = join(folder, "event.json");
  writeFileSync(file, JSON.stringify(payload));
  say(`$ canon bot run          # on ${name}`);
  const code = await canon(["bot", "run"], freshClone(), { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: file });
  if (code !== 0) throw new Error(`canon bot run ended with ${code}`);
  say("");
}

async function showComments(number: number): Promise<void> {
  for (const { author, body } of await github.forge.comments(number)) say(quoted(`${author} says on #${number}:`, body.replace(/^<!-- .* -->\n/gm, "")));
}

function quoted(head: string, text: string): string {
  return `${head}\n${text
    .trim()
    .split("\n")
    .map((line) => `  | ${line}`)
    .join("\n")}\n`;
}

async function story(): Promise<void> {
  const olga = await github.person("olga", "admin");
  await olga.push("main", [
    { path: "canon.config.yaml", content: CONFIG },
    { path: ".gitignore", content: ".canon/\n" },
    { path: SPEC, content: PAYMENTS },
  ]);

  say("Olga adds a section to a spec, and opens a pull request.\n");
  await olga.push("rotation", [{ path: SPEC, content: PAYMENTS + KEYS }]);
  const first = await olga.open({ title: "Key rotation", head: "rotation" });
  await onEvent("pull_request", { action: "opened", pull_request: { number: first } });
  await showComments(first);

  say("She merges it.\n");
  await olga.merge(first);
  await onEvent("push", { ref: "refs/heads/main" });
  say(`Linear has ${linear.people.keys().join(", ")}.`);
  await showComments(first);

  const [key = ""] = linear.people.keys();
  const { body, title } = linear.people.show(key);
  say(`${linear.people.name}, a product manager, adds a criterion to ${key} (${title}) in Linear.\n`);
  linear.people.edit(key, { body: body.replace(/(^[-*] \[ ?\] Money.*$)/m, "$1\n- [ ] A receipt is sent") });
  await onEvent("schedule", { schedule: "0 * * * *" });
  const [proposal] = await github.forge.pullRequests({ state: "open" });
  if (proposal === undefined) throw new Error("no pull request was opened");
  say(quoted(`#${proposal.number} ${proposal.title}, by ${proposal.author}:`, proposal.body.replace(/^<!-- .* -->\n/gm, "")));

  say("Olga merges that too.\n");
  await olga.merge(proposal.number);
  await onEvent("push", { ref: "refs/heads/main" });

  say("$ canon plan --exit-code");
  const code = await canon(["plan", "--exit-code"], freshClone());
  if (code !== 0) throw new Error(`canon plan --exit-code ended with ${code}`);
  say("\nSpec and tickets say the same (exit 0).");
}

try {
  await story();
} finally {
  await linear.close();
  await github.end();
  rmSync(folder, { recursive: true, force: true });
}
