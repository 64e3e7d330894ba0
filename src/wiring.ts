/** The only file that names concrete trackers and forges: each is loaded when it is used. */

import { hostname, userInfo } from "node:os";
import { join, resolve } from "node:path";
import type { TargetConfig } from "./core/model/config.ts";
import type { System } from "./core/model/system.ts";
import { ForgeError } from "./forges/forge-error.ts";
import type { Forge } from "./forges/forge.ts";
import type { ForgeContext } from "./operations/bot/open-bot.ts";
import type { ConnectContext, Connection, DeskContext } from "./operations/workspace.ts";
import type { LocalDesk } from "./trackers/local-desk.ts";
import type { RemoteOptions } from "./trackers/remote-options.ts";
import type { TicketSource } from "./trackers/ticket-source.ts";
import { TrackerError } from "./trackers/tracker-error.ts";
import type { Tracker } from "./trackers/tracker.ts";

interface Vendor {
  readonly openTracker: (options: RemoteOptions) => Promise<Tracker>;
  readonly openSource: (options: RemoteOptions) => Promise<TicketSource>;
}

const VENDORS: Readonly<Record<Exclude<System, "local">, Vendor>> = {
  jira: {
    openTracker: async (options) => (await import("./trackers/jira/jira-tracker.ts")).openJiraTracker(options),
    openSource: async (options) => (await import("./trackers/jira/jira-source.ts")).openJiraSource(options),
  },
  linear: {
    openTracker: async (options) => (await import("./trackers/linear/linear-tracker.ts")).openLinearTracker(options),
    openSource: async (options) => (await import("./trackers/linear/linear-source.ts")).openLinearSource(options),
  },
  github: {
    openTracker: async (options) => (await import("./trackers/github/github-tracker.ts")).openGithubTracker(options),
    openSource: async (options) => (await import("./trackers/github/github-source.ts")).openGithubSource(options),
  },
  azure: {
    openTracker: async (options) => (await import("./trackers/azure/azure-tracker.ts")).openAzureTracker(options),
    openSource: async (options) => (await import("./trackers/azure/azure-source.ts")).openAzureSource(options),
  },
};

export async function connect(target: TargetConfig, context: ConnectContext): Promise<Connection> {
  if (target.system === "local") {
    const { openLocalTracker } = await import("./trackers/local/local-tracker.ts");
    return { ok: true, tracker: openLocalTracker(localOptions(target, context)) };
  }
  try {
    let sent = 0;
    const options = await remoteOptions(target, context);
    const tracker = await VENDORS[target.system].openTracker({ ...options, onSend: () => (sent += 1) });
    return { ok: true, tracker, requests: () => sent };
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    return { ok: false, message: error.message, hint: error.hint ?? "canon target check tells more." };
  }
}

/** Throws TrackerError. */
export async function openSource(target: TargetConfig, context: ConnectContext): Promise<TicketSource> {
  if (target.system === "local") {
    const { openLocalSource } = await import("./trackers/local/local-source.ts");
    return openLocalSource(localOptions(target, context));
  }
  return VENDORS[target.system].openSource(await remoteOptions(target, context));
}

/** Certificates and proxy are set before the first request of this process. */
async function remoteOptions(target: TargetConfig, { env, parser, clock, log, onWait }: ConnectContext): Promise<RemoteOptions> {
  const [{ prepareNetwork }, { HttpFailure }, { errorOfFailure }] = await Promise.all([
    import("./io/http/network.ts"),
    import("./io/http/http-failure.ts"),
    import("./trackers/http-client.ts"),
  ]);
  try {
    prepareNetwork(env);
  } catch (error) {
    throw error instanceof HttpFailure ? errorOfFailure(error, false) : error;
  }
  return { target, env, parser, clock, log, onWait };
}

/** Throws ForgeError. CANON_FORGE=git:REPOSITORY:FOLDER keeps pull requests in a folder; else the host of the clone's remote counts. */
export async function openForge({ top, remote, env, clock, log, onWait }: ForgeContext): Promise<Forge> {
  const [, bare, folder] = /^git:(.+):([^:]+)$/.exec(env["CANON_FORGE"] ?? "") ?? [];
  if (bare !== undefined && folder !== undefined) {
    const { openGitForge } = await import("./forges/git/git-forge.ts");
    const work = join(top, ".canon", "cache", "forge");
    return openGitForge({ remote: bare, work, folder: resolve(top, folder), account: env["CANON_USER"] ?? "canon[bot]", now: () => clock.now(), env });
  }
  const [host = "", owner, name] = remote?.split("/") ?? [];
  const repository = env["GITHUB_REPOSITORY"] ?? (owner === undefined || name === undefined ? null : `${owner}/${name}`);
  const baseUrl = env["GITHUB_API_URL"] ?? null;
  if (repository === null || (baseUrl === null && host !== "github.com"))
    throw new ForgeError("invalid", `Canon does not know the code host of this clone${remote === null ? ", which has no remote" : `: ${remote}`}.`, {
      hint: "It knows GitHub; for GitHub Enterprise set GITHUB_API_URL to https://HOST/api/v3.",
    });
  const { openGithubForge } = await import("./forges/github/github-forge.ts");
  return openGithubForge({ repository, baseUrl, env, clock, log, onWait });
}

/** The side of the people on a local target. */
export async function openLocalDesk(target: TargetConfig, context: DeskContext): Promise<LocalDesk> {
  const { openDesk } = await import("./trackers/local/local-desk.ts");
  return openDesk(localOptions(target, context));
}

interface LocalOptions {
  readonly file: string;
  readonly root: string;
  readonly identity: string;
  readonly project: string;
  readonly parser: DeskContext["parser"];
  readonly author: string;
  readonly now: () => Date;
}

function localOptions({ path, project }: TargetConfig, { root, parser, env, now }: DeskContext): LocalOptions {
  return { file: resolve(root, path), root, identity: `local:${path}/${project}`, project, parser, author: accountName(env), now };
}

/** CANON_USER, else who is logged in here: history needs a name, and asks for no account. */
function accountName(env: DeskContext["env"]): string {
  const given = env["CANON_USER"] ?? env["USER"] ?? env["LOGNAME"];
  if (given) return given;
  try {
    return userInfo().username;
  } catch {
    return hostname();
  }
}
