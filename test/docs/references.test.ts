/** Documents name files and link to each other: every such path must exist, so that a newcomer is never sent to an empty place. */

import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";
import { repositoryFiles } from "../repository-files.ts";

const root = resolve(import.meta.dirname, "../..");
const documents = repositoryFiles(root).filter((path) => /^(docs\/)?[\w-]+\.md$|^examples\/README\.md$/.test(path));

// CONTRIBUTING shows bad samples, whose files must not exist.
const withPaths = documents.filter((path) => path !== "CONTRIBUTING.md");

test.each(withPaths)("every path of this repository that %s names exists", (document) => {
  const text = readFileSync(join(root, document), "utf8");
  const paths = [...text.matchAll(/`((?:src|test|scripts|docs|bin|bench|schema|examples)\/[\w./-]*|\.ci\/run|\.oxlintrc\.json)`/g)].map(
    ([, path = ""]) => path,
  );
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test.each(documents)("every relative link of %s leads somewhere", (document) => {
  const text = readFileSync(join(root, document), "utf8").replace(/^```[\s\S]*?^```/gm, "");
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)\s#]+)(#[^)\s]*)?\)/g)].map(([, path = ""]) => path);
  expect(links.filter((path) => !existsSync(join(root, dirname(document), path)))).toEqual([]);
});

test("enough documents were looked at", () => {
  expect(documents.length).toBeGreaterThanOrEqual(6);
});
