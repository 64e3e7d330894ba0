/** What lies in a workspace is never started for a program of the machine: whoever clones a repository has not agreed to run it. */

import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { runCanon } from "./run-canon.ts";

const CONFIG = 'id: test\nticket_systems:\n  main: { system: github, project: acme/pay, public: true, base_url: "http://127.0.0.1:9" }\n';

/** A folder with a gh that notes that it was started, answers the path of that note. */
function gh(folder: string, note: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "gh"), `#!/bin/sh\ntouch "${note}"\necho token\n`);
  chmodSync(join(folder, "gh"), 0o755);
  return note;
}

it.each([
  ["plan", { "canon.config.yaml": CONFIG }],
  ["init --yes", {}],
])("canon %s asks the gh of PATH, not one in the workspace", async (words, files) => {
  const root = mkdtempSync(join(tmpdir(), "canon-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const cwd = join(root, "clone");
  const foreign = gh(join(cwd, "node_modules/.bin"), join(root, "foreign"));
  const installed = gh(join(root, "bin"), join(root, "installed"));
  for (const [path, text] of Object.entries(files)) writeFileSync(join(cwd, path), text);
  const PATH = ["node_modules/.bin", join(root, "bin"), process.env["PATH"]].join(delimiter);
  await runCanon(words.split(" "), { cwd, env: { PATH, GITHUB_TOKEN: undefined } });
  expect([existsSync(foreign), existsSync(installed)]).toEqual([false, true]);
});
