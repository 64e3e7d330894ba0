/** Opens a workspace: its configuration, and everything an operation needs from the world, in one value. */

import type { MarkdownParser } from "../core/spec/markdown-parser.ts";
import type { Config, TargetConfig } from "../core/model/config.ts";
import type { Diagnostic } from "../core/model/diagnostic.ts";
import { clockOf, type Clock } from "../io/clock.ts";
import { loadConfig } from "../io/config-file.ts";
import { realDisk, type Disk } from "../io/disk.ts";
import { openLog, type Log } from "../io/log.ts";
import { makeRedactor, secretsOf } from "../io/redact.ts";
import { loadParser } from "../io/parse-markdown.ts";
import type { TicketSource } from "../trackers/ticket-source.ts";
import { TrackerError } from "../trackers/tracker-error.ts";
import type { Tracker } from "../trackers/tracker.ts";

/** Opens the tracker of a target. `src/wiring.ts` gives the real ones. */
export type ConnectTracker = (target: TargetConfig, context: ConnectContext) => Promise<Connection>;

/** Opens a platform for looking tickets up. Throws TrackerError where credentials are missing. */
export type ConnectSource = (target: TargetConfig, context: ConnectContext) => Promise<TicketSource>;

/** `requests`: how many were really sent, where the tracker is behind a network. */
export type Connection =
  | { readonly ok: true; readonly tracker: Tracker; readonly requests?: () => number }
  | { readonly ok: false; readonly message: string; readonly hint: string };

/** What the local tracker needs. */
export interface DeskContext {
  /** Absolute path of the workspace. */
  readonly root: string;
  readonly parser: MarkdownParser;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
}

/** What a tracker behind a network needs besides. */
export interface ConnectContext extends DeskContext {
  readonly clock: Clock;
  readonly log: Log;
  /** Hears that reading waits for a limit of the tracker, in seconds. */
  readonly onWait: (seconds: number) => void;
}

export interface Workspace {
  /** Absolute path of the folder that holds the configuration. */
  readonly root: string;
  /** The clone whose git and whose `.canon` count: the root, but for specs that were put into a folder of their own to be planned. */
  readonly home: string;
  readonly config: Config;
  readonly parser: MarkdownParser;
  readonly disk: Disk;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** What CANON_DEBUG asks for. */
  readonly log: Log;
  readonly connect: (target: TargetConfig) => Promise<Connection>;
  /** Throws TrackerError. */
  readonly openSource: (target: TargetConfig) => Promise<TicketSource>;
  /** Warnings and notices of the configuration. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface WorkspaceOptions {
  readonly cwd: string;
  /** Absent: where the configuration is. */
  readonly home?: string;
  readonly config?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Tests give another one to move time by hand. */
  readonly clock?: Clock;
  readonly connect: ConnectTracker;
  /** Absent: no ticket can be looked up here. */
  readonly openSource?: ConnectSource;
  /** Hears that reading a target waits for its tracker's limit, in seconds. */
  readonly onWait?: (target: string, seconds: number) => void;
  /** Tests wrap it to kill the process at a chosen file operation. */
  readonly disk?: Disk;
}

export type OpenedWorkspace = { readonly ok: true; readonly workspace: Workspace } | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export async function openWorkspace(options: WorkspaceOptions): Promise<OpenedWorkspace> {
  const [loaded, parser] = await Promise.all([
    loadConfig({ cwd: options.cwd, ...(options.config === undefined ? {} : { explicit: options.config }) }),
    loadParser(parserChoice(options.env["CANON_PARSER"])),
  ]);
  if (!loaded.ok) return { ok: false, diagnostics: loaded.diagnostics };
  const { root, config, diagnostics } = loaded;
  const { env, connect, openSource = noSource, clock = clockOf(env), disk = realDisk(), home = root } = options;
  const contextOf = (target: TargetConfig): ConnectContext => ({
    ...{ root: home, parser, env, clock, log, now: () => clock.now() },
    onWait: (seconds) => options.onWait?.(target.name, seconds),
  });
  const log = openLog(env["CANON_DEBUG"], makeRedactor(secretsOf(env)), (line) => void process.stderr.write(line));
  return {
    ok: true,
    workspace: {
      root,
      home,
      config,
      parser,
      disk,
      env,
      clock,
      log,
      diagnostics,
      connect: (target) => connect(target, contextOf(target)),
      openSource: async (target) => openSource(target, contextOf(target)),
    },
  };
}

async function noSource({ system }: TargetConfig): Promise<never> {
  throw new TrackerError("unavailable", `Tickets of ${system} cannot be looked up here.`);
}

/** CANON_PARSER=remark takes the reference parser where the fast one is in doubt. */
function parserChoice(name: string | undefined): "satteri" | "remark" | undefined {
  return name === "satteri" || name === "remark" ? name : undefined;
}
