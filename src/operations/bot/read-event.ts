/** Reads the event that started a GitHub workflow, and says what it asks for. */

import { readFile } from "node:fs/promises";
import { nullish, number, object, string } from "zod/mini";
import { eventSteps, type BotStep } from "../../core/bot/event-steps.ts";
import type { Forge } from "../../forges/forge.ts";
import type { BotWorld } from "./bot-world.ts";
import { saysItIsOwn } from "./own-commits.ts";

export type ReadEvent =
  | {
      readonly ok: true;
      readonly name: string;
      readonly steps: readonly BotStep[];
      /** Of a push: the commit that it left on its branch. */
      readonly after: string | null;
    }
  | { readonly ok: false; readonly message: string };

const payload = object({
  action: nullish(string()),
  ref: nullish(string()),
  after: nullish(string()),
  sender: nullish(object({ login: string() })),
  head_commit: nullish(object({ message: string() })),
  pull_request: nullish(object({ number: number(), head: nullish(object({ ref: string() })) })),
  issue: nullish(object({ number: number() })),
});

export async function readEvent(env: Readonly<Record<string, string | undefined>>, { forge }: Pick<BotWorld, "forge">): Promise<ReadEvent> {
  const [name, path] = [env["GITHUB_EVENT_NAME"] ?? "", env["GITHUB_EVENT_PATH"] ?? ""];
  if (name === "" || path === "")
    return { ok: false, message: "canon bot run reads what started a GitHub workflow, and GITHUB_EVENT_NAME and GITHUB_EVENT_PATH are not set." };
  const parsed = payload.safeParse(await readJson(path));
  if (!parsed.success) return { ok: false, message: `GITHUB_EVENT_PATH leads to ${path}, which is no event of GitHub.` };
  const { action, ref, after, sender, head_commit: commit, pull_request: request, issue } = parsed.data;
  const { account, defaultBranch } = await forge.repository();
  const event = {
    ...{ name, action: action ?? null, ref: ref ?? null, number: request?.number ?? issue?.number ?? null, branch: request?.head?.ref ?? null },
    ...{ isOwn: sender?.login === account, isOwnCommit: saysItIsOwn(commit?.message ?? "") },
  };
  return { ok: true, name, steps: eventSteps(event, defaultBranch), after: name === "push" ? (after ?? null) : null };
}

/** Somebody pushed to the default branch since: that push has a run of its own. The bot's own commits may have none. */
export async function isOvertaken(after: string, forge: Forge): Promise<boolean> {
  const { defaultBranch } = await forge.repository();
  const head = await forge.head(`refs/heads/${defaultBranch}`);
  return head !== null && head !== after && (await forge.commits(after, head)).some(({ message }) => !saysItIsOwn(message));
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch {
    return null;
  }
}
