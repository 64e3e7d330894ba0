/** REST: who am I, what is this repository, how much is left. */

import type { WireAnswer } from "../../kit/wire.ts";
import { notAccessible } from "../github-access.ts";
import { visibleRepo } from "../github-call.ts";
import type { Call } from "../github-call.ts";
import { GithubRefusal } from "../github-refusal.ts";
import type { IssueType } from "../state/github-state.ts";
import { restAccount, restType } from "./render-issue.ts";
import { restRepo } from "./render-repo.ts";
import { param } from "./rest-router.ts";
import type { Route } from "./rest-router.ts";

export const ACCOUNT_ROUTES: readonly Route[] = [
  { method: "GET", path: "/user", handle: user },
  { method: "GET", path: "/rate_limit", handle: rateLimit },
  {
    method: "GET",
    path: "/repos/:owner/:repo",
    handle: (call, params) => ({ status: 200, body: restRepo(call, visibleRepo(call, param(params, "owner"), param(params, "repo"))) }),
  },
  {
    method: "GET",
    path: "/repos/:owner/:repo/issue-types",
    handle: (call, params) => types(visibleRepo(call, param(params, "owner"), param(params, "repo")).types),
  },
  {
    method: "GET",
    path: "/orgs/:org/issue-types",
    handle: (call, params) => {
      const repo = call.world.repos.find(({ owner }) => owner.kind === "Organization" && owner.login === param(params, "org"));
      return types(repo?.types ?? []);
    },
  },
];

/** Owners without types answer as if the place did not exist. */
function types(list: readonly IssueType[]): WireAnswer {
  if (list.length === 0) throw new GithubRefusal("not-found", "Not Found");
  return { status: 200, body: list.map(restType) };
}

function user(call: Call): WireAnswer {
  const { account } = call.token;
  if (call.token.app !== null) throw notAccessible(call.token, "");
  const counts = { public_repos: 0, public_gists: 0, followers: 0, following: 0 };
  return {
    status: 200,
    body: {
      ...restAccount(call, account),
      name: account.name,
      company: null,
      blog: "",
      location: null,
      email: null,
      hireable: null,
      bio: null,
      twitter_username: null,
      notification_email: null,
      ...counts,
      created_at: "2020-01-01T00:00:00Z",
      updated_at: "2020-01-01T00:00:00Z",
    },
  };
}

function rateLimit(call: Call): WireAnswer {
  const of = (resource: "core" | "graphql" | "search"): unknown => call.meter.state(call.token.account.login, resource);
  return { status: 200, body: { resources: { core: of("core"), search: of("search"), graphql: of("graphql") }, rate: of("core") } };
}
