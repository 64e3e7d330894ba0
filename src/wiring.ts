/** The only file that names concrete trackers: system → adapter, loaded when a target of it is used. */

import { hostname, userInfo } from "node:os";
import { resolve } from "node:path";
import type { TargetConfig } from "./core/model/config.ts";
import type { ConnectContext, Connection } from "./operations/workspace.ts";
import type { LocalDesk } from "./trackers/local-desk.ts";

export async function connect(target: TargetConfig, context: ConnectContext): Promise<Connection> {
  switch (target.system) {
    case "local": {
      const { openLocalTracker } = await import("./trackers/local/local-tracker.ts");
      return { ok: true, tracker: openLocalTracker(localOptions(target, context)) };
    }
    case "jira":
    case "linear":
    case "github":
    case "azure":
      return {
        ok: false,
        message: `this version of Canon has no adapter for ${target.system} yet`,
        hint: "canon list works without it; plan and apply work on targets with system: local.",
      };
  }
}

/** The side of the people on a local target. */
export async function openLocalDesk(target: TargetConfig, context: ConnectContext): Promise<LocalDesk> {
  const { openDesk } = await import("./trackers/local/local-desk.ts");
  return openDesk(localOptions(target, context));
}

interface LocalOptions {
  readonly file: string;
  readonly root: string;
  readonly identity: string;
  readonly project: string;
  readonly parser: ConnectContext["parser"];
  readonly author: string;
  readonly now: () => Date;
}

function localOptions({ path, project }: TargetConfig, { root, parser, env, now }: ConnectContext): LocalOptions {
  return { file: resolve(root, path), root, identity: `local:${path}/${project}`, project, parser, author: accountName(env), now };
}

/** CANON_USER, else who is logged in here: history needs a name, and asks for no account. */
function accountName(env: ConnectContext["env"]): string {
  const given = env["CANON_USER"] ?? env["USER"] ?? env["LOGNAME"];
  if (given) return given;
  try {
    return userInfo().username;
  } catch {
    return hostname();
  }
}
