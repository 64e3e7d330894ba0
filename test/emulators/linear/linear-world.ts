/** One Linear workspace in memory: its people, teams, labels and issues, and the time of every write. */

import { randomUUID } from "node:crypto";
import type { EmulatorClock } from "../kit/emulator-clock.ts";
import { notFound, type LinearProblem } from "./linear-problem.ts";
import type { IssueState, LabelState, StatusState, TeamState, UserState } from "./linear-state.ts";
import { Versions } from "./versions.ts";

export interface WorldOptions {
  readonly clock: EmulatorClock;
  /** Milliseconds by which lists lag behind writes. */
  readonly searchLag: number;
  /** Milliseconds by which reads by id or number lag. */
  readonly readLag: number;
  /** The first team takes new issues into a Triage state. */
  readonly triage: boolean;
}

/** Sees all. */
export const NOW: number = Number.POSITIVE_INFINITY;

const STATES: readonly (readonly [name: string, type: string])[] = [
  ["Backlog", "backlog"],
  ["Todo", "unstarted"],
  ["In Progress", "started"],
  ["In Review", "started"],
  ["Done", "completed"],
  ["Canceled", "canceled"],
  ["Duplicate", "duplicate"],
];

export class LinearWorld {
  readonly organization: { readonly id: string; readonly name: string; readonly urlKey: string; readonly createdAt: string };
  readonly agent: UserState = { id: randomUUID(), name: "Dana Agent", email: "dana.agent@example.com" };
  readonly person: UserState = { id: randomUUID(), name: "Robin Ito", email: "robin.ito@example.com" };
  readonly teams: readonly TeamState[];
  readonly labels: Map<string, LabelState> = new Map();
  /** In the order of their creation. */
  readonly #issues = new Map<string, Versions<IssueState>>();
  /** Ids by every identifier that an issue ever had. */
  readonly #byIdentifier = new Map<string, string>();
  /** An id that was used is never free again, not even when its entity is gone. */
  readonly #usedIds = new Set<string>();
  readonly #numbers = new Map<string, number>();
  readonly #options: WorldOptions;
  #lastStamp = 0;
  #writes = 0;

  constructor(options: WorldOptions) {
    this.#options = options;
    this.organization = { id: randomUUID(), name: "Acme", urlKey: "acme", createdAt: options.clock.iso() };
    this.teams = [team("ENG", "Engineering", options.triage), team("OPS", "Operations", false), team("SEC", "Security", false)];
  }

  /** Changes with every write, as Linear's sync id does. */
  get lastSyncId(): number {
    return this.#writes;
  }

  /** No two writes share a millisecond: on loopback they would, and no reader could tell their order. */
  stamp(): { readonly at: number; readonly iso: string } {
    this.#lastStamp = Math.max(this.#options.clock.now(), this.#lastStamp + 1);
    this.#writes += 1;
    return { at: this.#lastStamp, iso: new Date(this.#lastStamp).toISOString() };
  }

  horizon(kind: "list" | "read"): number {
    const lag = kind === "list" ? this.#options.searchLag : this.#options.readLag;
    return lag === 0 ? NOW : this.#options.clock.now() - lag;
  }

  isUsed(id: string): boolean {
    return this.#usedIds.has(id);
  }

  claimId(id: string): void {
    this.#usedIds.add(id);
  }

  nextNumber(teamId: string): number {
    const number = (this.#numbers.get(teamId) ?? 0) + 1;
    this.#numbers.set(teamId, number);
    return number;
  }

  /** Stores a new version; `null` takes the issue away for good. */
  put(id: string, at: number, value: IssueState | null): void {
    const { searchLag, readLag } = this.#options;
    const versions = this.#issues.get(id);
    if (versions) versions.push(at, value, at - Math.max(searchLag, readLag));
    else if (value) this.#issues.set(id, new Versions(at, value));
    if (value) this.#byIdentifier.set(this.identifier(value), id);
  }

  /** By UUID or by identifier, the present or a former one. */
  issue(ref: string, horizon: number): IssueState | null {
    const id = this.#issues.has(ref) ? ref : this.#byIdentifier.get(ref.toUpperCase());
    return (id === undefined ? undefined : this.#issues.get(id))?.asOf(horizon) ?? null;
  }

  /** Oldest first. */
  *issues(horizon: number): Generator<IssueState> {
    for (const versions of this.#issues.values()) {
      const issue = versions.asOf(horizon);
      if (issue) yield issue;
    }
  }

  identifier({ teamId, number }: Pick<IssueState, "teamId" | "number">): string {
    return `${this.team(teamId).key}-${number}`;
  }

  url(issue: IssueState): string {
    const slug = issue.title
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "");
    return `https://linear.app/${this.organization.urlKey}/issue/${this.identifier(issue)}/${slug}`;
  }

  team(id: string): TeamState {
    return found(
      this.teams.find((one) => one.id === id),
      () => notFound("Team"),
    );
  }

  /** The state and its team. */
  status(id: string): { readonly status: StatusState; readonly team: TeamState } {
    for (const one of this.teams) {
      const status = one.states.find((state) => state.id === id);
      if (status) return { status, team: one };
    }
    throw notFound("WorkflowState");
  }

  user(id: string): UserState {
    return found(
      [this.agent, this.person].find((one) => one.id === id),
      () => notFound("User"),
    );
  }

  label(id: string): LabelState {
    return found(this.labels.get(id), () => notFound("IssueLabel"));
  }
}

function found<T>(value: T | undefined, problem: () => LinearProblem): T {
  if (value === undefined) throw problem();
  return value;
}

function team(key: string, name: string, triage: boolean): TeamState {
  const states = (triage ? [["Triage", "triage"] as const, ...STATES] : STATES).map(([word, type], position) => ({
    id: randomUUID(),
    name: word,
    type,
    position,
  }));
  return { id: randomUUID(), key, name, states, triage };
}

/** Where an issue begins that names no state. */
export function initialState({ states, triage }: TeamState): StatusState {
  return found(
    states.find(({ type }) => type === (triage ? "triage" : "backlog")),
    () => notFound("WorkflowState"),
  );
}
