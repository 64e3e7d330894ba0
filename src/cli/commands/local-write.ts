/** `canon local create`, `edit`, `move` and the other edits that people make. */

import { EXIT } from "../../core/model/exit-code.ts";
import { cleanLine } from "../../core/text/terminal-text.ts";
import type { CommandSpec } from "../command.ts";
import type { OperandSpec, OptionSpec } from "../option-spec.ts";
import { withDesk, type Desk } from "../open-desk.ts";
import type { Input } from "../input.ts";
import { usageError } from "../usage-error.ts";
import { TARGET } from "./local-read.ts";

type Edited = Awaited<ReturnType<Desk["edit"]>>;
type CriterionEdit = Parameters<Desk["criterion"]>[1];

const TEXT_OPTIONS: readonly OptionSpec[] = [
  { flags: "--body TEXT", help: "its text, in Markdown" },
  { flags: "--type NAME", help: "its type" },
  { flags: "--parent KEY", help: "the ticket above it" },
];

export const localCreate: CommandSpec = edit(
  "Makes a ticket as a person would, without a section.",
  { name: "TITLE", least: 1, most: 1 },
  [...TEXT_OPTIONS, { flags: "--status NAME", help: "its status" }, { flags: "--label NAME", help: "a label", many: true }],
  [["canon local create 'Refunds are slow' --type Story", "something nobody specified"]],
  (desk, input) => desk.create({ title: operand(input, 0), ...given(input, "body", "type", "parent", "status"), labels: input.list("label") }),
);

export const localEdit: CommandSpec = edit(
  "Changes what a ticket says.",
  { name: "KEY", least: 1, most: 1 },
  [{ flags: "--title TEXT", help: "its title" }, ...TEXT_OPTIONS, { flags: "--no-parent", help: "take it out from under its parent" }],
  [["canon local edit PAY-3 --title 'Key generation, again'", "another title"]],
  (desk, input) => desk.edit(operand(input, 0), { ...given(input, "title", "body", "type", "parent"), ...(input.flag("no-parent") ? { parent: null } : {}) }),
);

export const localMove: CommandSpec = edit(
  "Gives a ticket another status. A strict workflow allows only its own steps.",
  { name: "KEY STATUS", least: 2, most: 2 },
  [],
  [["canon local move PAY-3 'In Progress'", "somebody began"]],
  (desk, input) => desk.move(operand(input, 0), operand(input, 1)),
);

export const localClose: CommandSpec = edit(
  "Closes a ticket: as done, or as canceled.",
  { name: "KEY", least: 1, most: 1 },
  [{ flags: "--canceled", help: "it will not be done" }],
  [["canon local close PAY-3", "done"]],
  (desk, input) => desk.close(operand(input, 0), input.flag("canceled") ? "canceled" : "done"),
);

export const localReopen: CommandSpec = edit(
  "Puts a ticket back into the first status of its project.",
  { name: "KEY", least: 1, most: 1 },
  [],
  [["canon local reopen PAY-3", "it was not done after all"]],
  (desk, input) => desk.reopen(operand(input, 0)),
);

export const localLabel: CommandSpec = edit(
  "Adds and removes labels.",
  { name: "KEY", least: 1, most: 1 },
  [
    { flags: "--add NAME", help: "a label to add", many: true },
    { flags: "--remove NAME", help: "a label to take away", many: true },
  ],
  [["canon local label PAY-3 --add urgent", "one more"]],
  (desk, input) => desk.label(operand(input, 0), { add: input.list("add"), remove: input.list("remove") }),
);

export const localCriterion: CommandSpec = edit(
  "Adds, ticks, unticks, rewords or removes a criterion. WHICH is its number, or words that only it has.",
  { name: "KEY", least: 1, most: 1 },
  [
    { flags: "--add TEXT", help: "add one at the end" },
    { flags: "--tick WHICH", help: "tick one" },
    { flags: "--untick WHICH", help: "take its tick away" },
    { flags: "--remove WHICH", help: "take it away" },
    { flags: "--reword WHICH", help: "give it other words: with --to" },
    { flags: "--to TEXT", help: "the other words" },
  ],
  [
    ["canon local criterion PAY-3 --add 'Keys expire'", "a product manager adds one"],
    ["canon local criterion PAY-3 --tick 1", "an engineer is done with one"],
  ],
  (desk, input) => desk.criterion(operand(input, 0), criterionEdit(input)),
);

