/** `npm run new:tracker NAME`: the folders, emulator, samples and exam of a new tracker, and its lines in the tables over all of them. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { SYSTEMS } from "../src/core/model/system.ts";
import { laterOf, registrationsOf } from "./new-tracker/registrations.ts";

const USAGE = `Usage: npm run new:tracker -- NAME [--dry-run]

  NAME       the word for system: in configurations and markers: one word, small letters and digits
  --dry-run  only say what would be written
  --help     this text

Makes src/trackers/NAME, test/emulators/NAME, test/trackers/NAME and docs/trackers/NAME.md, and adds
NAME to the tables over all trackers. What to do then: docs/writing-a-tracker.md.
`;

const root = resolve(import.meta.dirname, "..");
const templates = join(import.meta.dirname, "new-tracker");

/** Template → where it goes; `__name__` stands for the name. */
const FILES: Readonly<Record<string, string>> = {
  "tracker.ts.txt": "src/trackers/__name__/__name__-tracker.ts",
  "client.ts.txt": "src/trackers/__name__/__name__-client.ts",
  "wire.ts.txt": "src/trackers/__name__/__name__-wire.ts",
  "map.ts.txt": "src/trackers/__name__/__name__-map.ts",
  "source.ts.txt": "src/trackers/__name__/__name__-source.ts",
  "not-written.ts.txt": "src/trackers/__name__/not-written.ts",
  "readme.md.txt": "src/trackers/__name__/readme.md",
  "emulator.ts.txt": "test/emulators/__name__/__name__-emulator.ts",
  "people.ts.txt": "test/emulators/__name__/__name__-people.ts",
  "conformance.test.ts.txt": "test/trackers/__name__/__name__-conformance.test.ts",
  "stage.ts.txt": "test/trackers/__name__/__name__-stage.ts",
  "wire.test.ts.txt": "test/trackers/__name__/__name__-wire.test.ts",
  "me.json": "test/trackers/__name__/samples/me.json",
  "project.json": "test/trackers/__name__/samples/project.json",
  "ticket.json": "test/trackers/__name__/samples/ticket.json",
  "page.md.txt": "docs/trackers/__name__.md",
};

/** Words that the house gives to no file. */
const VAGUE = /^(?:utils?|helpers?|managers?|services?|misc|common|shared)$/;

function fail(message: string, code: number): never {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

function nameFrom(positionals: readonly string[]): string {
  const [name, ...others] = positionals;
  if (name === undefined || others.length > 0) fail(`${name === undefined ? "Which name?" : "One name, please."}\n\n${USAGE}`, 64);
  if (!/^[a-z][a-z0-9]{1,19}$/.test(name) || VAGUE.test(name)) {
    fail(`"${name}" is no name for a tracker: one word of 2 to 20 small letters and digits that says whose it is, such as youtrack.`, 64);
  }
  if (SYSTEMS.some((system) => system === name)) fail(`There is a tracker ${name} already: src/trackers/${name}.`, 64);
  return name;
}

interface WrittenFile {
  readonly path: string;
  readonly text: string;
}

/** Everything is looked at before anything is written: half a tracker helps nobody. */
function planned(name: string, title: string): { readonly made: readonly WrittenFile[]; readonly changed: readonly WrittenFile[] } {
  const filled = (text: string): string => text.replaceAll("__NAME__", name.toUpperCase()).replaceAll("__Name__", title).replaceAll("__name__", name);
  const made = Object.entries(FILES).map(([template, path]) => ({ path: filled(path), text: filled(readFileSync(join(templates, template), "utf8")) }));
  const taken = made.filter(({ path }) => existsSync(join(root, path)));
  if (taken.length > 0) fail(`Nothing was written, because these exist:\n${taken.map(({ path }) => `  ${path}`).join("\n")}`, 1);
  const texts = new Map<string, string>();
  for (const { file, before, add, why } of registrationsOf(name, title)) {
    const text = texts.get(file) ?? readFileSync(join(root, file), "utf8");
    const at = text.indexOf(before);
    if (at === -1 || text.includes(before, at + 1)) {
      fail(
        `Nothing was written: ${file} does not hold exactly one\n${before}\nwhere "${add.trim()}" would go (${why}). Mend scripts/new-tracker/registrations.ts.`,
        1,
      );
    }
    texts.set(file, text.slice(0, at) + add + text.slice(at));
  }
  return { made, changed: [...texts].map(([path, text]) => ({ path, text })) };
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { help: { type: "boolean", default: false }, "dry-run": { type: "boolean", default: false } },
});
if (values.help) {
  process.stdout.write(USAGE);
  process.exit(0);
}
const name = nameFrom(positionals);
const title = name.charAt(0).toUpperCase() + name.slice(1);
const { made, changed } = planned(name, title);
const isDry = values["dry-run"];
if (!isDry) {
  for (const { path, text } of [...made, ...changed]) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}
process.stdout.write(`${isDry ? "Would make" : "Made"}:

${made.map(({ path }) => `  ${path}`).join("\n")}

${isDry ? "Would add" : "Added"}, with guesses: read each line, and put it right.

${registrationsOf(name, title)
  .map(({ file, add, why }) => `  ${file}: ${why}\n${add.trimEnd().replace(/^/gm, "    + ")}`)
  .join("\n")}

Next:

  node scripts/generate-schema.ts && node scripts/generate-cli-reference.ts   # both list all trackers
  npx vitest run test/trackers/${name}   # says what is not written yet, by step
  docs/writing-a-tracker.md   # the steps

When the exam is passed:

${laterOf(name)
  .map((line) => `  ${line}`)
  .join("\n")}
`);
