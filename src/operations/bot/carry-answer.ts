/** Carries out an answer that needs nothing but its ticket, exactly as the command at the terminal does. */

import type { BotAnswer } from "../../core/model/bot-answer.ts";
import type { Decision } from "../../core/model/decision.ts";
import { EXIT } from "../../core/model/exit-code.ts";
import type { Plan, Selection } from "../../core/model/plan.ts";
import { FORWARD } from "../../core/plan/selection.ts";
import type { RunOutcome } from "../apply.ts";
import { AddressError } from "../check-addresses.ts";
import { ignoreTickets } from "../ignore-tickets.ts";
import type { Workspace } from "../workspace.ts";
import { inSession } from "./in-session.ts";

/** given: it could not be tried now; the next run does. */
export type Carried = Pick<BotAnswer, "state" | "note">;

const DONE: Carried = { state: "done", note: "" };
const LATER: Carried = { state: "given", note: "" };

export async function carryAnswer(answer: BotAnswer, workspace: Workspace, signal: AbortSignal): Promise<Carried> {
  const { word, address } = answer;
  switch (word) {
    case "out-of-scope":
      return ignore(answer, workspace, signal);
    case "keep-spec":
      return decide(answer, workspace, signal, (at) => ({ decisions: [{ kind: "keep", address: at, field: null, keep: "spec" }] }));
    case "open-again":
      return decide(answer, workspace, signal, () => ({ revert: ["status"] }));
    case "recreate":
      return decide(answer, workspace, signal, (at) => ({ decisions: [{ kind: "recreate", address: at }] }));
    case "adopt":
      return decide(answer, workspace, signal, (at) => ({
        decisions: [{ kind: "adopt", address: at, key: answer.key ?? "", keep: "both" } satisfies Decision],
      }));
    case "add":
    case "keep-tracker":
    case "deprecated":
    case "skip":
    case "close":
    case "forget":
      throw new Error(`${word} (${address ?? ""}) changes a spec: it is proposed`);
  }
}

async function ignore({ target: name, key }: BotAnswer, workspace: Workspace, signal: AbortSignal): Promise<Carried> {
  const target = workspace.config.targets.find((one) => one.name === name);
  if (target === undefined || key === null) return failed(`${name} is no target of the configuration any more.`);
  const { exitCode, diagnostics } = await ignoreTickets(workspace, [{ target, key }], { isDry: false, command: "canon bot apply", signal });
  if (exitCode === EXIT.ok) return DONE;
  return exitCode === EXIT.locked || exitCode === EXIT.stale ? LATER : failed(diagnostics.map(({ message }) => message).join(" "));
}

type Wish = Partial<Pick<Selection, "decisions" | "revert">>;

async function decide({ address }: BotAnswer, workspace: Workspace, signal: AbortSignal, wish: (address: string) => Wish): Promise<Carried> {
  if (address === null) return failed("The section is not known.");
  const selection: Selection = { addresses: [address], exclude: [], targets: [], includeDone: true, ...FORWARD, ...wish(address) };
  try {
    const carried = await inSession(workspace, selection, signal, async (session) => {
      const { changes } = session.plan;
      const beside = changes.find((change) => change.address !== address);
      if (beside !== undefined) return failed(`It needs ${beside.address} as well, which nobody was asked about: run canon apply at a terminal.`);
      return changes.length === 0 ? refusedIn(session.plan) : carriedOf(await session.run({ create: [], close: [] }));
    });
    return carried ?? LATER;
  } catch (error) {
    if (error instanceof AddressError) return failed(error.message);
    throw error;
  }
}

/** Nothing is to be done: it is done already, or cannot be now, or at all. */
function refusedIn({ diagnostics, targets }: Plan): Carried {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return DONE;
  return targets.some(({ complete }) => !complete) || errors.some(({ code }) => code === "tracker-unreachable")
    ? LATER
    : failed(errors.map(({ message }) => message).join(" "));
}

function carriedOf(outcome: RunOutcome): Carried {
  if (!outcome.ok) {
    switch (outcome.why) {
      case "stale":
        return LATER;
      case "refused":
        return outcome.refusal.exitCode === EXIT.locked ? LATER : failed(outcome.refusal.diagnostics.map(({ message }) => message).join(" "));
      case "mass":
        return failed("This would write more tickets at once than the limits allow: run canon apply at a terminal.");
    }
  }
  const open = outcome.report.results.find(({ state }) => state !== "done");
  if (open === undefined) return DONE;
  // Whether it arrived, the next run finds out before it writes anything.
  return open.state === "failed" ? failed(open.message ?? "The tracker refused it.") : LATER;
}

function failed(note: string): Carried {
  return { state: "failed", note };
}
