/** The stage of the plain-git forge: a bare repository and a folder of pull requests, new for each test. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Forge } from "../../src/forges/forge.ts";
import type { FolderSettings } from "../../src/forges/git/folder-schema.ts";
import { openGitForge } from "../../src/forges/git/git-forge.ts";
import { emailOf } from "../../src/forges/git/git-accounts.ts";
import { makeBareRepository } from "./bare-repository.ts";
import { gitForgePeople, type GitForgePeople } from "./git-forge-people.ts";
import { START, type ForgeStage } from "./stage.ts";

const ACCOUNT = "canon[bot]";

export interface GitStage extends ForgeStage {
  /** The bare repository. */
  readonly remote: string;
  /** The folder of pull requests. */
  readonly folder: string;
  readonly people: GitForgePeople;
}

export async function gitStage(): Promise<GitStage> {
  const root = await mkdtemp(join(tmpdir(), "canon-forge-"));
  const [remote, folder] = [join(root, "acme", "pay.git"), join(root, "pull-requests")];
  let time = Date.parse("2026-01-05T09:00:00Z");
  const now = (): Date => new Date(time);
  const first = makeBareRepository(remote, START, { name: "olga", email: emailOf("olga"), at: now().toISOString() });
  const people = gitForgePeople({ remote, folder, now });
  const open: Forge[] = [];
  const forgeOn = async (place: string): Promise<Forge> => {
    const forge = await openGitForge({ remote: place, work: join(root, `work-${open.length}`), folder, account: ACCOUNT, now, env: process.env });
    open.push(forge);
    return forge;
  };
  people.permit(ACCOUNT, "write");
  const settings = (change: (found: FolderSettings) => FolderSettings): void => people.folder.change((writer) => writer.setSettings(change));
  return {
    remote,
    folder,
    people,
    forge: await forgeOn(remote),
    account: ACCOUNT,
    first,
    again: () => forgeOn(remote),
    // Nothing listens on port 9 of this machine.
    unreachable: () => forgeOn("git://127.0.0.1:9/acme/pay.git"),
    person: async (name, permission = "write") => {
      if (!people.folder.settings().people.some(({ account }) => account === name)) people.permit(name, permission);
      return people.person(name);
    },
    permit: async (name, permission) => people.permit(name, permission),
    setVisibility: async (visibility) => settings((found) => ({ ...found, visibility })),
    protect: async (branch) => settings((found) => ({ ...found, protected: [...found.protected, branch] })),
    checks: async (commit) => people.folder.checks(commit),
    reviewers: async (number) => {
      const found = people.folder.numbered(number);
      return found?.kind === "pull-request" ? found.reviewers : [];
    },
    now: () => now().toISOString(),
    pass: async (ms) => void (time += ms),
    end: async () => {
      for (const forge of open) await forge.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}
