/** Which issues of a repository a list shows, and in which order. Pull requests are among them. */

import { seen } from "../github-call.ts";
import type { Call } from "../github-call.ts";
import { GithubRefusal, invalidField } from "../github-refusal.ts";
import type { Issue, IssueState, Repo } from "../state/github-state.ts";

export interface Listed {
  readonly issue: Issue;
  readonly state: IssueState;
}

export function allSeen(call: Call, repo: Repo, lag: number): readonly Listed[] {
  return [...repo.issues.values()].flatMap((issue) => {
    const state = seen(call, issue, lag);
    return state === null ? [] : [{ issue, state }];
  });
}

export function listed(call: Call, repo: Repo): readonly Listed[] {
  if (!repo.hasIssues) throw new GithubRefusal("gone", "Issues has been disabled in this repository.");
  const { query } = call.request;
  const state = oneOf(query, "state", ["open", "closed", "all"]);
  const sort = oneOf(query, "sort", ["created", "updated", "comments"]);
  const direction = oneOf(query, "direction", ["desc", "asc"]);
  const labels = (query.get("labels") ?? "").split(",").flatMap((name) => (name.trim() === "" ? [] : [name.trim().toLowerCase()]));
  const since = sinceOf(query);
  const type = query.get("type");
  const creator = query.get("creator");
  const found = allSeen(call, repo, call.switches.listLag).filter(
    (one) =>
      (state === "all" || one.state.state === state) &&
      labels.every((name) => one.state.labels.some((label) => label.name.toLowerCase() === name)) &&
      // Whole seconds on both sides, and the very second is included.
      (since === null || Math.floor(one.state.updatedAt / 1_000) >= Math.floor(since / 1_000)) &&
      (creator === null || one.issue.author.login === creator) &&
      (type === null ||
        (type === "*" ? one.state.type !== null : type === "none" ? one.state.type === null : one.state.type?.name.toLowerCase() === type.toLowerCase())),
  );
  const rank = ({ issue, state: seenState }: Listed): number =>
    sort === "created" ? issue.number : sort === "comments" ? issue.comments.length : Math.floor(seenState.updatedAt / 1_000);
  const sign = direction === "asc" ? 1 : -1;
  return found.toSorted((a, b) => sign * (rank(a) - rank(b) || a.issue.number - b.issue.number));
}

/** The first is the default. */
export function oneOf<Word extends string>(query: URLSearchParams, name: string, words: readonly [Word, ...Word[]]): Word {
  const given = query.get(name);
  if (given === null) return words[0];
  const found = words.find((word) => word === given);
  if (found === undefined) throw invalidField("Issue", name, `${name} is invalid`, "invalid");
  return found;
}

function sinceOf(query: URLSearchParams): number | null {
  const given = query.get("since");
  if (given === null) return null;
  const at = Date.parse(given);
  if (Number.isNaN(at)) throw invalidField("Issue", "since", "since is invalid", "invalid");
  return at;
}