export const localComment: CommandSpec = edit(
  "Writes a comment on a ticket.",
  { name: "KEY TEXT", least: 2, most: 2 },
  [],
  [["canon local comment PAY-3 'Is this still true?'", "a question"]],
  async (desk, input) => {
    await desk.comment(operand(input, 0), operand(input, 1));
    return (await desk.show(operand(input, 0))).ticket;
  },
);

export const localArchive: CommandSpec = edit(
  "Puts a ticket away: lists leave it out, and it can come back.",
  { name: "KEY", least: 1, most: 1 },
  [{ flags: "--undo", help: "bring it back" }],
  [["canon local archive PAY-3", "out of sight"]],
  (desk, input) => desk.archive(operand(input, 0), !input.flag("undo")),
);

export const localDuplicate: CommandSpec = edit(
  "Copies a ticket as trackers do, with everything that Canon keeps on it: Canon must not take the copy for the original.",
  { name: "KEY", least: 1, most: 1 },
  [],
  [["canon local duplicate PAY-3", "a copy"]],
  (desk, input) => desk.duplicate(operand(input, 0)),
);

export const localTransfer: CommandSpec = edit(
  "Moves a ticket to another project of the same file: it gets a new key, and the old one leads to it.",
  { name: "KEY PROJECT", least: 2, most: 2 },
  [],
  [["canon local transfer PAY-3 OPS", "other people's work now"]],
  (desk, input) => desk.transfer(operand(input, 0), operand(input, 1)),
);

export const localRemove: CommandSpec = edit(
  "Takes a ticket away for good, which Canon itself never does.",
  { name: "KEY", least: 1, most: 1 },
  [],
  [["canon local remove PAY-3", "gone"]],
  async (desk, input) => {
    const { ticket } = await desk.show(operand(input, 0));
    await desk.remove(ticket.key);
    return ticket;
  },
);

/** Each edit answers with the ticket as it is now. */
function edit(
  about: string,
  operands: OperandSpec,
  options: readonly OptionSpec[],
  examples: CommandSpec["examples"],
  carryOut: (desk: Desk, input: Input) => Promise<Edited>,
): CommandSpec {
  return {
    kind: "command",
    about,
    operands,
    options: [...options, TARGET],
    examples,
    json: "lines",
    run: (session) =>
      withDesk(session, async (desk) => {
        const ticket = await carryOut(desk, session.input);
        session.print(
          `  ${session.page.paint("key", cleanLine(ticket.key))}  ${cleanLine(ticket.title)}  ${session.page.paint("quiet", cleanLine(ticket.status))}\n`,
        );
        session.record("summary", { exitCode: EXIT.ok, diagnostics: [], ticket });
        return EXIT.ok;
      }),
  };
}

function operand(input: Input, index: number): string {
  return input.operands[index] ?? "";
}

/** Only the options that were typed. */
function given<const N extends string>(input: Input, ...names: readonly N[]): Partial<Record<N, string>> {
  const found: Partial<Record<N, string>> = {};
  for (const name of names) {
    const text = input.text(name);
    if (text !== null) found[name] = text;
  }
  return found;
}

function criterionEdit(input: Input): CriterionEdit {
  const add = input.text("add");
  if (add !== null) return { kind: "add", text: add };
  for (const kind of ["tick", "untick", "remove"] as const) {
    const which = input.text(kind);
    if (which !== null) return { kind, which };
  }
  const [which, text] = [input.text("reword"), input.text("to")];
  if (which !== null && text !== null) return { kind: "reword", which, text };
  throw usageError("canon local criterion needs to know what to do.", "Give --add, --tick, --untick, --remove, or --reword with --to.");
}
