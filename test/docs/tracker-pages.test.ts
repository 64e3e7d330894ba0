/** The pages about the trackers: each has its parts, its variables, links that lead somewhere, and every message that its code can show. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { SYSTEMS, type System } from "../../src/core/model/system.ts";
import { CREDENTIAL_NAMES } from "../../src/io/credentials.ts";
import { messagesIn, wordsOfMessage } from "./messages-in-code.ts";

const root = resolve(import.meta.dirname, "../..");
const folder = join(root, "docs/trackers");

const PARTS = [
  "Get a token",
  "What Canon reads and writes",
  "What is atomic",
  "Limits",
  "Statuses and types",
  "Exactly once",
  "Every error it can show",
  "Not supported",
];

const pages = readdirSync(folder).filter((name) => name.endsWith(".md"));

function read(...path: readonly string[]): string {
  return readFileSync(join(root, ...path), "utf8");
}

/** What is written about errors, with the code's marks taken away. */
function errorsOn(page: string): string {
  const text = read("docs/trackers", page);
  return text
    .slice(text.indexOf(page === "README.md" ? "## Errors that all" : "## Every error"))
    .replaceAll("`", "")
    .toLowerCase();
}

/** The messages of a folder's files; what stands in folders below belongs to texts. */
function messagesOf(path: string): readonly string[] {
  const files = readdirSync(join(root, path)).filter((name) => name.endsWith(".ts"));
  return files.flatMap((name) => messagesIn(read(path, name)));
}

test("every tracker has its page, and README names it", () => {
  expect(pages.toSorted()).toEqual(["README.md", ...SYSTEMS.map((system) => `${system}.md`)].toSorted());
  for (const system of SYSTEMS) expect(read("docs/trackers/README.md")).toContain(`](${system}.md)`);
});

test.each(pages)("every link of %s leads somewhere", (page) => {
  const text = read("docs/trackers", page).replace(/^```[\s\S]*?^```/gm, "");
  const links = [...text.matchAll(/\]\((?!https?:)([^)\s#]*)(#[^)\s]*)?\)/g)].map(([, path = "", anchor = ""]) => ({
    path: path === "" ? page : path,
    anchor,
  }));
  for (const { path, anchor } of links) {
    const file = join(folder, path);
    expect(existsSync(file), path).toBe(true);
    if (anchor === "") continue;
    const anchors = [...readFileSync(file, "utf8").matchAll(/^#+ (.*)$/gm)].map(
      ([, heading = ""]) =>
        `#${heading
          .toLowerCase()
          .replace(/[^\w -]/g, "")
          .replaceAll(" ", "-")}`,
    );
    expect(anchors, `${path}${anchor}`).toContain(anchor);
  }
  expect(dirname(folder)).toBe(join(root, "docs"));
});

describe.each(SYSTEMS)("the page of %s", (system: System) => {
  const page = `${system}.md`;

  test("has all parts, in order", () => {
    expect([...read("docs/trackers", page).matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)).toEqual(PARTS);
  });

  test("names every variable that the credentials come from", () => {
    const text = read("docs/trackers", page);
    expect(CREDENTIAL_NAMES[system].filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });

  test("tells of every message that its adapter makes", () => {
    const told = errorsOn(page);
    const missing = messagesOf(`src/trackers/${system}`).filter((message) => !wordsOfMessage(message).every((words) => told.includes(words)));
    expect(missing).toEqual([]);
  });

  test("tells of no message that nobody makes", () => {
    const code = [
      ...messagesOf(`src/trackers/${system}`),
      ...messagesOf("src/trackers"),
      ...sourcesOf(`src/trackers/${system}`),
      ...(system === "github" ? sourcesOf("src/io/github") : []),
    ]
      .join("\n")
      .toLowerCase();
    const text = read("docs/trackers", page);
    const rows = [...text.slice(text.indexOf("## Every error")).matchAll(/^\| `([^`]+)`/gm)].map(([, message = ""]) => withoutNames(message, system));
    expect(rows.length).toBeGreaterThan(10);
    const strange = rows.filter((message) => !wordsOfMessage(message).every((words) => code.includes(words)));
    expect(strange).toEqual([]);
  });
});

test("the page about all of them tells of every message of the network", () => {
  const told = errorsOn("README.md");
  const missing = messagesOf("src/io/http").filter((message) => !wordsOfMessage(message).every((words) => told.includes(words)));
  expect(missing).toEqual([]);
});

/** Names of variables are put into a message, prefix and all. */
function withoutNames(message: string, system: System): string {
  return CREDENTIAL_NAMES[system].reduce((text, name) => text.replace(new RegExp(`^${name} is not set`), "… is not set"), message);
}

function sourcesOf(path: string): readonly string[] {
  return readdirSync(join(root, path))
    .filter((name) => name.endsWith(".ts"))
    .map((name) => read(path, name));
}
