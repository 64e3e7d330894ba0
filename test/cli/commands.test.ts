/** The table of commands: everything that is offered exists, everything that exists is documented. */

import { readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { COMMANDS } from "../../src/cli/command-table.ts";
import type { CommandSpec } from "../../src/cli/command.ts";
import { findCommand } from "../../src/cli/find-command.ts";
import { helpDocument } from "../../src/cli/help-document.ts";
import { commandHelp, overview } from "../../src/cli/help-text.ts";
import { parseInput } from "../../src/cli/input.ts";
import { neighbourWords } from "../../src/cli/neighbours.ts";
import { pageOf, unpainted } from "../../src/views/paint.ts";
import { expectGolden } from "../views/golden.ts";

const { commands } = await helpDocument(COMMANDS);

async function specOf(name: string): Promise<CommandSpec> {
  const [word = "", further] = name.split(" ");
  const loaded = await findCommand(word, COMMANDS).load();
  if (loaded.kind === "command") return loaded;
  const inner = await findCommand(further ?? "", loaded.commands, `${word} `).load();
  if (inner.kind === "group") throw new Error(`${name} is a group`);
  return inner;
}

/** As a shell parts them, quotes included; what follows `&&`, `>` or `|` is another line. */
function shellWords(line: string): readonly string[] {
  return (line.split(/ (?:&&|>|\|) /)[0] ?? "").match(/'[^']*'|\S+/g)?.map((word) => word.replace(/^'|'$/g, "")) ?? [];
}

describe("every command", () => {
  test.each(commands.map((command) => command.name))("%s says what it does, shows examples, and understands them", async (name) => {
    const spec = await specOf(name);
    expect(spec.about).toMatch(/^[A-Z].{20,}\.$/s);
    expect(spec.examples.length).toBeGreaterThan(0);
    for (const [line] of spec.examples) {
      const [canon, ...words] = shellWords(line);
      expect(canon).toBe("canon");
      expect(words.slice(0, name.split(" ").length).join(" ")).toBe(name);
      expect(() => parseInput(words.slice(name.split(" ").length), name, spec)).not.toThrow();
    }
    expectGolden(
      `help/${name.replace(" ", "-")}.txt`,
      commandHelp(name, commands.find((command) => command.name === name)?.summary ?? "", spec, pageOf(80, unpainted)),
    );
  });

  test("no flag is declared twice", () => {
    for (const { name, options } of commands) expect(new Set(options.map((option) => option.flags)).size, name).toBe(options.length);
  });
});

test("the overview", () => {
  expectGolden("help/overview-80.txt", overview(COMMANDS, pageOf(80, unpainted)));
  expectGolden("help/overview-40.txt", overview(COMMANDS, pageOf(40, unpainted)));
});

test("words of neighbours lead to commands that exist, and are none themselves", () => {
  const names = COMMANDS.map((command) => command.name);
  for (const [word, { use, say }] of neighbourWords()) {
    expect(names).not.toContain(word);
    if (use !== undefined) expect(names).toContain(use);
    expect(use ?? say).toBeDefined();
  }
});

test("help loads next to nothing: no package, no operation, no command", () => {
  const src = resolve(import.meta.dirname, "../../src");
  const seen = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, specifier = ""] of readFileSync(file, "utf8").matchAll(/^(?:import|export) (?!type )[^;]*?from "([^"]+)"/gm)) {
      if (specifier.startsWith(".")) visit(resolve(dirname(file), specifier));
      else packages.add(specifier);
    }
  };
  visit(resolve(src, "cli/main.ts"));
  expect([...packages].filter((name) => !name.startsWith("node:"))).toEqual([]);
  expect([...seen].map((file) => relative(src, file)).filter((file) => /^(operations|io|trackers|cli\/commands)\//.test(file))).toEqual([]);
  expect(seen.size).toBeLessThan(20);
});
