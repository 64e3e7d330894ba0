/** Words that people bring along from other tools, and what they are called here. */

/** `use` is a command of ours; without one, `say` explains what takes its place. */
export interface Neighbour {
  readonly use?: string;
  readonly say?: string;
}

const COMMANDS: Readonly<Record<string, Neighbour>> = {
  diff: { use: "plan" },
  preview: { use: "plan" },
  changes: { use: "drift" },
  overview: { use: "status" },
  refresh: { use: "plan", say: "Every plan reads the trackers anew." },
  push: { use: "apply" },
  deploy: { use: "apply" },
  up: { use: "apply" },
  create: { use: "apply" },
  new: { use: "init" },
  setup: { use: "init" },
  ls: { use: "list" },
  get: { use: "show" },
  describe: { use: "show" },
  lint: { use: "validate" },
  check: { use: "validate" },
  test: { use: "validate" },
  add: { use: "track" },
  ignore: { use: "skip" },
  exclude: { use: "skip" },
  history: { use: "runs" },
  log: { use: "runs" },
  why: { use: "explain" },
  error: { use: "explain" },
  import: { use: "adopt" },
  link: { use: "adopt" },
  merge: { use: "resolve" },
  fetch: { use: "pull" },
  rollback: { use: "undo" },
  revert: { use: "undo" },
  state: { use: "show", say: "There is no state file: what was agreed stands on the tickets." },
  destroy: { say: "Canon never deletes tickets. A section with status:deprecated closes its ticket." },
  delete: { say: "Canon never deletes tickets. A section with status:deprecated closes its ticket." },
  rm: { say: "Canon never deletes tickets. A section with status:deprecated closes its ticket." },
};

/** Flags by what they mean here; a list limits one to these commands. */
const FLAGS: readonly { readonly words: readonly string[]; readonly use: string; readonly only?: readonly string[] }[] = [
  { words: ["-target", "-t"], use: "Did you mean --target NAME?" },
  { words: ["-out", "-o", "--output"], use: "Did you mean --out FILE?", only: ["plan"] },
  { words: ["--dry-run", "--dryrun", "--preview", "--plan"], use: "Did you mean -n?", only: ["apply"] },
  { words: ["--dry-run", "--dryrun", "-n"], use: "canon plan never writes: leave it out.", only: ["plan"] },
  { words: ["-y", "--yes", "--force", "-f", "-auto-approve", "--approve"], use: "Did you mean --auto-approve?", only: ["apply"] },
  { words: ["-detailed-exitcode", "--detailed-exitcode"], use: "Did you mean --exit-code?", only: ["plan"] },
  { words: ["-chdir", "--cwd", "--dir"], use: "Did you mean -C DIR?" },
  { words: ["-q", "--silent"], use: "Did you mean --quiet?" },
  { words: ["-json", "--format"], use: "Did you mean --json?" },
  { words: ["-refresh-only", "--refresh"], use: "Every plan reads the trackers anew: leave it out." },
];

export function neighbourOf(word: string): Neighbour | null {
  return Object.hasOwn(COMMANDS, word) ? (COMMANDS[word] ?? null) : null;
}

export function neighbourWords(): readonly (readonly [string, Neighbour])[] {
  return Object.entries(COMMANDS);
}

export function flagOfNeighbour(flag: string, command: string): string | null {
  return FLAGS.find(({ words, only }) => words.includes(flag) && (only === undefined || only.includes(command)))?.use ?? null;
}
