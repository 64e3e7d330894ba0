/** Looks one ticket up on whatever platform it lives, in one shape (behaviours C). */

import { branchName, lookedUpStatus, lookedUpType, type LookedUpTicket } from "../core/lookup/looked-up-ticket.ts";
import { resolveReference, type Platforms, type ResolvedReference } from "../core/lookup/resolve-reference.ts";
import type { Diagnostic } from "../core/model/diagnostic.ts";
import { readCached, writeCached } from "../io/ticket-cache.ts";
import { lookedUpSchema } from "../io/looked-up-schema.ts";
import type { TicketDetails } from "../trackers/ticket-source.ts";
import { TrackerError } from "../trackers/tracker-error.ts";
import { platformsOf } from "./platforms.ts";
import type { Workspace } from "./workspace.ts";

export interface LookUpOptions {
  /** Asks the platform even where the answer of the last hour is known. */
  readonly fresh: boolean;
}

export type LookedUp =
  | {
      readonly ok: true;
      readonly ticket: LookedUpTicket;
      /** When the platform was asked; null: just now. */ readonly cachedAt: string | null;
      readonly diagnostics: readonly Diagnostic[];
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export async function lookUp(text: string, workspace: Workspace, options: LookUpOptions): Promise<LookedUp> {
  const platforms: Platforms = platformsOf(workspace.config, workspace.env);
  const resolution = resolveReference(text, platforms);
  if (!resolution.ok) return { ok: false, diagnostics: [resolution.diagnostic] };
  const { resolved } = resolution;
  const name = JSON.stringify([resolved.target.system, resolved.target.baseUrl, resolved.target.envPrefix, resolved.target.project, resolved.key]);
  const cached = options.fresh ? null : await readCached(workspace.disk, workspace.root, name, workspace.clock.now());
  const known = cached === null ? null : parsed(cached.text);
  if (known !== null && cached !== null) return answer(known, cached.at);
  const found = await ask(resolved, workspace);
  if (!("title" in found)) return { ok: false, diagnostics: [found] };
  await writeCached(workspace.disk, workspace.root, name, JSON.stringify(found), workspace.clock.now());
  return answer(found, null);
}

function answer(ticket: LookedUpTicket, cachedAt: string | null): LookedUp {
  const { archivedAt } = ticket.metadata;
  const archived: readonly Diagnostic[] =
    archivedAt === null ? [] : [{ code: "ticket-archived", severity: "warning", message: `${ticket.key} is archived since ${archivedAt.slice(0, 10)}.` }];
  return { ok: true, ticket, cachedAt, diagnostics: archived };
}

/** What an older Canon wrote is asked for again. */
function parsed(text: string): LookedUpTicket | null {
  try {
    const result = lookedUpSchema.safeParse(JSON.parse(text));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}

async function ask({ target, key }: ResolvedReference, { openSource }: Workspace): Promise<LookedUpTicket | Diagnostic> {
  try {
    const source = await openSource(target);
    try {
      return toLookedUp(await source.find(key), source.system);
    } finally {
      await source.close();
    }
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    return {
      code: "lookup-failed",
      severity: "error",
      message: `${target.system} ${key}: ${error.message}`,
      ...(error.hint === null ? {} : { hint: error.hint }),
    };
  }
}

function toLookedUp(details: TicketDetails, platform: LookedUpTicket["platform"]): LookedUpTicket {
  const { id, key, url, title, description, assignee, labels, createdAt, updatedAt, team, priority, state, type, parent, archivedAt } = details;
  return {
    ...{ id, platform, key, url, title, description, status: lookedUpStatus(details.stateKind), type: lookedUpType(labels, type) },
    // The mark is Canon's own way to find its tickets, not a word of people.
    ...{ assignee, labels: labels.filter((label) => label.toLowerCase() !== "canon"), createdAt, updatedAt, branch: branchName(key, title) },
    metadata: { team, priority, state, type, parent, archivedAt },
  };
}
