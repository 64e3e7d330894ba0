/** Opens what the bot works with: the clone, its code host, and a way to open workspaces of commits. */

import type { Diagnostic } from "../../core/model/diagnostic.ts";
import type { Forge } from "../../forges/forge.ts";
import { clockOf, type Clock } from "../../io/clock.ts";
import { readRepository } from "../../io/git.ts";
import { openLog, type Log } from "../../io/log.ts";
import { makeRedactor, secretsOf } from "../../io/redact.ts";
import { openWorkspace, type WorkspaceOptions } from "../workspace.ts";
import type { BotWords, BotWorld } from "./bot-world.ts";

/** What opening a code host takes; `src/wiring.ts` gives the real ones. */
export interface ForgeContext {
  /** Top of the clone. */
  readonly top: string;
  /** `github.com/org/repo`: where its remote is, without credentials; null: it has none. */
  readonly remote: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly log: Log;
  readonly onWait: (seconds: number) => void;
}

/** Throws ForgeError. */
export type OpenForge = (context: ForgeContext) => Promise<Forge>;

export interface BotOptions extends Pick<WorkspaceOptions, "env" | "clock" | "connect" | "openSource" | "onWait"> {
  /** Somewhere in the clone. */
  readonly folder: string;
  readonly openForge: OpenForge;
  readonly words: BotWords;
}

export type OpenedBot = { readonly ok: true; readonly world: BotWorld } | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export async function openBot({ folder, openForge, words, ...options }: BotOptions): Promise<OpenedBot> {
  const { env, clock = clockOf(env) } = options;
  const log = openLog(env["CANON_DEBUG"], makeRedactor(secretsOf(env)), (line) => void process.stderr.write(line));
  const repository = await readRepository(folder, { env, log });
  if (repository === null)
    return {
      ok: false,
      diagnostics: [
        {
          code: "forge-missing",
          severity: "error",
          message: `${folder} is no clone of a repository.`,
          hint: "canon bot works in a clone: check the repository out first.",
        },
      ],
    };
  const { top, prefix, remote } = repository;
  const forge = await openForge({ top, remote: remote?.url ?? null, env, clock, log, onWait: (seconds) => options.onWait?.("the code host", seconds) });
  return {
    ok: true,
    world: {
      ...{ forge: { ...forge, repository: once(() => forge.repository()) }, clone: { top, prefix }, env, clock, words },
      openAt: (at, home) => openWorkspace({ ...options, clock, cwd: at, home }),
    },
  };
}

/** What a repository is does not change within a run; whether that could be asked may. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | null = null;
  return () => {
    asked ??= ask().catch((error: unknown) => {
      asked = null;
      throw error;
    });
    return asked;
  };
}
