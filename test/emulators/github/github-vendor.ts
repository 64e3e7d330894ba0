/** GitHub as the kit's server sees it: tokens first, then limits, then REST or GraphQL, then the headers. */

import type { EmulatorClock } from "../kit/emulator-clock.ts";
import type { Strike, Vendor, WireAnswer, WireRequest } from "../kit/wire.ts";
import { tokenOf } from "./github-access.ts";
import type { Access, GithubToken } from "./github-access.ts";
import { errorAnswer, etagOf, refusalAnswer, tokenHeaders } from "./github-answer.ts";
import type { Call, GithubSwitches } from "./github-call.ts";
import { judgeRest } from "./github-judge.ts";
import { limitHeaders, secondaryAnswer } from "./github-limits.ts";
import type { Charge, LimitMeter } from "./github-limits.ts";
import { elementsOf, meaningOf } from "./github-meaning.ts";
import { GithubRefusal } from "./github-refusal.ts";
import { graphqlCost } from "./graphql/graphql-cost.ts";
import { graphqlOperation } from "./graphql/graphql-operation.ts";
import { runGraphql } from "./graphql/run-graphql.ts";
import { ACCOUNT_ROUTES } from "./rest/account-routes.ts";
import { CHECK_ROUTES } from "./rest/check-routes.ts";
import { COMMENT_ROUTES } from "./rest/comment-routes.ts";
import { CONTENT_ROUTES } from "./rest/content-routes.ts";
import { GIT_OBJECT_ROUTES } from "./rest/git-object-routes.ts";
import { GIT_REF_ROUTES } from "./rest/git-ref-routes.ts";
import { COMMIT_ROUTES } from "./rest/commit-routes.ts";
import { PULL_ROUTES } from "./rest/pull-routes.ts";
import { HISTORY_ROUTES } from "./rest/history-routes.ts";
import { ISSUE_ROUTES } from "./rest/issue-routes.ts";
import { LABEL_ROUTES } from "./rest/label-routes.ts";
import { restRouter } from "./rest/rest-router.ts";
import { SEARCH_ROUTES } from "./rest/search-routes.ts";
import { SUB_ISSUE_ROUTES } from "./rest/sub-issue-routes.ts";
import { syncPulls } from "./code/write-pulls.ts";
import { nameOf } from "./state/github-state.ts";
import type { Account } from "./state/github-state.ts";
import type { World } from "./state/github-world.ts";

export interface GithubParts {
  readonly world: World;
  readonly access: Access;
  readonly meter: LimitMeter;
  readonly switches: Readonly<GithubSwitches>;
  readonly clock: EmulatorClock;
  /** Who pushes with git, as nobody tells. */
  readonly pusher: Account;
}

const ROUTER = restRouter([
  ...[...ISSUE_ROUTES, ...LABEL_ROUTES, ...SUB_ISSUE_ROUTES, ...COMMENT_ROUTES, ...HISTORY_ROUTES, ...ACCOUNT_ROUTES, ...SEARCH_ROUTES],
  ...[...GIT_REF_ROUTES, ...GIT_OBJECT_ROUTES, ...CONTENT_ROUTES, ...CHECK_ROUTES, ...COMMIT_ROUTES, ...PULL_ROUTES],
]);

