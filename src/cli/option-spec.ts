/** What may be typed after a command, as data: parsers, help pages and the reference are made of it. */

export interface OptionSpec {
  /** As help prints it: `-n, --dry`, `--out FILE`. A word in capitals is a value. */
  readonly flags: string;
  readonly help: string;
  /** It may be given several times. */
  readonly many?: boolean;
}

export interface OperandSpec {
  /** As help prints it: `ADDRESS`. */
  readonly name: string;
  readonly least: number;
  readonly most: number;
}

export interface Grammar {
  readonly operands: OperandSpec;
  readonly options: readonly OptionSpec[];
}

export const NO_OPERANDS: OperandSpec = { name: "", least: 0, most: 0 };
export const ADDRESSES: OperandSpec = { name: "ADDRESS", least: 0, most: Infinity };

/** Everywhere. */
export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  { flags: "-C DIR", help: "work in this folder" },
  { flags: "--config FILE", help: "use this configuration instead of the nearest canon.config.yaml" },
  { flags: "--json", help: "print JSON for programs" },
  { flags: "--quiet", help: "print errors only" },
  { flags: "--no-color", help: "print without colour (also NO_COLOR=1)" },
  { flags: "-h, --help", help: "show this help" },
];

/** For commands that carry a plan out. */
export const WRITE_OPTIONS: readonly OptionSpec[] = [
  { flags: "--auto-approve", help: "do not ask" },
  { flags: "-n", help: "only show the plan" },
  { flags: "--allow-mass-create N", help: "create exactly this many in a target, beyond its limit", many: true },
  { flags: "--allow-mass-close N", help: "close exactly this many in a target, beyond its limit", many: true },
  { flags: "--any-branch", help: "write although this is not the default branch" },
];

export const REVERT: OptionSpec = { flags: "--revert FIELDS", help: "let tickets say again what the spec says: title,body,…" };
export const ABSORB: OptionSpec = { flags: "--absorb FIELDS", help: "bring these into the spec too: title,body" };

/** For commands that work on what specs select. */
export const SELECTION_OPTIONS: readonly OptionSpec[] = [
  { flags: "--exclude ADDRESS", help: "leave out what this selects", many: true },
  { flags: "--target NAME", help: "only this entry of ticket_systems", many: true },
  { flags: "--include-done", help: "also sections that are already done" },
];
