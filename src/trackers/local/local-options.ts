/** What opening the local tracker, or its desk, takes. */

import type { MarkdownParser } from "../../core/spec/markdown-parser.ts";

export interface LocalOptions {
  /** Absolute path of the SQLite file; it need not exist. */
  readonly file: string;
  /** Where given, a file that a symbolic link takes out of this folder is refused. */
  readonly root?: string;
  /** `local:<path relative to the root>/<PROJECT>`. */
  readonly identity: string;
  readonly project: string;
  readonly parser: MarkdownParser;
  /** The name under which history records writes. */
  readonly author: string;
  readonly now: () => Date;
}
