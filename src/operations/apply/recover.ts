/** Settles what an interrupted run left in doubt, before anything new is planned (semantics 8). */

import type { ApplyEvent } from "../../core/model/apply-report.ts";
import type { JournalRecord } from "../../core/model/journal-record.ts";
import { nameOriginals } from "../../core/plan/copies.ts";
import { createsInDoubt, type InDoubtCreate } from "../../core/plan/in-doubt.ts";
import { nextSettleStep, type Lookup } from "../../core/plan/settle.ts";
import type { Ticket } from "../../core/model/ticket.ts";
import type { Journal } from "../../io/journal.ts";
import type { Settled } from "../../trackers/tracker.ts";
import { TrackerError } from "../../trackers/tracker-error.ts";
import type { OpenTarget } from "../read-targets.ts";
import type { Workspace } from "../workspace.ts";

/** What became of one create that was in doubt. */
export type Recovered =
  | { readonly state: "created"; readonly create: InDoubtCreate; readonly ticket: Ticket }
  | { readonly state: "absent"; readonly create: InDoubtCreate }
  | { readonly state: "unknown"; readonly create: InDoubtCreate; readonly message: string };

export interface RecoverContext {
  readonly workspace: Workspace;
  readonly targets: ReadonlyMap<string, OpenTarget>;
  readonly emit: (event: ApplyEvent) => void;
  readonly signal: AbortSignal;
}

/** Waits out D in full where the tracker has no client ids, then asks. Writes nothing: `recordsOf` is for the journal. */
export async function recoverRun({ run, records }: Pick<Journal, "run" | "records">, context: RecoverContext): Promise<readonly Recovered[]> {
  return recoverCreates(createsInDoubt(records), run, context);
}

/** The same for creates that are known from elsewhere than from a journal. */
export async function recoverCreates(open: readonly InDoubtCreate[], run: string, context: RecoverContext): Promise<readonly Recovered[]> {
  const results: Recovered[] = [];
  for (const name of new Set(open.map(({ target }) => target))) {
    const creates = open.filter(({ target }) => target === name);
    const target = context.targets.get(name);
    if (target) results.push(...(await recoverTarget(creates, target, run, context)));
    else results.push(...creates.map((create): Recovered => ({ state: "unknown", create, message: `${name} could not be asked what became of it` })));
  }
  return results;
}

async function recoverTarget(
  creates: readonly InDoubtCreate[],
  target: OpenTarget,
  run: string,
  { workspace, emit, signal }: RecoverContext,
): Promise<readonly Recovered[]> {
  const { clock } = workspace;
  const { clientIds } = target.tracker.capabilities;
  const bound = settleBound(target);
  const began = clock.monotonic();
  emit({ kind: "recovering", run, inDoubt: creates.length, waitSeconds: clientIds ? 0 : Math.ceil(bound / 1000) });
  for (let left = clientIds ? 0 : bound; left > 0; left = began + bound - clock.monotonic()) {
    emit({ kind: "waiting", target: target.config.name, seconds: Math.ceil(left / 1000), why: "a request of the interrupted run may still arrive" });
    await clock.sleep(Math.min(left, 1000), signal).catch(onlyAborted(signal));
    if (signal.aborted)
      return creates.map((create) => ({ state: "unknown", create, message: "nobody waited long enough to know whether its request still arrives" }));
  }
  const asked = clock.monotonic();
  const answers = await askFor(creates, target);
  return creates.map((create) => {
    const found = answers.find(({ token }) => token === create.token) ?? { token: create.token, state: "unknown", why: "the tracker did not answer for it" };
    return decide(create, { began: asked, found }, { began, now: clock.monotonic(), bound, clientIds });
  });
}

function onlyAborted(signal: AbortSignal): (error: unknown) => void {
  return (error) => {
    if (!signal.aborted) throw error;
  };
}

/** A tracker that cannot tell leaves them in doubt: the next run asks again. */
async function askFor(creates: readonly InDoubtCreate[], { tracker }: OpenTarget): Promise<readonly Settled[]> {
  try {
    const answers = await tracker.settleCreates(creates.map(({ token, watermark }) => ({ token, watermark })));
    // Its ticket may have been copied by a person meanwhile.
    return answers.map((answer) => (answer.state === "created" ? { ...answer, tickets: nameOriginals(answer.tickets) } : answer));
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    return creates.map(({ token }) => ({ token, state: "unknown", why: error.message }));
  }
}

function decide(
  create: InDoubtCreate,
  lookup: Lookup<Ticket> & { readonly found: Settled },
  time: { began: number; now: number; bound: number; clientIds: boolean },
): Recovered {
  const step = nextSettleStep({ ...time, lookup });
  switch (step.do) {
    case "adopt":
      return { state: "created", create, ticket: step.ticket };
    case "create":
      return { state: "absent", create };
    case "stop":
      return { state: "unknown", create, message: step.message };
    case "wait":
    case "lookup":
      return { state: "unknown", create, message: "the delay bound has not passed" };
  }
}

/** D in milliseconds: how long after its sender's death a request may still land. */
export function settleBound({ config, tracker }: Pick<OpenTarget, "config" | "tracker">): number {
  return config.settle ?? (tracker.capabilities.clientIds ? 0 : 120_000);
}

/** What the journal must keep of it; what is still unknown stays in doubt there. */
export function recordsOf(recovered: readonly Recovered[]): readonly JournalRecord[] {
  return recovered.flatMap(recordOf);
}

function recordOf(recovered: Recovered): readonly JournalRecord[] {
  const { target, address, token } = recovered.create;
  switch (recovered.state) {
    case "created":
      return [{ kind: "created", target, address, token, id: recovered.ticket.id, key: recovered.ticket.key }];
    case "absent":
      return [{ kind: "failed", target, address, token, error: "not-found", message: "The request never arrived." }];
    case "unknown":
      return [];
  }
}
