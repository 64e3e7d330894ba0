/** Everything of one emulated GitHub in one place, and the way to find it. */

import type { EmulatorClock } from "../../kit/emulator-clock.ts";
import { codeWorld } from "../code/code-world.ts";
import type { CodeWorld } from "../code/code-world.ts";
import { nowOf } from "./github-state.ts";
import type { Account, Issue, IssueState, IssueType, Label, Repo } from "./github-state.ts";

export interface WorldRules {
  /** Sub-issues below one parent, closed ones counted. */
  readonly subIssues: number;
  /** Levels of a hierarchy, the top one counted. */
  readonly levels: number;
  readonly titleLimit: number;
  readonly bodyLimit: number;
  readonly transferKeepsId: boolean;
}

export interface World {
  readonly clock: EmulatorClock;
  readonly rules: WorldRules;
  readonly accounts: Account[];
  readonly repos: Repo[];
  readonly code: CodeWorld;
  /** By node id: issues that are gone stay, so that they are told apart from what never was. */
  readonly byNode: Map<string, Issue>;
  nextId: number;
}

/** Beyond 32 bits, as GitHub's are today: whoever takes them for Int is found out. */
const FIRST_ID = 3_100_000_000;

export function emptyWorld(clock: EmulatorClock, rules: WorldRules): World {
  return { clock, rules, accounts: [], repos: [], code: codeWorld(), byNode: new Map(), nextId: FIRST_ID };
}

export function takeId(world: World): number {
  world.nextId += 1;
  return world.nextId;
}

export function nodeId(prefix: string, id: number): string {
  return `${prefix}_kwDO${Buffer.from(String(id)).toString("base64url")}`;
}

export function addAccount(world: World, login: string, name: string, kind: Account["kind"]): Account {
  // Accounts are old: their ids are small.
  const id = 1_000 + world.accounts.length;
  const account = { id, nodeId: nodeId({ User: "U", Organization: "O", Bot: "BOT" }[kind], id), login, name, kind };
  world.accounts.push(account);
  return account;
}

export function addRepo(
  world: World,
  owner: Account,
  name: string,
  options: { readonly isPrivate?: boolean; readonly types?: readonly string[]; readonly parent?: Repo } = {},
): Repo {
  const id = 500_000 + world.repos.length;
  const types = (options.types ?? []).map((type): IssueType => {
    const typeId = 9_000 + takeId(world) - FIRST_ID;
    return { id: typeId, nodeId: nodeId("IT", typeId), name: type, description: null };
  });
  const repo: Repo = {
    id,
    nodeId: nodeId("R", id),
    owner,
    name,
    isPrivate: options.isPrivate ?? false,
    isInternal: false,
    parent: options.parent ?? null,
    protectedBranches: new Set(),
    createdAt: world.clock.now(),
    hasIssues: true,
    types,
    labels: [],
    issues: new Map(),
    nextNumber: 1,
  };
  world.repos.push(repo);
  return repo;
}

export function repoNamed(world: World, owner: string, name: string): Repo | null {
  const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
  return world.repos.find((repo) => same(repo.owner.login, owner) && same(repo.name, name)) ?? null;
}

export function issueById(world: World, id: number): Issue | null {
  for (const issue of world.byNode.values()) if (issue.id === id && issue.gone === null) return issue;
  return null;
}

export function labelNamed(repo: Repo, name: string): Label | null {
  return repo.labels.find((label) => label.name.toLowerCase() === name.toLowerCase()) ?? null;
}

export function typeNamed(repo: Repo, name: string): IssueType | null {
  return repo.types.find((type) => type.name.toLowerCase() === name.toLowerCase()) ?? null;
}

/** Adds the next version of an issue; nothing else may write one. */
export function writeState(world: World, issue: Issue, change: Partial<IssueState>): void {
  const at = world.clock.now();
  issue.versions.push({ at, state: { ...nowOf(issue), ...change, updatedAt: at } });
}
