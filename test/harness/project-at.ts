/** A workspace on the disk with everything a test does to it, through whatever world the test puts around it. Knows no test runner: child processes use it too. */

import { FORWARD } from "../../src/core/plan/selection.ts";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ApplyEvent, ApplyReport } from "../../src/core/model/apply-report.ts";
import type { Plan, Selection } from "../../src/core/model/plan.ts";
import type { Ticket } from "../../src/core/model/ticket.ts";
import { startApply, type RunOutcome } from "../../src/operations/apply.ts";
import { planTickets } from "../../src/operations/plan.ts";
import { openWorkspace, type Workspace, type WorkspaceOptions } from "../../src/operations/workspace.ts";
import type { LocalDesk } from "../../src/trackers/local-desk.ts";
import { connect, openLocalDesk } from "../../src/wiring.ts";

/** What a test puts between Canon and the world. */
export interface World extends Partial<Pick<WorkspaceOptions, "disk" | "clock" | "connect" | "env" | "config">> {
  readonly onEvent?: (event: ApplyEvent) => void;
  readonly signal?: AbortSignal;
  /** The flag --any-branch. */
  readonly anyBranch?: boolean;
}

export interface Project {
  readonly root: string;
  write(path: string, text: string): Promise<void>;
  read(path: string): Promise<string>;
  open(env?: Readonly<Record<string, string>>): Promise<Workspace>;
  plan(selection?: Partial<Selection>): Promise<Plan>;
  /** Applies what it plans, allowing every mass, and fails the test when it may not. */
  apply(selection?: Partial<Selection>): Promise<ApplyReport>;
  applySaved(plan: Plan): Promise<RunOutcome>;
  desk(): Promise<LocalDesk>;
  /** Managed tickets, as Canon sees them. */
  tickets(): Promise<readonly Ticket[]>;
  /** The same folder seen through another world. */
  within(world: World): Project;
}

export const ALL: Selection = { addresses: [], exclude: [], targets: [], includeDone: false, ...FORWARD };

export function projectAt(root: string, world: World = {}): Project {
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  };
  const open = async (env: Readonly<Record<string, string>> = {}): Promise<Workspace> => {
    const { onEvent: _onEvent, signal: _signal, anyBranch: _anyBranch, ...rest } = world;
    const opened = await openWorkspace({ cwd: root, connect, ...rest, env: { CANON_USER: "dana", ...world.env, ...env } });
    if (!opened.ok) throw new Error(JSON.stringify(opened.diagnostics));
    return opened.workspace;
  };
  const desk = async (): Promise<LocalDesk> => {
    const { config, parser, env, clock } = await open({ CANON_USER: "rio" });
    const target = config.targets.find(({ system }) => system === "local");
    if (!target) throw new Error("the project has no local target");
    return openLocalDesk(target, { root, parser, env, now: () => clock.now() });
  };
  const inSession = async <T>(
    selection: Partial<Selection>,
    work: (session: Extract<Awaited<ReturnType<typeof startApply>>, { ok: true }>["session"]) => Promise<T>,
  ): Promise<T> => {
    const started = await startApply(await open(), {
      selection: { ...ALL, ...selection },
      anyBranch: world.anyBranch ?? false,
      command: "canon apply",
      onEvent: world.onEvent ?? (() => undefined),
      signal: world.signal ?? new AbortController().signal,
    });
    if (!started.ok) throw new Error(started.diagnostic.message);
    try {
      return await work(started.session);
    } finally {
      await started.session.end();
    }
  };
  return {
    root,
    write,
    open,
    desk,
    read: (path) => readFile(join(root, path), "utf8"),
    plan: async (selection = {}) => planTickets(await open(), { selection: { ...ALL, ...selection }, anyBranch: world.anyBranch ?? false }),
    apply: (selection = {}) =>
      inSession(selection, async (session) => {
        const countsOf = (kind: "create" | "close"): readonly number[] =>
          session.massesOf(session.plan).flatMap((mass) => (mass.kind === kind ? [mass.count] : []));
        const outcome = await session.run({ create: countsOf("create"), close: countsOf("close") });
        if (!outcome.ok) throw new Error(JSON.stringify(outcome));
        return outcome.report;
      }),
    within: (other) => projectAt(root, { ...world, ...other }),
    applySaved: (plan) => inSession(plan.selection, (session) => session.runSaved(plan, { create: [], close: [] })),
    tickets: async () => {
      const { config, connect: link } = await open();
      const tickets: Ticket[] = [];
      for (const target of config.targets) {
        const connection = await link(target);
        if (!connection.ok) continue;
        tickets.push(...(await connection.tracker.read({ managed: true })).tickets);
        await connection.tracker.close();
      }
      return tickets;
    },
  };
}
