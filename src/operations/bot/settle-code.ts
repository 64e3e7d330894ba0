/** Remembers what became of merged code, once its markers are on their way: what stands on the default branch is never looked at again. */

import { ticketWord } from "../../core/bot/implemented-sections.ts";
import type { ApplyReport } from "../../core/model/apply-report.ts";
import type { CodeMemory } from "../../core/model/bot-code.ts";
import type { Plan } from "../../core/model/plan.ts";
import type { Forge } from "../../forges/forge.ts";
import type { Brought } from "./bring-markers.ts";
import type { MergedCode } from "./realize-merged.ts";
import { remember } from "./remember.ts";

export interface Outcome {
  readonly plan: Plan;
  readonly report: ApplyReport | null;
  readonly brought: Brought | null;
}

/** A list of a host may show what was merged a little late. */
const LAG = 600_000;
/** So that the memory stays small; older ones are known by when they were merged. */
const MOST_DONE = 1_000;

export async function settleCode(forge: Forge, found: MergedCode, outcome: Outcome): Promise<void> {
  await remember(forge, (memory) => {
    const code = settled(memory.code, found, outcome);
    return JSON.stringify(code) === JSON.stringify(memory.code) ? memory : { ...memory, code };
  });
}

function settled(code: CodeMemory, { ended, from, realized, forward, declined }: MergedCode, { plan, report, brought }: Outcome): CodeMemory {
  const isThere = brought === null || brought.state === "committed" || brought.state === "declined";
  const brings = isThere ? [] : realized.flatMap(({ number, isNew }) => (isNew ? [number] : []));
  const waits = new Set(brings);
  const dealt = ended.filter(({ number }) => !waits.has(number));
  const done = [...new Set([...code.done, ...declined, ...dealt.flatMap(({ number, state }) => (state === "merged" ? [number] : []))])];
  const waiting = ended.flatMap(({ number, updatedAt }) => (waits.has(number) ? [Date.parse(updatedAt)] : []));
  const newest = Math.max(...dealt.map(({ updatedAt }) => Date.parse(updatedAt)), Date.parse(code.since === "" ? from : code.since) + LAG);
  return {
    ...code,
    from: code.from === "" ? from : code.from,
    since: new Date(Math.min(newest, ...waiting) - LAG).toISOString(),
    done: done.toSorted((one, other) => one - other).slice(-MOST_DONE),
    // Where somebody works on its branch, it stands as it was, and closing it still means no.
    proposed: brings.length === 0 ? null : brought?.pullRequest === undefined ? code.proposed : { number: brought.pullRequest, brings },
    forward: code.forward.filter((ticket) => forward.includes(ticket) || isUntold(ticket, plan, report)),
  };
}

/** A ticket that could not be read may still have to hear of it. */
function isUntold(ticket: string, { changes, targets }: Plan, report: ApplyReport | null): boolean {
  const change = changes.find(({ target, key }) => key !== null && ticketWord({ target, key }) === ticket);
  if (change !== undefined) return report?.results.find((result) => result.change === change.digest)?.state !== "done";
  return targets.some(({ name, complete }) => !complete && ticket.startsWith(`${name} `));
}
