/** Reading: every query looks at the files themselves, so nothing lags; what cannot be read is told. */

import type { FieldEdit, InDoubt, Query, Settled, Snapshot } from "../../src/trackers/tracker.ts";
import { trouble, type Folder } from "./folder-client.ts";
import { findTicket, projectOf, toTicket } from "./folder-map.ts";
import type { StoredTicket } from "./folder-ticket.ts";
import { idOf } from "./folder-writes.ts";

export function readQuery(folder: Folder, project: string, query: Query): Snapshot {
  const complete = folder.broken.length === 0;
  if (!("keys" in query)) {
    const found = folder.tickets.filter(filterOf(folder, project, query));
    return { tickets: found.map((ticket) => toTicket(folder, ticket)), missing: [], renamed: {}, complete };
  }
  const found = new Map(query.keys.map((key) => [key, findTicket(folder, key)]));
  const tickets = folder.tickets.filter((ticket) => [...found.values()].includes(ticket));
  const renamed = [...found].flatMap(([key, ticket]) => (ticket && ticket.key !== key ? [[key, ticket.key] as const] : []));
  // With a file that cannot be read nobody knows whether a ticket is gone.
  const missing = complete ? [...found].flatMap(([key, ticket]) => (ticket ? [] : [key])) : [];
  return { tickets: tickets.map((ticket) => toTicket(folder, ticket)), missing, renamed: Object.fromEntries(renamed), complete };
}

function filterOf(folder: Folder, project: string, query: Exclude<Query, { readonly keys: readonly string[] }>): (ticket: StoredTicket) => boolean {
  const isListed = ({ key, archived }: StoredTicket): boolean => projectOf(key) === project && !archived;
  if ("managed" in query) return ({ key, base, token }) => projectOf(key) === project && (base !== null || token !== null);
  if ("changedSince" in query) return ({ key, updated }) => projectOf(key) === project && Date.parse(updated) >= Date.parse(query.changedSince);
  if ("project" in query) return isListed;
  if ("inbox" in query) {
    const label = /^label:(\S+)$/.exec(query.inbox)?.[1];
    if (label === undefined) throw trouble("invalid", `"${query.inbox}" is no query of a folder.`, "Write label:NAME.");
    return (ticket) => isListed(ticket) && ticket.labels.includes(label);
  }
  const parents = new Set(query.childrenOf.map((key) => findTicket(folder, key)?.id));
  return (ticket) => {
    const parent = ticket.parent === null ? null : findTicket(folder, ticket.parent);
    const isMarked = ticket.base !== null || ticket.token !== null;
    return isListed(ticket) && parent !== null && parents.has(parent.id) && !(query.unmarked === true && isMarked);
  };
}

export function historyOf(folder: Folder, keys: readonly string[], since: string | null): readonly FieldEdit[] {
  const ids = new Map(
    keys.flatMap((key) => {
      const ticket = findTicket(folder, key);
      return ticket ? [[ticket.id, key] as const] : [];
    }),
  );
  return folder.edits().flatMap(({ id, ...edit }) => {
    const key = ids.get(id);
    return key === undefined || (since !== null && Date.parse(edit.at) < Date.parse(since)) ? [] : [{ ...edit, key }];
  });
}

/** The id follows from the token: looking is enough, and no time has to pass. */
export function settle(folder: Folder, { token }: InDoubt): Settled {
  const found = folder.tickets.filter(({ id }) => id === idOf(token));
  if (found.length > 0) return { token, state: "created", tickets: found.map((ticket) => toTicket(folder, ticket)) };
  const [broken] = folder.broken;
  return broken === undefined ? { token, state: "absent" } : { token, state: "unknown", why: `${broken} cannot be read, and may be it` };
}
