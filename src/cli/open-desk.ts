/** Opens the people's side of the local tracker for one command, and lets go of it afterwards. */

import { openLocalDesk } from "../wiring.ts";
import type { Workspace } from "../operations/workspace.ts";
import type { Session } from "./session.ts";
import { usageError } from "./usage-error.ts";

export type Desk = Awaited<ReturnType<typeof openLocalDesk>>;
type Target = Workspace["config"]["targets"][number];

export async function withDesk<T>(session: Session, work: (desk: Desk, workspace: Workspace) => Promise<T>): Promise<T> {
  const workspace = await session.open();
  return withDeskOf(workspace, localTarget(workspace, session.input.text("target")), work);
}

export async function withDeskOf<T>(workspace: Workspace, target: Target, work: (desk: Desk, workspace: Workspace) => Promise<T>): Promise<T> {
  const { root, parser, env, clock } = workspace;
  const desk = await openLocalDesk(target, { root, parser, env, now: () => clock.now() });
  try {
    return await work(desk, workspace);
  } finally {
    await desk.end();
  }
}

/** The one that was named, or the only one. */
function localTarget({ config }: Workspace, name: string | null): Target {
  const local = config.targets.filter(({ system }) => system === "local");
  const names = local.map((target) => target.name).join(", ");
  const found = name === null ? local : local.filter((target) => target.name === name);
  const [only, another] = found;
  if (only !== undefined && another === undefined) return only;
  if (local.length === 0) throw usageError("No target of the configuration has system: local.", "canon local works on such targets only.");
  throw usageError(name === null ? "Several targets have system: local." : `No local target is called "${name}".`, `Give --target with one of: ${names}.`);
}
