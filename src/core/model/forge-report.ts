/** What `canon doctor` found out about the code host of the clone. */

import type { Diagnostic } from "./diagnostic.ts";

export interface ForgeReport {
  /** host/owner/repo. */
  readonly identity: string;
  /** null where it could not be reached; so are the next three. */
  readonly account: string | null;
  readonly defaultBranch: string | null;
  /** In the host's own words; null: it does not tell. */
  readonly granted: readonly string[] | null;
  readonly needed: readonly string[];
  /** What a token must be made for, by command. */
  readonly commands: readonly { readonly command: string; readonly needs: readonly string[] }[];
  /** What the host does not tell, or does not take from this account; sentences. */
  readonly remarks: readonly string[];
  /** bot.enabled, as it stands here. */
  readonly enabled: boolean;
  /** What is wrong, and what to change. */
  readonly diagnostics: readonly Diagnostic[];
}
