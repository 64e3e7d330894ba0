/** Everything the emulated Jira knows: tickets by id, keys that never come again, and what a lagging reader still sees. */

import type { EmulatorClock } from "../kit/emulator-clock.ts";
import type { JiraChangeItem, JiraProject, JiraTicket, JiraTransition, JiraUser } from "./jira-model.ts";
import { fieldIds, jiraProjects, transitionsOf } from "./jira-project.ts";
import type { JiraFieldIds } from "./jira-project.ts";
import type { JiraSettings } from "./jira-options.ts";

interface Version {
  readonly at: number;
  readonly ticket: JiraTicket;
}

export interface JiraWorld {
  readonly settings: JiraSettings;
  readonly clock: EmulatorClock;
  readonly projects: readonly JiraProject[];
  readonly transitions: readonly JiraTransition[];
  readonly fields: JiraFieldIds;
  readonly dana: JiraUser;
  readonly robin: JiraUser;
  /** Permissions that Canon's account lacks. */
  readonly denied: Set<string>;
  /** Tickets whose next transition collides with another one, and how Jira says so. */
  readonly collisions: Map<string, number>;
  nextNumber(): number;
  nextLocalId(): number;
  nextKey(project: JiraProject): string;
  project(idOrKey: string): JiraProject | null;
  /** As it stands now, by id or by any key it ever had, in any case. */
  find(idOrKey: string): JiraTicket | null;
  /** What Canon's account sees when it reads by key. */
  seen(idOrKey: string): JiraTicket | null;
  /** What search sees, of what the account may see. */
  indexed(): readonly JiraTicket[];
  current(): readonly JiraTicket[];
  childrenOf(id: string): readonly JiraTicket[];
  /** Takes the place of the one with its id. `items` go into its history, under `author`. */
  put(ticket: JiraTicket, author: JiraUser, items: readonly JiraChangeItem[], touch?: boolean): JiraTicket;
  remove(id: string): void;
}

export function jiraWorld(settings: JiraSettings, clock: EmulatorClock): JiraWorld {
  const projects = jiraProjects(settings);
  const versions = new Map<string, Version[]>();
  const idByKey = new Map<string, string>();
  const children = new Map<string, Set<string>>();
  const numbers = new Map<string, number>();
  const denied = new Set<string>();
  let last = 10_000;
  let localIds = 0;
  const { timeZone } = settings;

  const latest = (id: string): JiraTicket | null => versions.get(id)?.at(-1)?.ticket ?? null;
  const asOf = (id: string, lag: number): JiraTicket | null => {
    if (lag === 0) return latest(id);
    const until = clock.now() - lag;
    return versions.get(id)?.findLast(({ at }) => at <= until)?.ticket ?? null;
  };
  const idOf = (idOrKey: string): string | null => idByKey.get(idOrKey.toUpperCase()) ?? (versions.has(idOrKey) ? idOrKey : null);
  const mayBrowse = (ticket: JiraTicket): boolean => !ticket.hidden && !denied.has("BROWSE_PROJECTS");

  const world: JiraWorld = {
    settings,
    clock,
    projects,
    transitions: transitionsOf(settings, projects[0]?.statuses ?? []),
    fields: fieldIds(settings),
    dana: { accountId: "5b10a2844c20165700ede21g", name: "dana", displayName: "Dana Agent", emailAddress: "dana@acme.example", timeZone },
    robin: { accountId: "5b10ac8d82e05b22cc7d4ef5", name: "robin", displayName: "Robin Ito", emailAddress: "robin@acme.example", timeZone },
    denied,
    collisions: new Map(),
    nextNumber: () => (last += 1),
    nextLocalId: () => (localIds += 1),
    nextKey: (project) => {
      const number = (numbers.get(project.key) ?? 0) + 1;
      numbers.set(project.key, number);
      return `${project.key}-${number}`;
    },
    project: (idOrKey) => projects.find(({ id, key }) => id === idOrKey || key === idOrKey.toUpperCase()) ?? null,
    find: (idOrKey) => {
      const id = idOf(idOrKey);
      return id === null ? null : latest(id);
    },
    seen: (idOrKey) => {
      const id = idOf(idOrKey);
      const now = id === null ? null : latest(id);
      // Permissions do not lag, only what is read does.
      return id === null || now === null || !mayBrowse(now) ? null : asOf(id, settings.readLag);
    },
    indexed: () => {
      const found: JiraTicket[] = [];
      for (const id of versions.keys()) {
        const now = latest(id);
        const then = now === null || !mayBrowse(now) ? null : asOf(id, settings.searchLag);
        if (then !== null && then.archived === null && now?.archived === null) found.push(then);
      }
      return found;
    },
    current: () => [...versions.keys()].flatMap((id) => latest(id) ?? []),
    childrenOf: (id) => [...(children.get(id) ?? [])].flatMap((child) => latest(child) ?? []),
    put: (ticket, author, items, touch = true) => {
      const now = clock.now();
      const before = latest(ticket.id);
      const changes = items.length === 0 ? ticket.changes : [...ticket.changes, { id: String(world.nextNumber()), author, created: now, items }];
      const after: JiraTicket = { ...ticket, changes, updated: touch ? now : ticket.updated };
      const kept = (versions.get(ticket.id) ?? []).filter(
        ({ at }, index, all) => (all[index + 1]?.at ?? now) > now - Math.max(settings.searchLag, settings.readLag) || at > now,
      );
      versions.set(ticket.id, [...kept, { at: now, ticket: after }]);
      idByKey.set(after.key.toUpperCase(), after.id);
      if (before?.parent !== after.parent) {
        if (before?.parent) children.get(before.parent)?.delete(after.id);
        if (after.parent !== null) children.set(after.parent, (children.get(after.parent) ?? new Set()).add(after.id));
      }
      return after;
    },
    remove: (id) => {
      const gone = latest(id);
      if (gone?.parent) children.get(gone.parent)?.delete(id);
      versions.delete(id);
      for (const [key, owner] of idByKey) if (owner === id) idByKey.delete(key);
    },
  };
  return world;
}
