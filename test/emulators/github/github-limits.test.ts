/** FACTS.md, GitHub, on rates: the numbers by default, small ones where a test must reach them. */

import { describe, expect, it } from "vitest";
import { GITHUB_LIMITS } from "./github-limits.ts";
import { at, clientOf, openGithub } from "./open-github.ts";

const SECONDARY = expect.stringContaining("You have exceeded a secondary rate limit");
const CREATE = `mutation ($r: ID!) { a: createIssue(input: { repositoryId: $r, title: "a" }) { issue { number } } b: createIssue(input: { repositoryId: $r, title: "b" }) { issue { number } } }`;

describe("FACTS: rate", () => {
  it("5,000/h; secondary: 100 concurrent, 900 REST and 2,000 GraphQL points a minute, 80 content creations a minute and 500 an hour", () => {
    expect(GITHUB_LIMITS).toEqual({
      core: 5_000,
      graphql: 5_000,
      search: 30,
      restPoints: 900,
      graphqlPoints: 2_000,
      contentPerMinute: 80,
      contentPerHour: 500,
      concurrent: 100,
    });
  });

  it("every answer says what is left, also one that refuses", async () => {
    const { octokit, owner, repo, github } = await openGithub({ limits: { core: 3 } });
    const { headers } = await octokit.rest.users.getAuthenticated();
    expect(headers).toMatchObject({ "x-ratelimit-limit": "3", "x-ratelimit-remaining": "2", "x-ratelimit-used": "1", "x-ratelimit-resource": "core" });
    const reset = Number(headers["x-ratelimit-reset"]) * 1_000;
    expect(reset - github.clock.now()).toBeGreaterThan(3_590_000);
    await expect(octokit.rest.issues.get({ owner, repo, issue_number: 9 })).rejects.toMatchObject({
      status: 404,
      response: { headers: { "x-ratelimit-remaining": "1" } },
    });
    await octokit.rest.users.getAuthenticated();
    await expect(octokit.rest.users.getAuthenticated()).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining("API rate limit exceeded"),
      response: { headers: { "x-ratelimit-remaining": "0" } },
    });
    github.clock.advance(3_600_000);
    await octokit.rest.users.getAuthenticated();
  });

  it("GraphQL counts points apart, and answers 200 with RATE_LIMITED", async () => {
    const { graphql, github, octokit } = await openGithub({ limits: { graphql: 2 } });
    expect(await graphql("{ rateLimit { limit cost remaining used nodeCount } }")).toEqual({
      rateLimit: { limit: 2, cost: 1, remaining: 1, used: 1, nodeCount: 0 },
    });
    await graphql("{ viewer { login } }");
    await expect(graphql("{ viewer { login } }")).rejects.toMatchObject({
      errors: [{ type: "RATE_LIMITED" }],
      headers: { "x-ratelimit-remaining": "0", "x-ratelimit-resource": "graphql" },
    });
    expect(github.requests.at(-1)?.status).toBe(200);
    await octokit.rest.users.getAuthenticated();
  });

  it("a query's cost follows its connections, in hundreds", async () => {
    const { graphql } = await openGithub();
    const many = await graphql(`
      {
        rateLimit {
          cost
          nodeCount
        }
        repository(owner: "acme", name: "payments") {
          issues(first: 100) {
            nodes {
              labels(first: 50) {
                totalCount
              }
              comments(first: 10) {
                totalCount
              }
            }
          }
        }
      }
    `);
    expect(at(many, "rateLimit")).toEqual({ cost: 2, nodeCount: 6_100 });
  });

  it("900 points a minute: a read is one, a write five", async () => {
    const { octokit, issue, github, owner, repo } = await openGithub({ limits: { restPoints: 12 } });
    await issue();
    await issue();
    await octokit.rest.issues.get({ owner, repo, issue_number: 1 });
    const refused = await octokit.rest.issues.create({ owner, repo, title: "x" }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ status: 403, message: SECONDARY });
    const seconds = Number(at(refused, "response", "headers", "retry-after"));
    expect(seconds).toBeGreaterThan(50);
    github.clock.advance(seconds * 1_000);
    expect((await issue()).number).toBe(3);
  });

  it("2,000 points a minute for GraphQL: a mutation is five, however many aliases it has", async () => {
    const { graphql, repositoryId } = await openGithub({ limits: { graphqlPoints: 6 }, secondaryStatus: 429 });
    const r = await repositoryId();
    await graphql(CREATE, { r });
    await graphql("{ viewer { login } }");
    await expect(graphql("{ viewer { login } }")).rejects.toMatchObject({ status: 429, message: SECONDARY });
  });

  it("content creations a minute and an hour, over both APIs; the rest of the request is carried out", async () => {
    const { graphql, repositoryId, issue, octokit, owner, repo, github } = await openGithub({ limits: { contentPerMinute: 3, contentPerHour: 5 } });
    const r = await repositoryId();
    await issue();
    await octokit.rest.issues.createComment({ owner, repo, issue_number: 1, body: "counts too" });
    await expect(graphql(CREATE, { r })).rejects.toMatchObject({
      data: { a: { issue: { number: 2 } }, b: null },
      errors: [{ type: "UNPROCESSABLE", path: ["b"], message: "was submitted too quickly" }],
    });
    await expect(issue()).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining("temporarily blocked from content creation"),
      response: { headers: { "retry-after": expect.any(String) } },
    });
    await octokit.rest.issues.update({ owner, repo, issue_number: 1, body: "a change is no creation" });
    github.clock.advance(60_000);
    await graphql(CREATE, { r });
    github.clock.advance(60_000);
    const hourly = await issue().catch((error: unknown) => error);
    expect(Number(at(hourly, "response", "headers", "retry-after"))).toBeGreaterThan(3_000);
    expect(github.people.keys()).toEqual(["1", "2", "3", "4"]);
  });

  it("too many at once", async () => {
    const { github, octokit } = await openGithub({ limits: { concurrent: 4 } });
    github.setFaults([{ operation: "check", nth: 1, kind: "slow", ms: 200 }]);
    const answers = await Promise.allSettled(Array.from({ length: 40 }, () => octokit.rest.users.getAuthenticated()));
    expect(answers.some((one) => one.status === "rejected" && at(one.reason, "status") === 403)).toBe(true);
    await octokit.rest.users.getAuthenticated();
  });

  it("a 304 on an ETag is free (REST), and gone with the next change", async () => {
    const { octokit, owner, repo, issue } = await openGithub();
    const { number: issue_number } = await issue();
    const first = await octokit.rest.issues.get({ owner, repo, issue_number });
    const again = (): Promise<unknown> => octokit.rest.issues.get({ owner, repo, issue_number, headers: { "if-none-match": first.headers.etag ?? "" } });
    await expect(again()).rejects.toMatchObject({ status: 304, response: { headers: { "x-ratelimit-used": first.headers["x-ratelimit-used"] } } });
    await octokit.rest.issues.update({ owner, repo, issue_number, title: "Other" });
    expect(await again()).toMatchObject({ status: 200, data: { title: "Other" } });
  });

  it("limits belong to the account, not to the token", async () => {
    const { github, octokit } = await openGithub({ limits: { core: 1 } });
    await octokit.rest.users.getAuthenticated();
    await expect(clientOf(github, github.addToken({})).rest.users.getAuthenticated()).rejects.toMatchObject({ status: 403 });
  });
});
