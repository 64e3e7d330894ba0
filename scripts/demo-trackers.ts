/** `npm run demo:trackers`: examples/multi-tracker, planned and applied to an emulated Jira, Linear and GitHub, with all they do to texts. */

import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startGithubEmulator } from "../test/emulators/github/github-emulator.ts";
import { startJiraEmulator } from "../test/emulators/jira/jira-emulator.ts";
import { startLinearEmulator } from "../test/emulators/linear/linear-emulator.ts";

const root = resolve(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "canon-trackers-"));
cpSync(join(root, "examples", "multi-tracker"), folder, { recursive: true });

const jira = await startJiraEmulator({ flavour: "cloud" });
const linear = await startLinearEmulator();
const github = await startGithubEmulator();

/** The example as it is, but for where its trackers are. */
function pointed(config: string): string {
  return config
    .replace("project: PLAT", `project: ${jira.project}`)
    .replace("https://acme.atlassian.net", jira.url)
    .replace(/\n *status_map: .*/, "")
    .replace("project: SEC", `project: ${linear.project}\n    base_url: ${linear.url}`)
    .replace("repo: acme/payments-sdk", `repo: ${github.project}\n    base_url: ${github.url}`);
}

const file = join(folder, "canon.config.yaml");
writeFileSync(file, pointed(readFileSync(file, "utf8")));
const env = { ...process.env, ...jira.credentials, ...linear.credentials, ...github.credentials };

/** The program itself, as people run it; answers its exit code. */
function canon(...args: readonly string[]): Promise<number> {
  process.stdout.write(`$ canon ${args.join(" ")}\n`);
  return new Promise((ended, failed) => {
    const child = spawn(process.execPath, [join(root, "bin", "canon.js"), ...args], { cwd: folder, env, stdio: ["ignore", "inherit", "inherit"] });
    child.on("error", failed);
    child.on("close", (code) => {
      process.stdout.write("\n");
      ended(code ?? 70);
    });
  });
}

try {
  const steps: readonly (readonly string[])[] = [["plan"], ["apply", "--auto-approve"], ["plan", "--exit-code"]];
  for (const step of steps) {
    const code = await canon(...step);
    if (code === 0) continue;
    process.stdout.write(`canon ${step.join(" ")} ended with ${code}\n`);
    process.exitCode = code;
    break;
  }
  if (process.exitCode === undefined) process.stdout.write("Three trackers hold what the specs say: the last plan found nothing to do (exit 0).\n");
} finally {
  for (const emulator of [jira, linear, github]) await emulator.close();
  rmSync(folder, { recursive: true, force: true });
}
