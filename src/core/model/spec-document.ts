/** A parsed spec: its original text, its front matter and its sections, with what is wrong in it. */

import type { Diagnostic } from "./diagnostic.ts";
import type { FrontMatter } from "./front-matter.ts";
import type { RemovedMarker } from "./marker.ts";
import type { Section } from "./section.ts";

export interface SpecDocument {
  /** Relative to the workspace root, with `/`. */
  readonly path: string;
  /** The text as it stands in the file, byte-order mark and line ends included. */
  readonly text: string;
  readonly frontMatter: FrontMatter;
  /** Offset of the end of its closing line; null where there is none. */
  readonly frontMatterEnd: number | null;
  /** `sections[0]` is the document; the others are its root headings, in order. */
  readonly sections: readonly Section[];
  /** Link and footnote definitions by identifier: a block that uses one changes when its definition changes. */
  readonly definitions: ReadonlyMap<string, string>;
  readonly removed: readonly RemovedMarker[];
  readonly diagnostics: readonly Diagnostic[];
}
