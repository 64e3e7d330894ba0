/** `canon ticket ignore`: puts the label on tickets of people that says they are none of Canon's, where every runner reads it. */

import type { Diagnostic } from "../core/model/diagnostic.ts";
import { EXIT, type ExitCode } from "../core/model/exit-code.ts";
import type { Ticket } from "../core/model/ticket.ts";
import { isCopy } from "../core/plan/copies.ts";
import { IGNORE_LABEL } from "../core/plan/unmapped.ts";
import { newRunId, openJournal } from "../io/journal.ts";
import { takeLock } from "../io/lock.ts";
import { LeaseError } from "../io/lease-error.ts";
import { runIds } from "../io/random.ts";
import { stateDirOf } from "../io/state.ts";
import { attempt } from "./apply/attempt.ts";
import { leasedTracker } from "./apply/leased-tracker.ts";
import { readOrigin } from "./read-origin.ts";
import { readSpecs } from "./read-specs.ts";
import { openTargets, type OpenTarget } from "./read-targets.ts";
import { awaitLease, openTurns, releaseTurns, type Turns } from "./turns/open-turns.ts";
import { connectRemoteTargets } from "./turns/remote-targets.ts";
import type { TypedKey } from "./typed-keys.ts";
import type { Workspace } from "./workspace.ts";

export interface IgnoredTicket {
  readonly target: string;
  readonly key: string;
  readonly title: string;
}

export interface IgnoreReport {
  /** Tickets that got the label, or, where nothing was to be written, that would. */
  readonly ignored: readonly IgnoredTicket[];
  /** Tickets that had it. */
  readonly already: readonly IgnoredTicket[];
  readonly diagnostics: readonly Diagnostic[];
  readonly exitCode: ExitCode;
}

const REFUSED: Omit<IgnoreReport, "diagnostics" | "exitCode"> = { ignored: [], already: [] };

/** Nothing is written where anything is wrong with one of them. `isDry`: nothing is written at all. */
export async function ignoreTickets(
  workspace: Workspace,
  keys: readonly TypedKey[],
  { isDry, command, signal }: { readonly isDry: boolean; readonly command: string; readonly signal: AbortSignal },
): Promise<IgnoreReport> {
  const stateDir = await stateDirOf(workspace.disk, workspace.root);
  const names = [...new Set(keys.map(({ target }) => target.name))];
  const opened = await openTargets(workspace, names);
  try {
    const found = await readKeys(workspace, keys, opened.targets);
    const diagnostics = [...opened.unreachable.values(), ...found.diagnostics];
    if (diagnostics.length > 0) return { ...REFUSED, diagnostics, exitCode: EXIT.error };
    const [already, open] = [found.tickets.filter(hasLabel), found.tickets.filter((one) => !hasLabel(one))];
    const told = { already: already.map(shown), diagnostics: [] };
    if (isDry || open.length === 0) return { ...told, ignored: open.map(shown), exitCode: EXIT.ok };
    const taken = await takeLock(workspace.disk, stateDir, { command, now: workspace.clock.now() });
    if (!taken.ok) return { ...REFUSED, diagnostics: [{ code: "locked", severity: "error", message: taken.message, hint: taken.hint }], exitCode: EXIT.locked };
    let turns: Turns | null = null;
    try {
      const remote = await connectRemoteTargets(workspace, names);
      turns = await openTurns(workspace, stateDir, remote, command);
      for (const turn of turns.leased) {
        await awaitLease(turn, workspace, { bound: remote.find(({ name }) => name === turn.options.target)?.bound ?? 0, emit: () => undefined, signal });
        await turn.acquire();
      }
      return { ...told, ...(await label(workspace, open, { stateDir, command, turns, workspaceId: found.workspaceId })) };
    } catch (error) {
      if (error instanceof LeaseError) return { ...REFUSED, diagnostics: [error.diagnostic], exitCode: error.code === "locked" ? EXIT.locked : EXIT.error };
      throw error;
    } finally {
      if (turns !== null) await releaseTurns(turns);
      await taken.lock.release();
    }
  } finally {
    for (const { tracker } of opened.targets.values()) await tracker.close();
  }
}

interface FoundTicket {
  readonly target: OpenTarget;
  readonly ticket: Ticket;
}

interface FoundKeys {
  readonly tickets: readonly FoundTicket[];
  readonly diagnostics: readonly Diagnostic[];
  readonly workspaceId: string;
}

