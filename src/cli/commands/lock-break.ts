/** `canon lock break`: for a run that died elsewhere, and that nobody wants to wait for. */

import { EXIT, type ExitCode } from "../../core/model/exit-code.ts";
import { LEASE_SECONDS, type LeaseHolder } from "../../core/plan/lease.ts";
import { nearestWord } from "../../core/text/nearest-word.ts";
import { cleanLine } from "../../core/text/terminal-text.ts";
import { breakableLease } from "../../operations/lock.ts";
import type { Workspace } from "../../operations/workspace.ts";
import { wrapText } from "../../views/wrap.ts";
import type { CommandSpec } from "../command.ts";
import type { Session } from "../session.ts";
import { usageError } from "../usage-error.ts";

export const lockBreak: CommandSpec = {
  kind: "command",
  about:
    "Takes the lease on a target away from a run that is dead. Creates in doubt and tickets without merged markers stay known, and the next canon apply settles them first.",
  operands: { name: "TARGET", least: 1, most: 1 },
  options: [{ flags: "--auto-approve", help: "do not ask" }],
  examples: [["canon lock break engineering", "after its run was killed"]],
  json: "lines",
  run: async (session) => {
    const workspace = await session.open();
    const name = session.input.operands[0] ?? "";
    const ask = readAsker(session);
    const breakable = await breakableLease(workspace, targetOf(workspace, name));
    if (breakable === null) return tell(session, `Only the lock of this clone guards ${name}, and it falls with its process: there is nothing to break.`, null);
    const { holder } = breakable;
    if (holder === null) return tell(session, `Nobody holds the lease on ${name}.`, null);
    session.print(`${wrapped(warning(name, holder), session)}\n`);
    if (ask !== null && (await ask("  Break it? Only yes is accepted: ", new AbortController().signal))?.trim() !== "yes") {
      session.record("summary", { exitCode: EXIT.error, diagnostics: [], broken: null });
      session.print("\n  Nothing was changed.\n");
      return EXIT.error;
    }
    await breakable.break();
    return tell(session, `The lease on ${name} is free. Run canon apply: it settles first what that run left open.`, holder);
  },
};

/** null: nobody needs to be asked. */
function readAsker({ input, world, json, quiet }: Session): Session["world"]["ask"] {
  if (input.flag("auto-approve")) return null;
  if (world.ask === null || json || quiet) throw usageError("canon lock break needs an answer, and there is nobody to ask.", "Give --auto-approve.");
  return world.ask;
}

function targetOf({ config }: Workspace, name: string): Workspace["config"]["targets"][number] {
  const found = config.targets.find((target) => target.name === name);
  if (found !== undefined) return found;
  const names = config.targets.map((target) => target.name);
  const near = nearestWord(name, names);
  throw usageError(`The configuration has no target "${name}".`, near === null ? `It has: ${names.join(", ")}.` : `Did you mean ${near}?`);
}

function warning(target: string, { command, host, pid, since }: LeaseHolder): string {
  return `${cleanLine(command)} (process ${pid} on ${cleanLine(host)}) holds the lease on ${target} since ${since}. If that run is alive, it may send requests for up to ${LEASE_SECONDS / 60} minutes more before it notices, at the same time as whoever comes next: break the lease only of a run that is dead. What it announced stays known and is settled by the next canon apply.`;
}

function tell(session: Session, text: string, broken: LeaseHolder | null): ExitCode {
  session.print(`${wrapped(text, session)}\n`);
  session.record("summary", { exitCode: EXIT.ok, diagnostics: [], broken });
  return EXIT.ok;
}

function wrapped(text: string, { page }: Session): string {
  return wrapText(text, page.columns - 2)
    .map((line) => `  ${line}`)
    .join("\n");
}
