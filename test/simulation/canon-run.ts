/** One run of Canon on the world, as its commands do it: lock, plan, carry out; perhaps with faults, or to its death. */

import type { ApplyReport } from "../../src/core/model/apply-report.ts";
import type { Plan, Selection } from "../../src/core/model/plan.ts";
import { EXIT } from "../../src/core/model/exit-code.ts";
import { startApply } from "../../src/operations/apply.ts";
import { failureDiagnostic } from "../../src/operations/failure-diagnostic.ts";
import { ALL } from "../harness/project-at.ts";
import { Died, mortalWorld } from "./mortal.ts";
import type { Dice } from "./dice.ts";
import type { World } from "./world.ts";

export interface RunWishes {
  readonly selection: Partial<Selection>;
  /** The operation at which the process dies; 0: it lives. */
  readonly deathAt: number;
  /** Presses ^C at the nth event; 0: nobody does. */
  readonly interruptAt: number;
  /** What people do between the plan that was shown and the yes. */
  readonly meanwhile: (plan: Plan) => Promise<void>;
  readonly anyBranch: boolean;
}

export interface RunResult {
  /** The plan that was carried out; null where it did not come to one. */
  readonly plan: Plan | null;
  readonly report: ApplyReport | null;
  /** null: the process died. */
  readonly exitCode: number | null;
  readonly requests: number;
  readonly told: string;
}

export async function runCanon(world: Pick<World, "project" | "connect">, wishes: RunWishes, dice: Dice): Promise<RunResult> {
  const mortal = mortalWorld(wishes.deathAt, dice, world.connect);
  const project = world.project.within({ disk: mortal.disk, connect: mortal.connect });
  let plan: Plan | null = null;
  const over = (exitCode: number | null, told: string, report: ApplyReport | null = null): RunResult => ({
    plan,
    report,
    exitCode,
    requests: mortal.requests(),
    told,
  });
  const interrupt = new AbortController();
  let events = 0;
  try {
    const workspace = await project.open();
    const started = await startApply(
      { ...workspace, env: mortalEnv(workspace.env, mortal.isDead) },
      {
        selection: { ...ALL, ...wishes.selection },
        anyBranch: wishes.anyBranch,
        command: "canon",
        signal: interrupt.signal,
        onEvent: () => {
          events += 1;
          if (events === wishes.interruptAt) interrupt.abort();
        },
      },
    );
    if (!started.ok) return over(EXIT.locked, started.diagnostic.message);
    const { session } = started;
    try {
      plan = session.plan;
      await wishes.meanwhile(plan);
      const allowed = (kind: "create" | "close"): readonly number[] =>
        session.massesOf(session.plan).flatMap((mass) => (mass.kind === kind ? [mass.count] : []));
      const outcome = await session.run({ create: allowed("create"), close: allowed("close") });
      if (mortal.isDead()) return over(null, "died");
      if (outcome.ok) return over(outcome.report.exitCode, toldOf(outcome.report), outcome.report);
      return over(outcome.why === "refused" ? outcome.refusal.exitCode : outcome.why === "stale" ? EXIT.stale : EXIT.error, outcome.why);
    } finally {
      await session.end();
    }
  } catch (error) {
    if (error instanceof Died || mortal.isDead()) return over(null, `died: ${String(error)}`);
    const known = failureDiagnostic(error);
    if (known === null) throw error;
    return over(EXIT.error, known.message);
  }
}

/** A dead process starts no git any more. */
function mortalEnv(env: Readonly<Record<string, string | undefined>>, isDead: () => boolean): Readonly<Record<string, string | undefined>> {
  return Object.defineProperty({ ...env }, "PATH", { enumerable: true, get: () => (isDead() ? "" : env["PATH"]) });
}

function toldOf({ exitCode, results, pulled, unmarked }: ApplyReport): string {
  const what = results.map(({ key, address, state, message }) => `${key ?? address} ${state}${message === null ? "" : ` (${message})`}`);
  return [`exit ${exitCode}`, ...what, ...pulled.map((path) => `pulled ${path}`), ...unmarked.map(({ address }) => `unmarked ${address}`)].join("; ");
}
