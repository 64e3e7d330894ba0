/** What Canon reads from the front matter of a spec; other keys are kept in the file and ignored. */

import type { SpecStatus } from "./status.ts";

export interface FrontMatter {
  readonly title: string | null;
  readonly status: SpecStatus | null;
  readonly owner: string | null;
  readonly team: string | null;
  readonly tags: readonly string[];
  /** Names a configured project and wins over routing. */
  readonly ticketProject: string | null;
  /** `sync: false` takes the whole file out, apart from sections that have markers. */
  readonly sync: boolean;
  /** The line of each key that was read, from 1, for messages. */
  readonly lines: Readonly<Record<string, number>>;
}
