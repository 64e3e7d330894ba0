/** Counts the requests that plan and apply make of the local tracker, against what its batch sizes make unavoidable. */

import { FORWARD } from "../src/core/plan/selection.ts";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Selection } from "../src/core/model/plan.ts";
import { startApply } from "../src/operations/apply.ts";
import { planTickets } from "../src/operations/plan.ts";
import { openWorkspace, type ConnectTracker, type Workspace } from "../src/operations/workspace.ts";
import type { Tracker } from "../src/trackers/tracker.ts";
import { connect } from "../src/wiring.ts";

export interface RequestCount {
  readonly name: string;
  readonly limit: number;
  readonly made: number;
  readonly details: string;
}

type Call = keyof Pick<Tracker, "check" | "read" | "history" | "watermark" | "create" | "update" | "transition" | "comment" | "link" | "settleCreates">;
type Log = { readonly call: Call; readonly requests: number }[];

const WRITES: ReadonlySet<Call> = new Set(["create", "update", "transition", "comment", "link"]);
const EVERYTHING: Selection = { addresses: [], exclude: [], targets: [], includeDone: false, ...FORWARD };
/** What a run may ask beyond its tickets: who am I, the watermark, a page that is only begun. */
const SPARE = 5;

/** Plans and applies the specs in `root`, three levels deep and all new, then edits every file and applies again. */
export async function countRequests(root: string): Promise<readonly RequestCount[]> {
  const log: Log = [];
  const workspace = await open(root, log);
  const planned = await planTickets(workspace, { selection: EVERYTHING, anyBranch: false });
  const planning = taken(log);
  const batch = await batchSizes(workspace);
  const perLevel = levelsOf(planned.changes.map(({ address, after }) => ({ address, after })));
  await applyAll(root, log);
  const creating = taken(log);
  await planTickets(workspace, { selection: EVERYTHING, anyBranch: false });
  const quiet = taken(log);
  const edited = editFirstSections(join(root, "specs"));
  await applyAll(root, log);
  const updating = taken(log);
  const [n, pages] = [planned.changes.length, Math.ceil(planned.changes.length / batch.read)];
  const creates = sum(perLevel.map((count) => Math.ceil(count / batch.create)));
  return [
    counted("plan, all new", SPARE, planning, `${n} sections`),
    // A ticket's own id and the tracker's echo are known only after its create: one base alone for each.
    counted("apply, all new", 2 * creates + SPARE, creating, `${n} creates on ${perLevel.length} levels, batches of ${batch.create}`),
    counted("plan, nothing changed", pages + SPARE, quiet, `${n} tickets, pages of ${batch.read}`),
    {
      name: "writes of a plan",
      limit: 0,
      made: sum([...planning, ...quiet].filter(({ call }) => WRITES.has(call)).map(({ requests }) => requests)),
      details: "both plans",
    },
    counted(
      "apply, edited",
      pages + 2 * Math.ceil(edited / Math.min(batch.update, batch.read)) + SPARE,
      updating,
      `${edited} updates with their guard reads, batches of ${batch.update}`,
    ),
  ];
}

function counted(name: string, limit: number, log: Log, details: string): RequestCount {
  const byCall = Map.groupBy(log, ({ call }) => call);
  const calls = [...byCall].map(([call, made]) => `${call} ${sum(made.map(({ requests }) => requests))}`).join(", ");
  return { name, limit, made: sum(log.map(({ requests }) => requests)), details: `${details}: ${calls}` };
}

async function open(root: string, log: Log): Promise<Workspace> {
  const opened = await openWorkspace({ cwd: root, env: { CANON_USER: "bench" }, connect: counting(log) });
  if (!opened.ok) throw new Error(JSON.stringify(opened.diagnostics));
  return opened.workspace;
}

async function applyAll(root: string, log: Log): Promise<void> {
  const started = await startApply(await open(root, log), {
    selection: EVERYTHING,
    anyBranch: false,
    command: "canon apply",
    onEvent: () => undefined,
    signal: new AbortController().signal,
  });
  if (!started.ok) throw new Error(started.diagnostic.message);
  const outcome = await started.session.run({ create: [], close: [] });
  await started.session.end();
  if (!outcome.ok || outcome.report.exitCode !== 0) throw new Error(JSON.stringify(outcome).slice(0, 2000));
}

async function batchSizes(workspace: Workspace): Promise<Tracker["capabilities"]["batch"]> {
  const [target] = workspace.config.targets;
  const connection = target && (await workspace.connect(target));
  if (!connection?.ok) throw new Error("the local tracker does not open");
  const { batch } = connection.tracker.capabilities;
  await connection.tracker.close();
  return batch;
}

/** How many creates wait for none, for one, for two others. */
function levelsOf(creates: readonly { readonly address: string; readonly after: readonly string[] }[]): readonly number[] {
  const levels = new Map<string, number>();
  const counts: number[] = [];
  for (const { address, after } of creates) {
    const level = Math.max(0, ...after.map((above) => (levels.get(above) ?? 0) + 1));
    levels.set(address, level);
    counts[level] = (counts[level] ?? 0) + 1;
  }
  return counts;
}

/** One edited paragraph under each heading of the first file of every ten. */
function editFirstSections(specs: string): number {
  let edited = 0;
  for (const file of readdirSync(specs).filter((name) => name.endsWith("0.md"))) {
    const text = readFileSync(join(specs, file), "utf8");
    writeFileSync(
      join(specs, file),
      text.replaceAll("It never loses", () => (edited++, "It does not lose")),
    );
  }
  return edited;
}

function taken(log: Log): Log {
  return log.splice(0);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** The local tracker with a log of its requests, as many as its batch sizes make of each call. */
function counting(log: Log): ConnectTracker {
  return async (target, context) => {
    const connection = await connect(target, context);
    if (!connection.ok) return connection;
    const { tracker } = connection;
    const { batch } = tracker.capabilities;
    const note = (call: Call, elements: number, size: number): void => void log.push({ call, requests: Math.max(1, Math.ceil(elements / size)) });
    const counted: Tracker = {
      ...tracker,
      capabilities: tracker.capabilities,
      check: () => (note("check", 1, 1), tracker.check()),
      read: async (query) => {
        const snapshot = await tracker.read(query);
        note("read", "keys" in query ? query.keys.length : snapshot.tickets.length, batch.read);
        return snapshot;
      },
      history: (keys, since) => (note("history", keys.length, batch.read), tracker.history(keys, since)),
      watermark: () => (note("watermark", 1, 1), tracker.watermark()),
      create: (drafts) => (note("create", drafts.length, batch.create), tracker.create(drafts)),
      update: (patches) => (note("update", patches.length, batch.update), tracker.update(patches)),
      transition: (steps) => (note("transition", steps.length, batch.update), tracker.transition(steps)),
      comment: (notes) => (note("comment", notes.length, batch.update), tracker.comment(notes)),
      link: (links) => (note("link", links.length, batch.update), tracker.link(links)),
      settleCreates: (inDoubt) => (note("settleCreates", inDoubt.length, batch.read), tracker.settleCreates(inDoubt)),
    };
    return { ok: true, tracker: counted };
  };
}
