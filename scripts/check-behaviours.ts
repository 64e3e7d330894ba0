/** Checks docs/behaviours.md: every promise has one row, and every test, file, command and key that a row names exists. */

import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { COMMANDS } from "../src/cli/command-table.ts";

const root = resolve(import.meta.dirname, "..");

/** How many promises each part makes. */
const PARTS = { A: 12, B: 9, C: 6 } as const;

interface Row {
  readonly id: string;
  readonly promise: string;
  readonly commands: string;
  readonly keys: string;
  readonly keptBy: string;
}

function readRows(text: string): readonly Row[] {
  return [...text.matchAll(/^\| ([A-C]\d+) \| (.*) \|$/gm)].map(([, id = "", rest = ""]) => {
    const [promise = "", commands = "", keys = "", keptBy = ""] = rest.split("|").map((cell) => cell.trim());
    return { id, promise, commands, keys, keptBy };
  });
}

/** The words between backticks. */
const codeIn = (cell: string): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, word = ""]) => word);

function missingPromises(rows: readonly Row[]): readonly string[] {
  const wanted = Object.entries(PARTS).flatMap(([part, count]) => Array.from({ length: count }, (_, index) => `${part}${index + 1}`));
  const counts = Map.groupBy(rows, ({ id }) => id);
  const problems = wanted.filter((id) => counts.get(id)?.length !== 1).map((id) => `${id} has ${counts.get(id)?.length ?? 0} rows, not one`);
  return [...problems, ...rows.filter(({ id }) => !wanted.includes(id)).map(({ id }) => `${id} is no promise`)];
}

/** A row is kept by tests, by a later issue, or partly by both. */
function missingProof(row: Row): readonly string[] {
  const files = codeIn(row.keptBy);
  const absent = files.filter((path) => !existsSync(join(root, path))).map((path) => `${row.id} names ${path}, which does not exist`);
  if (files.length === 0 && !/not yet \(issue \d+\)|not yet \(no issue\)/.test(row.keptBy)) return [`${row.id} names neither a test nor "not yet (issue N)"`];
  return absent;
}

/** What a kept promise names must be there: commands in the command table, keys in the JSON Schema of the configuration. */
function missingWords(row: Row, isCommand: (word: string) => boolean, isKey: (word: string) => boolean): readonly string[] {
  return [
    ...codeIn(row.commands)
      .filter((word) => !isCommand(word))
      .map((word) => `${row.id} names the command ${word}, which does not exist`),
    ...codeIn(row.keys)
      .filter((word) => !isKey(word))
      .map((word) => `${row.id} names the key ${word}, which the schema does not know`),
  ];
}

const rows = readRows(readFileSync(join(root, "docs/behaviours.md"), "utf8"));
const schema = readFileSync(join(root, "schema/canon.config.schema.json"), "utf8");
const isKey = (word: string): boolean => schema.includes(`"${word}":`);
const isCommand = (word: string): boolean => COMMANDS.some(({ name }) => name === word);
const problems = [...missingPromises(rows), ...rows.flatMap((row) => [...missingProof(row), ...missingWords(row, isCommand, isKey)])];

for (const problem of problems) console.error(`docs/behaviours.md: ${problem}`);
const later = rows.filter(({ keptBy }) => codeIn(keptBy).length === 0).length;
console.log(`${rows.length} promises: ${rows.length - later} kept at least in part, ${later} not yet`);
process.exitCode = problems.length === 0 ? 0 : 1;
