/** What all parts of one open plain-git forge work with. */

import { forbidden } from "./folder-client.ts";
import type { ForgeFolder } from "./forge-folder.ts";
import type { GitClient } from "./git-client.ts";
import type { Trees } from "./git-trees.ts";

export interface GitSession {
  readonly client: GitClient;
  readonly trees: Trees;
  readonly folder: ForgeFolder;
  readonly folderPath: string;
  readonly account: string;
  /** The repository's, for words. */
  readonly name: string;
  readonly now: () => Date;
  /** Throws `forbidden`. */
  mayWrite(): void;
}

/** What the account may do, in the words of the folder's own settings. */
export const WRITE = "write";

export function gitSession(given: Omit<GitSession, "mayWrite">): GitSession {
  const { folder, account, name } = given;
  return {
    ...given,
    mayWrite: () => {
      const permission = folder.permissionOf(account);
      if (permission === "write" || permission === "admin") return;
      throw forbidden(`${account} may not write to ${name}.`, `Give it the permission to ${WRITE} in settings.json of the folder of pull requests.`);
    },
  };
}
