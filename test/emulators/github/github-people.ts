/** People who work in GitHub's web pages: what they save gets the browser's line ends. */

import type { EmulatedPeople, EmulatedTicketView } from "../kit/emulated-people.ts";
import type { GithubSwitches } from "./github-call.ts";
import { nowOf, nameOf } from "./state/github-state.ts";
import type { Account, Comment, Issue, IssueState, IssueType, Repo, StateReason } from "./state/github-state.ts";
import { labelNamed, repoNamed, typeNamed } from "./state/github-world.ts";
import type { World } from "./state/github-world.ts";
import { removeIssue, transferIssue } from "./state/remove-issues.ts";
import { addComment, changeIssue, createIssue, editComment, labelFor } from "./state/write-issues.ts";
import { addSubIssue, removeSubIssue } from "./state/write-parents.ts";

export interface GithubPeople extends EmulatedPeople {
  /** Takes the next number of the repository. */
  openPullRequest(title: string): string;
}

export interface PeopleParts {
  readonly world: World;
  readonly account: Account;
  readonly repo: Repo;
  /** Where transfers go. */
  readonly other: Repo;
  readonly switches: Readonly<GithubSwitches>;
}

/** A key is `42`, or `owner/repo#42` outside the project. */
export function githubPeople({ world, account, repo, other, switches }: PeopleParts): GithubPeople {
  const keyOf = (issue: Issue): string => (issue.repo === repo ? String(issue.number) : `${nameOf(issue.repo)}#${issue.number}`);
  const browser = (text: string): string => (switches.browserCrlf ? text.replaceAll(/\r\n|\r|\n/gu, "\r\n") : text);

  const held = (key: string): Issue => {
    const [, owner, name, number = ""] = /^(?:(?:([^/#]+)\/)?([^/#]+))?#?(\d+)$/u.exec(key.includes("#") ? key : `#${key}`) ?? [];
    const from = name === undefined ? repo : repoNamed(world, owner ?? repo.owner.login, name);
    const issue = from?.issues.get(Number(number));
    if (!issue) throw new Error(`the emulated GitHub has no issue ${key}`);
    return issue;
  };

  const find = (key: string): Issue => {
    const issue = held(key);
    if (issue.gone?.kind === "transferred") return find(keyOf(issue.gone.to));
    if (issue.gone) throw new Error(`issue ${key} of the emulated GitHub is gone (${issue.gone.kind})`);
    return issue;
  };

  const done = (key: string, work: (issue: Issue) => void): string => {
    const issue = find(key);
    work(issue);
    return keyOf(issue);
  };

  const typeFor = (issues: Repo, name: string | undefined): IssueType | null => {
    const type = name === undefined ? null : typeNamed(issues, name);
    if (name !== undefined && type === null) throw new Error(`${nameOf(issues)} has no issue type "${name}"`);
    return type;
  };

  const setParent = (issue: Issue, parent: string | null): void => {
    const before = nowOf(issue).parent;
    if (parent !== null) addSubIssue(world, find(parent), issue, account, true);
    else if (before !== null) removeSubIssue(world, before, issue, account);
  };

  const create = (given: { readonly title: string; readonly body: string; readonly isPull?: boolean }): Issue => createIssue(world, repo, account, given);

  return {
    name: account.name,
    keys: () => [...repo.issues.values()].filter((issue) => issue.gone === null && !issue.isPull).map(keyOf),
    create: ({ title, body = "", type, parent, status, labels = [] }) => {
      const issue = create({ title, body: browser(body) });
      changeIssue(world, issue, account, { labels: labels.map((name) => labelFor(world, repo, name)), type: typeFor(repo, type) });
      if (parent !== undefined) setParent(issue, parent);
      if (status !== undefined) changeIssue(world, issue, account, statusNamed(status));
      return keyOf(issue);
    },
    edit: (key, { title, body, type, parent }) =>
      done(key, (issue) => {
        changeIssue(world, issue, account, {
          ...(title === undefined ? {} : { title }),
          ...(body === undefined ? {} : { body: browser(body) }),
          ...(type === undefined ? {} : { type: typeFor(issue.repo, type) }),
        });
        if (parent !== undefined) setParent(issue, parent);
      }),
    move: (key, status) => done(key, (issue) => move(world, issue, account, statusNamed(status))),
    label: (key, add, remove) =>
      done(key, (issue) => {
        const kept = nowOf(issue).labels.filter((label) => !remove.some((name) => labelNamed(issue.repo, name) === label));
        changeIssue(world, issue, account, { labels: [...kept, ...add.map((name) => labelFor(world, issue.repo, name))] });
      }),
    comment: (key, text) => done(key, (issue) => void addComment(world, issue, account, browser(text))),
    // The editor shows all of the text: whoever leaves the end alone leaves what is hidden there.
    reword: (key, text) =>
      done(key, (issue) => {
        const comment = lastComment(issue);
        editComment(world, comment, browser(comment.body.replace(/^[^\r\n]*/u, text)));
      }),
    mimic: (key, from) => done(key, (issue) => void addComment(world, issue, account, browser(lastComment(find(from)).body))),
    // GitHub archives no issues; turned into a discussion, one is out of every list.
    archive: (key) => done(key, (issue) => removeIssue(world, issue, "discussion")),
    remove: (key) => done(key, (issue) => removeIssue(world, issue, "deleted")),
    transfer: (key) => keyOf(transferIssue(world, find(key), find(key).repo === repo ? other : repo, account)),
    duplicate: (key) => {
      const { title, body, labels, type, parent } = nowOf(find(key));
      const copy = create({ title, body: browser(body) });
      changeIssue(world, copy, account, {
        labels: labels.map(({ name }) => labelFor(world, repo, name)),
        type: type === null ? null : typeFor(repo, type.name),
      });
      if (parent !== null) setParent(copy, keyOf(parent));
      return keyOf(copy);
    },
    hide: (key, hidden) =>
      done(key, (issue) => {
        issue.hidden = hidden;
      }),
    show: (key) => view(find(key), keyOf),
    openPullRequest: (title) => keyOf(create({ title, body: "", isPull: true })),
  };
}

function lastComment({ comments }: Issue): Comment {
  const last = comments.at(-1);
  if (!last) throw new Error("nobody has said anything");
  return last;
}

/** A closed issue that is closed for another reason is opened in between, as people must. */
function move(world: World, issue: Issue, account: Account, to: { readonly state: "open" | "closed"; readonly reason: StateReason | null }): void {
  const now = nowOf(issue);
  if (now.state === "closed" && to.state === "closed" && now.reason !== to.reason) changeIssue(world, issue, account, { state: "open" });
  changeIssue(world, issue, account, to);
}

function statusNamed(status: string): { readonly state: "open" | "closed"; readonly reason: StateReason | null } {
  const word = status.toLowerCase().replaceAll("_", " ");
  if (word.includes("open")) return { state: "open", reason: null };
  if (word.includes("not planned")) return { state: "closed", reason: "not_planned" };
  if (word.includes("duplicate")) return { state: "closed", reason: "duplicate" };
  if (/closed|completed|done/u.test(word)) return { state: "closed", reason: "completed" };
  throw new Error(`GitHub has no status "${status}": open, completed, not planned, duplicate`);
}

function statusOf({ state, reason }: IssueState): string {
  return state === "open" ? "open" : (reason ?? "completed").replaceAll("_", " ");
}

function view(issue: Issue, keyOf: (issue: Issue) => string): EmulatedTicketView {
  const state = nowOf(issue);
  return {
    key: keyOf(issue),
    title: state.title,
    body: state.body,
    type: state.type?.name ?? null,
    status: statusOf(state),
    parent: state.parent === null ? null : keyOf(state.parent),
    labels: state.labels.map(({ name }) => name),
    comments: issue.comments.map(({ body }) => body),
    // GitHub has no links of its own: they stand in text.
    links: [],
  };
}
