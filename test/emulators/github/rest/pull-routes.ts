/** REST: pull requests, who is asked to review them, and who may do what in the repository. */

import { asList } from "../../kit/json-value.ts";
import type { WireAnswer } from "../../kit/wire.ts";
import { openPull, changePull, pullOf, tryMerge } from "../code/write-pulls.ts";
import type { PullChange } from "../code/write-pulls.ts";
import type { Pull } from "../code/code-world.ts";
import { hasRole, roleIn } from "../github-access.ts";
import { countContent, isActions } from "../github-call.ts";
import type { Call } from "../github-call.ts";
import { GithubRefusal, invalidField } from "../github-refusal.ts";
import { nowOf } from "../state/github-state.ts";
import type { Repo } from "../state/github-state.ts";
import { checkRole, codePlace } from "./code-access.ts";
import { fieldsOf } from "./issue-body.ts";
import { oneOf } from "./issue-list.ts";
import { restAccount } from "./render-issue.ts";
import { restPull, restPullShort } from "./render-pull.ts";
import { paged } from "./rest-pages.ts";
import { param } from "./rest-router.ts";
import type { Params, Route } from "./rest-router.ts";

const PULLS = "/repos/:owner/:repo/pulls";

export const PULL_ROUTES: readonly Route[] = [
  { method: "GET", path: PULLS, handle: list },
  { method: "POST", path: PULLS, handle: create },
  { method: "GET", path: `${PULLS}/:number`, handle: read },
  { method: "PATCH", path: `${PULLS}/:number`, handle: change },
  { method: "POST", path: `${PULLS}/:number/requested_reviewers`, handle: review },
  { method: "GET", path: "/repos/:owner/:repo/collaborators/:login/permission", handle: permission },
];

function pullsPlace(call: Call, params: Params, need: "read" | "write"): Repo {
  return codePlace(call, params, need, "pull_requests").repo;
}

function pullFor(call: Call, params: Params, need: "read" | "write"): Pull {
  return pullOf(call.world, pullsPlace(call, params, need).issues.get(Number(param(params, "number"))));
}

function list(call: Call, params: Params): WireAnswer {
  const repo = pullsPlace(call, params, "read");
  const { query } = call.request;
  const state = oneOf(query, "state", ["open", "closed", "all"]);
  const sort = oneOf(query, "sort", ["created", "updated"]);
  const sign = oneOf(query, "direction", ["desc", "asc"]) === "asc" ? 1 : -1;
  const [head, base] = [query.get("head"), query.get("base")];
  const found = [...call.world.code.pulls.values()].filter(
    (one) =>
      one.issue.repo === repo &&
      (state === "all" || nowOf(one.issue).state === state) &&
      // Without the owner before it, this is not looked at.
      (head === null || !head.includes(":") || `${one.headRepo.owner.login}:${one.headBranch}` === head) &&
      (base === null || one.base === base),
  );
  const rank = ({ issue }: Pull): number => (sort === "created" ? issue.number : Math.floor(nowOf(issue).updatedAt / 1_000));
  const sorted = found.toSorted((a, b) => sign * (rank(a) - rank(b) || a.issue.number - b.issue.number));
  return paged(call, sorted, (items) => items.map((one) => restPullShort(call, one)));
}

function create(call: Call, params: Params): WireAnswer {
  const repo = pullsPlace(call, params, "write");
  const { title, body, head, base } = fieldsOf(call);
  if (typeof title !== "string" || typeof head !== "string" || typeof base !== "string")
    throw invalidField("PullRequest", "title", "title is missing", "missing_field");
  const [owner = "", branch = ""] = head.includes(":") ? head.split(":") : [repo.owner.login, head];
  const headRepo = call.world.repos.find((one) => one.owner.login === owner && (one === repo || one.parent === repo));
  if (!headRepo) throw invalidField("PullRequest", "head", "head is invalid", "invalid");
  checkRole(call, headRepo, "pull_requests=write");
  countContent(call);
  const given = { title, body: typeof body === "string" ? body : "", headRepo, head: branch, base };
  const pull = openPull(call.world, repo, call.token.account, given, isActions(call));
  const answer = restPull(call, pull);
  return { status: 201, headers: { location: String(answer["url"]) }, body: answer };
}

/** Whether it can be merged is found out after somebody asked, not before. */
function read(call: Call, params: Params): WireAnswer {
  const pull = pullFor(call, params, "read");
  const body = restPull(call, pull);
  tryMerge(call.world, pull);
  return { status: 200, body };
}

function change(call: Call, params: Params): WireAnswer {
  const pull = pullFor(call, params, "write");
  if (pull.issue.author !== call.token.account || call.token.app !== null) checkRole(call, pull.issue.repo, "pull_requests=write");
  const fields = fieldsOf(call);
  const { title, body, state, base } = fields;
  const given: PullChange = {
    ...(typeof title === "string" ? { title } : {}),
    ...(typeof body === "string" ? { body } : {}),
    ...(state === "open" || state === "closed" ? { state } : {}),
    ...(typeof base === "string" ? { base } : {}),
  };
  changePull(call.world, pull, call.token.account, given);
  return { status: 200, body: restPull(call, pull) };
}

/** One name that may not review refuses all of them. */
function review(call: Call, params: Params): WireAnswer {
  const pull = pullFor(call, params, "write");
  checkRole(call, pull.issue.repo, "pull_requests=write");
  const { reviewers, team_reviewers: teams } = fieldsOf(call);
  const { repo, author } = pull.issue;
  const asked = asList(reviewers).map((login) => {
    const account = call.world.accounts.find((one) => one.login === login && one.kind === "User");
    if (account === author) throw new GithubRefusal("unprocessable", "Review cannot be requested from pull request author.");
    if (!account || !hasRole(call.access, { ...call.token, account }, repo, "read") || !call.access.roles.has(`${account.id}:${repo.id}`))
      throw noCollaborator(repo);
    return account;
  });
  // No teams here.
  if (asList(teams).length > 0) throw noCollaborator(repo);
  pull.reviewers.push(...asked.filter((one) => !pull.reviewers.includes(one)));
  return { status: 201, body: restPullShort(call, pull) };
}

function noCollaborator(repo: Repo): GithubRefusal {
  return new GithubRefusal(
    "unprocessable",
    `Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the ${repo.owner.login}/${repo.name} repository.`,
  );
}

/** The old four words; `role_name` knows more. Bots are no users. */
function permission(call: Call, params: Params): WireAnswer {
  const { repo } = codePlace(call, params, "read", "contents");
  const login = param(params, "login");
  const account = call.world.accounts.find((one) => one.login.toLowerCase() === login.toLowerCase());
  if (!account || account.kind !== "User") throw new GithubRefusal("not-found", account ? `${login} is not a user` : "Not Found");
  const role = roleIn(call.access, account, repo);
  const old = role === "triage" ? "read" : role;
  const at = (least: number): boolean => ["none", "read", "triage", "write", "admin"].indexOf(role) >= least;
  const permissions = { admin: at(4), maintain: at(4), push: at(3), triage: at(2), pull: at(1) };
  return { status: 200, body: { permission: old, role_name: role, user: { ...restAccount(call, account), permissions, role_name: role } } };
}
