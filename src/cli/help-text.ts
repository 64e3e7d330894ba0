/** Help for people: the overview of all commands, and one page per command. */

import { displayWidth, padText } from "../core/text/terminal-text.ts";
import type { Page } from "../views/paint.ts";
import { wrapText } from "../views/wrap.ts";
import type { CommandEntry, CommandGroup, CommandSpec } from "./command.ts";
import { GLOBAL_OPTIONS } from "./option-spec.ts";

const INTRO = "Specs are the source of truth; tickets follow.";

const STARTS: readonly (readonly [string, string])[] = [
  ["canon demo", "try it: needs nothing, touches no tracker"],
  ["canon init", "begin with your own specs"],
  ["canon plan", "see what apply would do"],
];

export function overview(commands: readonly CommandEntry[], page: Page): string {
  const sections = Map.groupBy(commands, (command) => command.section);
  const width = widest([...commands.map((command) => command.name), ...GLOBAL_OPTIONS.map((option) => option.flags)]);
  const blocks = [
    [page.paint("heading", "canon") + "  " + INTRO, "", `usage: canon COMMAND [ADDRESS...] [flags]`],
    [page.paint("heading", "Start here"), ...rows(STARTS, width, page)],
    ...[...sections].map(([section, members]) => [
      page.paint("heading", section),
      ...rows(
        members.map((command) => [command.name, command.summary]),
        width,
        page,
      ),
    ]),
    [
      page.paint("heading", "Everywhere"),
      ...rows(
        GLOBAL_OPTIONS.map((option) => [option.flags, option.help]),
        width,
        page,
      ),
    ],
    ["An ADDRESS is specs/payments.md#key-gen, a file, a folder or a glob.", "canon COMMAND --help shows examples."],
  ];
  return joinBlocks(blocks);
}

export function commandHelp(name: string, summary: string, spec: CommandSpec, page: Page): string {
  const flags = [...spec.options, ...GLOBAL_OPTIONS];
  const width = widest(flags.map((option) => option.flags));
  const blocks = [
    [`${page.paint("heading", `canon ${name}`)}  ${summary}`],
    [`usage: ${usageLine(name, spec)}`],
    wrapText(spec.about, page.columns),
    spec.examples.length === 0 ? [] : [page.paint("heading", "Examples"), ...rows(spec.examples, widest(spec.examples.map(([line]) => line)), page)],
    spec.options.length === 0
      ? []
      : [
          page.paint("heading", "Flags"),
          ...rows(
            spec.options.map((option) => [option.flags, option.help]),
            width,
            page,
          ),
        ],
    [
      page.paint("heading", "Everywhere"),
      ...rows(
        GLOBAL_OPTIONS.map((option) => [option.flags, option.help]),
        width,
        page,
      ),
    ],
  ];
  return joinBlocks(blocks);
}

export function groupHelp(name: string, summary: string, group: CommandGroup, page: Page): string {
  const width = widest(group.commands.map((command) => command.name));
  return joinBlocks([
    [`${page.paint("heading", `canon ${name}`)}  ${summary}`],
    [`usage: canon ${name} COMMAND [flags]`],
    wrapText(group.about, page.columns),
    [
      page.paint("heading", "Commands"),
      ...rows(
        group.commands.map((command) => [command.name, command.summary]),
        width,
        page,
      ),
    ],
    [`canon ${name} COMMAND --help shows examples.`],
  ]);
}

export function usageLine(name: string, { operands, options }: CommandSpec): string {
  const operand =
    operands.name === ""
      ? ""
      : ` ${operands.least === 0 ? `[${operands.name}${operands.most > 1 ? "..." : ""}]` : `${operands.name}${operands.most > 1 ? "..." : ""}`}`;
  return `canon ${name}${operand}${options.length === 0 ? "" : " [flags]"}`;
}

/** Two columns; what does not fit beside goes below. */
function rows(pairs: readonly (readonly [string, string])[], width: number, page: Page): readonly string[] {
  const room = page.columns - width - 4;
  return pairs.flatMap(([left, right]) => {
    if (room < 24) return [`  ${page.paint("command", left)}`, ...wrapText(right, page.columns - 6).map((line) => `      ${line}`)];
    const [first = "", ...more] = wrapText(right, room);
    return [`  ${page.paint("command", padText(left, width))}  ${first}`, ...more.map((line) => " ".repeat(width + 4) + line)];
  });
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(displayWidth));
}

function joinBlocks(blocks: readonly (readonly string[])[]): string {
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}
