/** Laws 1 and 3 over real and hostile Markdown: apply, then not a byte outside markers differs and nothing is left to do. */

import { existsSync } from "node:fs";
import { readdir, readFile, writeFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { LOCAL_REWRITES } from "../../src/trackers/local-desk.ts";
import { makeProject, type Project } from "../harness/project.ts";

const CORPUS = join(import.meta.dirname, "../../../shared/corpus");
const CONFIG = `id: test
specs: { include: ["specs/**/*.md", "specs/**/*.mdx"], exclude_headings: [], sections: all }
ticket_systems:
  main: { system: local, project: CORP }
`;

type Files = ReadonlyMap<string, Uint8Array>;

async function filesBelow(folder: string): Promise<Files> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => /\.mdx?$/.test(name) && !name.startsWith("LICENSES")).sort();
  return new Map(await Promise.all(names.map(async (name) => [`specs/${name}`, await readFile(join(folder, name))] as const)));
}

/** One file per example; a heading before each makes sure that there is a section. */
async function examples(file: string): Promise<Files> {
  const list: unknown = JSON.parse(await readFile(join(CORPUS, "commonmark", file), "utf8"));
  const texts = Array.isArray(list) ? list.map((example: { markdown?: unknown }) => String(example.markdown)) : [];
  return new Map(texts.map((text, at) => [`specs/${at}.md`, new TextEncoder().encode(`## Example ${at}\n\n${text}`)] as const));
}

async function projectOf(files: Files): Promise<Project> {
  const project = await makeProject({}, CONFIG);
  for (const [path, bytes] of files) {
    await mkdir(dirname(join(project.root, path)), { recursive: true });
    await writeFile(join(project.root, path), bytes);
  }
  return project;
}

/** Bytes as Latin-1 text, so that nothing is decoded away, without the lines that Canon writes. */
function bare(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString("latin1")
    .replace(/(?:\r\n|\r|\n)<!-- canon:(?:ticket:local:CORP-\d+|system:[^\r\n]*) -->(?=\r|\n|$)/g, "");
}

async function expectUnchanged(project: Project, files: Files): Promise<void> {
  for (const [path, before] of files) {
    const after = bare(await readFile(join(project.root, path)));
    // Compared as one boolean: a difference of megabytes is no message.
    if (after !== bare(before)) expect.fail(`${path} changed outside of markers`);
  }
}

async function expectWholeRoundTrip(files: Files, rewrites: (typeof LOCAL_REWRITES)[number]): Promise<void> {
  const project = await projectOf(files);
  const desk = await project.desk();
  await desk.behave({ rewrites });
  await desk.end();
  const planned = await project.plan({ includeDone: true });
  const report = await project.apply({ includeDone: true });
  expect(report.results.filter(({ state }) => state !== "done")).toEqual([]);
  expect(report.unmarked).toEqual([]);
  expect(await project.tickets()).toHaveLength(planned.changes.length);
  await expectUnchanged(project, files);
  const again = await project.plan({ includeDone: true });
  expect([again.changes, again.observed, again.conflicts].flat().map(({ address, action }) => `${action} ${address}`)).toEqual([]);
  expect(again.targets[0]?.inSync).toBe(planned.changes.length);
}

const LISTS = ["commonmark-0.31.2.json", "gfm-0.29.json", "gfm-extensions.json", "gfm-regression.json"];

describe.skipIf(!existsSync(CORPUS))("over ../shared/corpus (skipped where it is missing)", { timeout: 240_000 }, () => {
  it.each(LOCAL_REWRITES)("real specs, a tracker that rewrites as %s", async (rewrites) =>
    expectWholeRoundTrip(await filesBelow(join(CORPUS, "open")), rewrites),
  );

  it.each(LOCAL_REWRITES)("hostile files, a tracker that rewrites as %s", async (rewrites) =>
    expectWholeRoundTrip(await filesBelow(join(CORPUS, "edge")), rewrites),
  );

  it.each(LISTS.flatMap((list) => LOCAL_REWRITES.map((rewrites) => [list, rewrites] as const)))(
    "examples of %s, a tracker that rewrites as %s",
    async (list, rewrites) => expectWholeRoundTrip(await examples(list), rewrites),
  );
});
