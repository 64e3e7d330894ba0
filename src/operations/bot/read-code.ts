/** What an open pull request says of the sections that it implements, as its merge would leave the specs. */

import { codeNews, type CodeNews } from "../../core/bot/code-news.ts";
import { implementedSections } from "../../core/bot/implemented-sections.ts";
import type { NamedThings } from "../../core/bot/named-sections.ts";
import type { PullRequest } from "../../forges/forge.ts";
import { readSpecs } from "../read-specs.ts";
import type { BotWorld } from "./bot-world.ts";
import type { CommitWorkspace } from "./open-at-commit.ts";
import { isOwnRequest, namesIn, openText } from "./request-text.ts";

/** null: it names nothing that its merge would mark, or nothing is marked here. A fork's may say what it likes. */
export async function readNames(request: PullRequest, base: string, { workspace }: CommitWorkspace, { forge }: BotWorld): Promise<NamedThings | null> {
  const repository = await forge.repository();
  if (!workspace.config.bot.enabled || request.head.fork || isOwnRequest(request, repository.account)) return null;
  const names = namesIn(await openText(request, base, forge), workspace, repository);
  return names.sections.length + names.closes.length === 0 ? null : names;
}

export interface OpenCode {
  /** null: none that its merge would mark. */
  readonly names: NamedThings | null;
  /** Paths of the repository that differ. */
  readonly changed: readonly string[];
  /** What its merge makes of the default branch; the workspace holds its specs. */
  readonly result: string;
}

export async function readCode(
  { number }: PullRequest,
  { names, changed, result }: OpenCode,
  at: CommitWorkspace,
  { forge }: BotWorld,
): Promise<CodeNews | null> {
  if (names === null) return null;
  const { workspace, prefix } = at;
  const found = implementedSections(names, (await readSpecs(workspace)).docs, workspace.config);
  const specs = new Set(at.specsAmong(changed).map((path) => prefix + path));
  const there = new Set(await forge.paths(result));
  return codeNews(
    number,
    found,
    changed.some((path) => !specs.has(path) && there.has(path)),
  );
}
