/** Which targets other clones may write to: those that are not embedded. */

import { settleBound } from "../apply/recover.ts";
import type { OpenTarget } from "../read-targets.ts";
import type { Workspace } from "../workspace.ts";
import type { RemoteTarget } from "./open-turns.ts";

/** Asks no tracker anything: a connection knows its flags. Targets that cannot be connected are told elsewhere. */
export async function connectRemoteTargets(workspace: Workspace, names: readonly string[]): Promise<readonly RemoteTarget[]> {
  const wanted = workspace.config.targets.filter(({ name }) => names.length === 0 || names.includes(name));
  const found = await Promise.all(
    wanted.map(async (config) => {
      const connection = await workspace.connect(config);
      if (!connection.ok) return [];
      const { tracker } = connection;
      try {
        return remoteTargets([{ config, tracker }]);
      } finally {
        await tracker.close();
      }
    }),
  );
  return found.flat();
}

export function remoteTargets(targets: Iterable<Pick<OpenTarget, "config" | "tracker">>): readonly RemoteTarget[] {
  return [...targets].flatMap(({ config, tracker }) =>
    tracker.capabilities.embedded ? [] : [{ name: config.name, identity: tracker.identity, bound: settleBound({ config, tracker }) }],
  );
}