async function readKeys(workspace: Workspace, keys: readonly TypedKey[], targets: ReadonlyMap<string, OpenTarget>): Promise<FoundKeys> {
  const [{ docs }, { workspace: workspaceId }] = await Promise.all([readSpecs(workspace), readOrigin(workspace, { remoteTargets: false, anyBranch: true })]);
  const named = new Map(
    docs.flatMap(({ path, sections }) => sections.flatMap(({ id, ticket }) => (ticket ? [[`${ticket.system} ${ticket.key}`, `${path}#${id}`]] : []))),
  );
  const tickets: FoundTicket[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const target of targets.values()) {
    const mine = keys.filter((one) => one.target.name === target.config.name).map(({ key }) => key);
    const snapshot = await target.tracker.read({ keys: mine });
    for (const key of snapshot.missing)
      diagnostics.push({
        code: "ticket-unknown",
        severity: "error",
        message: `${target.config.name} has no ticket ${key}, or does not show it to this account.`,
      });
    for (const ticket of snapshot.tickets) {
      const against = againstIgnoring(ticket, named.get(`${target.config.system} ${ticket.key}`));
      if (against === null) tickets.push({ target, ticket });
      else diagnostics.push(against);
    }
  }
  return { tickets, diagnostics, workspaceId };
}

/** The label is an answer about tickets of people; a section's own is left alone by its section. */
function againstIgnoring(ticket: Ticket, section: string | undefined): Diagnostic | null {
  const { key, base, archived } = ticket;
  const address = section ?? (base !== null && !base.released && !isCopy(ticket) ? base.address : null);
  const message = address !== null ? `${key} is the ticket of ${address}.` : archived ? `${key} was archived: nobody asks about it.` : null;
  return message === null ? null : { code: "ignore-refused", severity: "error", message };
}

interface LabelContext {
  readonly stateDir: string;
  readonly command: string;
  readonly turns: Turns;
  readonly workspaceId: string;
}

async function label(
  workspace: Workspace,
  open: readonly FoundTicket[],
  { stateDir, command, turns, workspaceId }: LabelContext,
): Promise<Pick<IgnoreReport, "ignored" | "diagnostics" | "exitCode">> {
  const run = await newRunId(workspace.disk, stateDir, runIds(workspace.env));
  const journal = await openJournal(workspace.disk, stateDir, run);
  const at = (): string => workspace.clock.now().toISOString();
  await journal.append({ kind: "run", run, plan: "", command, at: at(), workspace: workspaceId });
  const ignored: IgnoredTicket[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [target, group] of Map.groupBy(open, (one) => one.target)) {
    const { name } = target.config;
    const tracker = leasedTracker(target.tracker, turns.of(name));
    const size = tracker.capabilities.batch.update;
    for (let start = 0; start < group.length; start += size) {
      const batch = group.slice(start, start + size);
      await journal.append({ kind: "writing", target: name, changes: batch.map(changeOf), at: at() });
      const patches = batch.map(({ ticket: { key } }) => ({ key, expectRevision: null, labels: { add: [IGNORE_LABEL], remove: [] } }));
      const outcomes = await attempt(patches, tracker.capabilities.batch.update, (some) => tracker.update(some));
      const done = batch.filter((_one, index) => outcomes[index]?.state === "done");
      await journal.append(...done.map((one) => ({ kind: "written" as const, target: name, address: "", key: one.ticket.key, change: changeOf(one) })));
      ignored.push(...done.map(shown));
      batch.forEach(({ ticket: { key } }, index) => {
        const outcome = outcomes[index];
        if (outcome?.state === "done") return;
        diagnostics.push({
          code: "ignore-refused",
          severity: "error",
          message: `${key} did not get the label ${IGNORE_LABEL}: ${outcome?.error.message ?? "the tracker did not answer for it"}`,
          hint: outcome?.error.hint ?? "Run the command again.",
        });
      });
    }
  }
  const exitCode = diagnostics.length === 0 ? EXIT.ok : ignored.length > 0 ? EXIT.partly : EXIT.error;
  await journal.append({ kind: "end", exitCode, at: at() });
  return { ignored, diagnostics, exitCode };
}

function changeOf({ ticket }: FoundTicket): string {
  return `ignore ${ticket.key}`;
}

function hasLabel({ ticket }: FoundTicket): boolean {
  return ticket.labels.some((one) => one.toLowerCase() === IGNORE_LABEL);
}

function shown({ target, ticket: { key, title } }: FoundTicket): IgnoredTicket {
  return { target: target.config.name, key, title };
}
