/** People who work on code: they push with git, open and merge pull requests, and say what they think, each by a name. */

import type { Access, Role } from "../github-access.ts";
import { latest } from "../rest/check-routes.ts";
import { nowOf } from "../state/github-state.ts";
import type { Account, Comment, Issue, Repo } from "../state/github-state.ts";
import { addRepo, labelNamed, writeState } from "../state/github-world.ts";
import type { World } from "../state/github-world.ts";
import { removeIssue } from "../state/remove-issues.ts";
import { addComment, changeIssue, createIssue, editComment, labelFor } from "../state/write-issues.ts";
import type { StoredCheck } from "./code-world.ts";
import { changePull, mergePull, openPull, pullOf, syncPulls } from "./write-pulls.ts";

export interface CodePeople {
  /** The bare repository behind the project: clone it, push to it. */
  readonly remote: string;
  /** Makes the account where there is none. */
  person(login: string, role?: Role): CodePerson;
  /** The role somebody has now; null takes it away. */
  setRole(login: string, role: Role): void;
  setVisibility(visibility: "public" | "internal" | "private"): void;
  protect(branch: string): void;
  /** The newest of each name. */
  checks(commit: string): readonly StoredCheck[];
  reviewers(number: number): readonly string[];
}

export interface CodePerson {
  readonly login: string;
  /** To be called after each push with git: tells who it was. */
  pushed(): void;
  open(wish: { readonly title: string; readonly body?: string; readonly head: string; readonly base?: string }): number;
  /** The bare repository of this person's fork, with the commits of main in it. */
  fork(): string;
  openFromFork(wish: { readonly title: string; readonly body?: string; readonly branch: string }): number;
  merge(number: number, how?: "merge" | "squash"): string;
  setState(number: number, state: "open" | "closed"): void;
  edit(number: number, edit: { readonly title?: string; readonly body?: string }): void;
  label(number: number, add: readonly string[], remove: readonly string[]): void;
  comment(number: number, body: string): number;
  editComment(id: number, body: string): void;
  deleteComment(id: number): void;
  openThread(thread: { readonly title: string; readonly body: string; readonly labels: readonly string[] }): number;
  deleteThread(number: number): void;
}

export interface CodePeopleParts {
  readonly world: World;
  readonly access: Access;
  readonly repo: Repo;
  accountOf(login: string): Account;
}

export function codePeople({ world, access, repo, accountOf }: CodePeopleParts): CodePeople {
  const setRole = (login: string, role: Role): void => void access.roles.set(`${accountOf(login).id}:${repo.id}`, role);
  const issueOf = (number: number): Issue => {
    const issue = repo.issues.get(number);
    if (!issue) throw new Error(`the emulated GitHub has no number ${number}`);
    return issue;
  };
  const commentOf = (id: number): Comment => {
    const found = [...repo.issues.values()].flatMap(({ comments }) => comments).find((one) => one.id === id);
    if (!found) throw new Error(`the emulated GitHub has no comment ${id}`);
    return found;
  };
  const forkOf = (account: Account): Repo =>
    world.repos.find((one) => one.owner === account && one.parent === repo) ?? addRepo(world, account, repo.name, { parent: repo, isPrivate: repo.isPrivate });

  const person = (login: string, role?: Role): CodePerson => {
    const account = accountOf(login);
    if (role !== undefined) setRole(login, role);
    const openFrom = (headRepo: Repo, { title, body = "", head, base = "main" }: { title: string; body?: string; head: string; base?: string }): number =>
      openPull(world, repo, account, { title, body, headRepo, head, base }, false).issue.number;
    return {
      login,
      pushed: () => syncPulls(world, account, false),
      open: (wish) => openFrom(repo, wish),
      fork: () => {
        const [from, to] = [world.code.git(repo), world.code.git(forkOf(account))];
        const main = from.ref("refs/heads/main");
        if (main !== null) to.take(from.folder, main);
        return to.folder;
      },
      openFromFork: ({ branch, ...wish }) => openFrom(forkOf(account), { ...wish, head: branch }),
      merge: (number, how) => mergePull(world, pullOf(world, issueOf(number)), account, how),
      setState: (number, state) => {
        const issue = issueOf(number);
        if (issue.isPull) changePull(world, pullOf(world, issue), account, { state });
        else changeIssue(world, issue, account, { state });
      },
      edit: (number, edit) => changeIssue(world, issueOf(number), account, edit),
      label: (number, add, remove) => {
        const issue = issueOf(number);
        const kept = nowOf(issue).labels.filter((label) => !remove.some((name) => labelNamed(repo, name) === label));
        changeIssue(world, issue, account, { labels: [...kept, ...add.map((name) => labelFor(world, repo, name))] });
      },
      comment: (number, body) => addComment(world, issueOf(number), account, body).id,
      editComment: (id, body) => editComment(world, commentOf(id), body),
      deleteComment: (id) => {
        const { issue } = commentOf(id);
        issue.comments.splice(
          issue.comments.findIndex((one) => one.id === id),
          1,
        );
        writeState(world, issue, {});
      },
      openThread: ({ title, body, labels }) =>
        createIssue(world, repo, account, { title, body, labels: labels.map((name) => labelFor(world, repo, name)) }).number,
      deleteThread: (number) => removeIssue(world, issueOf(number), "deleted"),
    };
  };

  return {
    get remote() {
      return world.code.git(repo).folder;
    },
    person,
    setRole,
    setVisibility: (visibility) => {
      repo.isPrivate = visibility !== "public";
      repo.isInternal = visibility === "internal";
    },
    protect: (branch) => void repo.protectedBranches.add(branch),
    checks: (commit) => latest(world.code.checks.filter((one) => one.repo === repo && one.commit === commit)),
    reviewers: (number) => pullOf(world, issueOf(number)).reviewers.map(({ login }) => login),
  };
}