export function githubVendor({ world, access, meter, switches, clock, pusher }: GithubParts): Vendor {
  /** What GraphQL found wrong with the last request: it judges while it carries out. */
  const problems = new WeakMap<WireAnswer, readonly string[]>();
  let served = 0;

  /** One form for every address: GitHub Enterprise has /api before it, redirects name a repository by its id. */
  const plain = (request: WireRequest): WireRequest => {
    const path = request.path.replace(/^\/api(?:\/v3)?(?=\/)/u, "").replace(/^\/repositories\/(\d+)(?=\/|$)/u, (whole, id: string) => {
      const repo = world.repos.find((one) => one.id === Number(id));
      return repo ? `/repos/${nameOf(repo)}` : whole;
    });
    return path === request.path ? request : { ...request, path };
  };

  const callOf = (request: WireRequest, token: GithubToken, strike: Strike): Call => {
    const web = `http://${request.headers.host ?? "127.0.0.1"}`;
    const prefix = /^\/api\/v3(?=\/)/u.exec(request.path)?.[0] ?? "";
    return { request: plain(request), strike, world, access, token, meter, switches, api: `${web}${prefix}`, web };
  };

  const chargeOf = ({ request, token }: Call): Charge => {
    const account = token.account.login;
    if (request.path === "/graphql") {
      const operation = graphqlOperation(request);
      const cost = operation === null || operation.checked.errors.length > 0 ? 1 : graphqlCost(operation).cost;
      return { account, resource: "graphql", cost, points: operation?.isMutation === true ? 5 : 1 };
    }
    if (request.path === "/rate_limit") return { account, resource: "core", cost: 0, points: 0 };
    return { account, resource: request.path.startsWith("/search/") ? "search" : "core", cost: 1, points: request.method === "GET" ? 1 : 5 };
  };

  const dispatch = async (call: Call): Promise<WireAnswer> => {
    const { request, token, strike } = call;
    // People push past the API: what follows of that is seen by whoever asks next.
    syncPulls(world, pusher, false);
    if (request.path === "/graphql") {
      const elements = elementsOf(request);
      const refused = new Set([...strike.refused].flatMap((index) => elements[index]?.keys ?? []));
      const { answer, problems: found } = await runGraphql(call, refused);
      problems.set(answer, found);
      return answer;
    }
    const found = ROUTER.find(request.method, request.path);
    if (found === null) return errorAnswer(404, "Not Found");
    try {
      return found.route.handle(call, found.params);
    } catch (error) {
      if (!(error instanceof GithubRefusal)) throw error;
      return refusalAnswer(error, { seconds: meter.createWait(token.account.login) ?? 60, status: switches.secondaryStatus });
    }
  };

  /** The form of an exhausted hourly limit: 403 by REST, 200 with an error by GraphQL. */
  const primary = ({ request, token }: Call): WireAnswer => {
    const message = `API rate limit exceeded for user ID ${token.account.id}. If you reach out to GitHub Support for help, please include the request ID 0000:000000:000000:000000:00000000.`;
    return request.path === "/graphql"
      ? { status: 200, body: { errors: [{ type: "RATE_LIMITED", code: "graphql_rate_limit", message }] } }
      : errorAnswer(403, message);
  };

  const answer = async (request: WireRequest, strike: Strike): Promise<WireAnswer> => {
    served += 1;
    const basics = {
      "x-github-request-id": `EMUL:${served.toString(16).toUpperCase()}`,
      "x-github-media-type": "github.v3; format=json",
      server: "github.com",
    };
    const token = tokenOf(access, request.headers, clock.now());
    if (typeof token === "string") {
      const refused = errorAnswer(401, token === "missing" ? "Requires authentication" : "Bad credentials");
      return { ...refused, headers: basics };
    }
    if (request.headers["user-agent"] === undefined)
      return { status: 403, headers: basics, body: "Request forbidden by administrative rules. Please make sure your request has a User-Agent header." };
    const call = callOf(request, token, strike);
    const charge = chargeOf(call);
    const exceeded = (request.underWay ?? 1) > meter.concurrent ? { kind: "secondary" as const, seconds: 1 } : meter.admit(charge);
    const made =
      exceeded === null ? await dispatch(call) : exceeded.kind === "primary" ? primary(call) : secondaryAnswer(exceeded.seconds, switches.secondaryStatus);
    const etag = request.method === "GET" && made.status === 200 ? etagOf(made.body) : null;
    const isKnown = etag !== null && request.headers["if-none-match"] === etag;
    if (isKnown && exceeded === null) meter.refund(charge);
    const headers = {
      ...basics,
      ...limitHeaders(meter.state(token.account.login, charge.resource), charge.resource),
      ...tokenHeaders(token),
      ...(etag === null ? {} : { etag, "cache-control": "private, max-age=60, s-maxage=60" }),
      ...made.headers,
    };
    const final = isKnown ? { status: 304, headers, body: null } : { ...made, headers };
    problems.set(final, problems.get(made) ?? []);
    return final;
  };

  return {
    meaning: (request) => meaningOf(plain(request)),
    answer,
    rateLimited: (_request, ms) => secondaryAnswer(Math.max(1, Math.ceil(ms / 1_000)), switches.secondaryStatus),
    forbidden: (request) => {
      if (plain(request).path !== "/graphql")
        return { ...errorAnswer(403, "Resource not accessible by personal access token"), headers: { "x-accepted-github-permissions": "issues=write" } };
      const roots = graphqlOperation(plain(request))?.roots ?? [];
      const errors = roots.map(({ key }) => ({
        type: "FORBIDDEN",
        path: [key],
        extensions: { saml_failure: false },
        locations: [{ line: 1, column: 1 }],
        message: "Resource not accessible by personal access token",
      }));
      return { status: 200, body: { data: Object.fromEntries(roots.map(({ key }) => [key, null])), errors } };
    },
    unavailable: () =>
      errorAnswer(
        503,
        "No server is currently available to service your request. Sorry about that. Please try resubmitting your request and contact us if the problem persists.",
      ),
    judge: (request, given) => {
      const { path } = plain(request);
      if (path === "/graphql") return problems.get(given) ?? [];
      // Turned away before it was looked at: tokens, limits.
      if (given.status === 401 || typeof given.body === "string") return [];
      return judgeRest({ ...request, path }, given);
    },
    unjudged: null,
  };
}
