/** The folders of specs that are measured: the open corpus repeated, generated sections, one long file. */

import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const CONFIG = `id: bench
specs: { include: ["specs/**/*.md"], sections: all, exclude_headings: [] }
ticket_systems:
  main: { system: local, project: PAY }
`;

/** Real specs, read in their order again and again until `bytes` are full. */
export function repeatCorpus(corpus: string, folder: string, bytes: number): number {
  const files = readdirSync(corpus, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .toSorted();
  let written = 0;
  for (let copy = 1; written < bytes; copy++) {
    for (const file of files) {
      if (written >= bytes) break;
      const text = readFileSync(join(corpus, file));
      write(join(folder, "specs", `copy-${copy}`, file), text);
      written += text.length;
    }
  }
  write(join(folder, "canon.config.yaml"), CONFIG);
  return written;
}

/** `files` specs of `sections` sections each: three levels, two paragraphs and two criteria a section. */
export function generateSpecs(folder: string, files: number, sections: number): void {
  for (let file = 0; file < files; file++) write(join(folder, "specs", `area-${file}.md`), generatedSpec(file, sections));
  write(join(folder, "canon.config.yaml"), CONFIG);
}

function generatedSpec(file: number, sections: number): string {
  const parts = Array.from({ length: sections }, (_, index) => generatedSection(index, file * sections + index));
  return [`---\ntitle: Area ${file}\ntags: [area-${file % 7}]\n---\n`, `# Area ${file}\n`, ...parts].join("\n");
}

function generatedSection(index: number, number: number): string {
  const depth = index % 10 === 0 ? 2 : index % 3 === 1 ? 3 : 4;
  return `${"#".repeat(depth)} Section ${number}: keep things

The service answers within ${number % 97} ms and writes \`record-${number}\` to the log, see [the guide](https://example.com/guide/${number}).

It never loses what it said it would keep.

- [ ] Answer number ${number} arrives once
- [ ] The log shows record ${number}
`;
}

export function copyFolder(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
}

function write(file: string, content: string | Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
