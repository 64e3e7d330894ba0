/** What a command is: its words for people and parsers as data, and the one function that carries it out. */

import type { ExitCode } from "../core/model/exit-code.ts";
import type { Grammar } from "./option-spec.ts";
import type { Session } from "./session.ts";

export interface CommandSpec extends Grammar {
  readonly kind: "command";
  /** What the command does beyond its one line in the table. */
  readonly about: string;
  /** Command line → what it is for. */
  readonly examples: readonly (readonly [string, string])[];
  /** What `--json` prints: one document, or a record per line ending in a summary. */
  readonly json: "document" | "lines";
  readonly run: (session: Session) => Promise<ExitCode>;
}

/** A word that only leads to others: `canon local show`. */
export interface CommandGroup {
  readonly kind: "group";
  readonly about: string;
  readonly commands: readonly CommandEntry[];
}

/** A row of a table of commands: all that help needs, and how to load the rest. */
export interface CommandEntry {
  readonly name: string;
  readonly section: string;
  readonly summary: string;
  readonly load: () => Promise<CommandSpec | CommandGroup>;
}
