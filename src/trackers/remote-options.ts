/** What opening the tracker of a vendor takes: the target as configured, where secrets come from, and the ways to the world. */

import type { TargetConfig } from "../core/model/config.ts";
import type { MarkdownParser } from "../core/spec/markdown-parser.ts";
import type { Clock } from "../io/clock.ts";
import type { HttpOptions } from "../io/http/http.ts";
import type { RateRules } from "../io/http/rate-rules.ts";
import { requestDeadline } from "../io/http/request-deadline.ts";
import type { Log } from "../io/log.ts";
import { TrackerError } from "./tracker-error.ts";

export interface RemoteOptions {
  readonly target: Pick<TargetConfig, "name" | "system" | "project" | "baseUrl" | "envPrefix" | "public"> & Partial<Pick<TargetConfig, "hierarchy">>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly parser: MarkdownParser;
  readonly clock: Clock;
  readonly log: Log;
  /** Hears that a read waits for a limit of the vendor, in seconds. */
  readonly onWait?: (seconds: number) => void;
  /** Hears of every request. */
  readonly onSend?: () => void;
}

/** How a vendor is spoken to: by its own rules of pace. */
export function httpOptions(options: RemoteOptions, rates: RateRules, concurrency: number): HttpOptions {
  const { target, env, clock, log, onWait, onSend } = options;
  return {
    name: `${target.name} (${target.system} ${target.project})`,
    ...{ clock, log, rates, concurrency, deadline: requestDeadline(env) },
    ...(onWait ? { onWait } : {}),
    ...(onSend ? { onSend } : {}),
  };
}

/** The value of a credential, under the target's own prefix; null where it is not set. */
export function credential({ target, env }: Pick<RemoteOptions, "target" | "env">, name: string): string | null {
  const value = env[target.envPrefix + name]?.trim();
  return value === undefined || value === "" ? null : value;
}

/** A credential that nothing goes without. */
export function neededCredential(options: Pick<RemoteOptions, "target" | "env">, name: string, hint: string): string {
  const value = credential(options, name);
  if (value === null) throw new TrackerError("auth", `${options.target.envPrefix}${name} is not set.`, { hint });
  return value;
}
