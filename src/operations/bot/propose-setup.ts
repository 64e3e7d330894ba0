/** The bot's first act in a repository without a configuration: one pull request that proposes one. Closing it means no, for ever. */

import { join } from "node:path";
import { printConfig } from "../../core/config/print-config.ts";
import { FORWARD } from "../../core/plan/selection.ts";
import type { FileChange } from "../../forges/forge.ts";
import { CONFIG_NAMES } from "../../io/config-file.ts";
import { defaultAnswers, inspectForInit } from "../init.ts";
import { listSpecs } from "../list.ts";
import type { BotWorld } from "./bot-world.ts";
import { openWith } from "./open-at-commit.ts";
import { isOwnUpTo, messageOf } from "./own-commits.ts";

const BRANCH = "canon/setup";
const TITLE = "Set up Canon";

/** Answers the address of the pull request that is open; null: there is nothing to propose, or it was answered. */
export async function proposeSetup(
  world: BotWorld,
  { base, defaultBranch }: { readonly base: string; readonly defaultBranch: string },
): Promise<string | null> {
  const { forge, clone, env, words } = world;
  // Whoever opened it: a no stays one where the bot has another account since.
  const asked = (await forge.pullRequests({ headPrefix: BRANCH })).find(({ head }) => !head.fork && head.branch === BRANCH);
  if (asked !== undefined) return asked.state === "open" ? asked.url : null;
  const findings = await inspectForInit(join(clone.top, clone.prefix), env);
  if (findings.folders.length === 0) return null;
  const answers = defaultAnswers(findings, forge.kind === "github" ? "github" : "local");
  if (answers.project === "") return null;
  const [name = ""] = CONFIG_NAMES;
  const text = `${printConfig(answers)}\nbot:\n  # Carry out what was reviewed on merged pull requests, and propose what people change on tickets.\n  enabled: true\n`;
  const opened = await openWith(world, { prefix: clone.prefix, name }, printConfig({ ...answers, sections: "all" }));
  if (!opened.ok) return null;
  try {
    await opened.at.fill(base);
    const { specs } = await listSpecs(opened.at.workspace, { addresses: [], exclude: [], targets: [], includeDone: true, ...FORWARD });
    if (specs.length === 0) return null;
    const stands = await forge.head(`refs/heads/${BRANCH}`);
    if (stands !== null && !(await isOwnUpTo(forge, base, stands))) return null;
    const files: readonly FileChange[] = [{ path: clone.prefix + name, text }];
    const outcome = await forge.commit({ ref: `refs/heads/${BRANCH}`, expected: stands, parent: base, files, message: messageOf("setup", TITLE, base, files) });
    if (outcome.state === "moved") return null;
    const wish = { title: TITLE, body: words.setupBody(specs), head: BRANCH, base: defaultBranch, labels: [], reviewers: [] };
    return (await forge.openPullRequest(wish)).url;
  } finally {
    await opened.at.remove();
  }
}
