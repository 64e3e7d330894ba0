/** FACTS.md, Linear: who may come in, how much, and what is said to the rest. */

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { given } from "./compare.ts";
import type { LinearEmulatorOptions } from "./linear-emulator.ts";
import { failure, linearClient, linearSession, wireError, type LinearSession } from "./linear-session.ts";

let session: LinearSession;
beforeEach(async () => {
  session = await linearSession();
});
afterEach(async () => {
  await session.emulator.close();
});

async function again(options: LinearEmulatorOptions): Promise<void> {
  await session.emulator.close();
  session = await linearSession(options);
}

const VIEWER = { query: "{ viewer { id } }" };

describe("Auth: a personal key goes RAW into Authorization; OAuth uses Bearer", () => {
  test("the SDK gets in with either", async () => {
    const { emulator, client } = session;
    expect((await client.viewer).name).toBe("Dana Agent");
    expect((await linearClient(emulator, { accessToken: emulator.tokens.oauth }).viewer).name).toBe(emulator.account);
    expect((await client.organization).urlKey).toBe("acme");
  });

  test("a personal key as Bearer, an OAuth token without, no token, a wrong and an expired one are refused", async () => {
    const { emulator, post } = session;
    const { tokens } = emulator;
    expect(await post(VIEWER, { authorization: `Bearer ${tokens.full}` })).toMatchObject({ status: 400 });
    for (const authorization of [tokens.oauth, "", "lin_api_wrong", tokens.expired]) {
      const { status, body } = await post(VIEWER, { authorization });
      expect(status).toBe(401);
      expect(wireError(body)).toMatchObject({ code: "AUTHENTICATION_ERROR", type: "authentication error" });
    }
    expect(await failure(Promise.resolve(linearClient(emulator, { apiKey: "lin_api_wrong" }).viewer))).toMatchObject({
      type: "AuthenticationError",
      status: 401,
    });
  });

  test("a key that may only read is refused each write, and a key of another team does not see this one", async () => {
    const { emulator, teamId } = session;
    const { key } = await session.create({});
    const reader = linearClient(emulator, { apiKey: emulator.tokens.readOnly });
    expect((await reader.issue(key)).title).toBe("A ticket");
    expect(await failure(reader.createIssue({ teamId, title: "No" }))).toMatchObject({ type: "Forbidden", status: 200 });
    expect(await failure(reader.updateIssue(key, { title: "No" }))).toMatchObject({ type: "Forbidden" });
    const other = linearClient(emulator, { apiKey: emulator.tokens.otherTeam });
    expect((await other.teams()).nodes.map((team) => team.key)).toEqual(["OPS"]);
    expect(await failure(other.issue(key))).toMatchObject({ type: "InvalidInput" });
    expect(await failure(other.createIssue({ teamId, title: "No" }))).toMatchObject({ message: expect.stringContaining("Entity not found: Team") });
  });
});

describe("Rate", () => {
  test("a key has 2,500 requests/h per USER and complexity 3,000,000/h; the reset is epoch MILLISECONDS", async () => {
    const { emulator, post } = session;
    const { headers } = await post(VIEWER);
    expect(headers.get("x-ratelimit-requests-limit")).toBe("2500");
    expect(headers.get("x-ratelimit-complexity-limit")).toBe("3000000");
    const left = Number(headers.get("x-ratelimit-requests-remaining"));
    const reset = Number(headers.get("x-ratelimit-requests-reset"));
    expect(reset).toBeGreaterThan(emulator.clock.now());
    expect(reset).toBeLessThanOrEqual(emulator.clock.now() + 3_600_000);
    // Another key of the same person draws on the same budget.
    const other = await post(VIEWER, { authorization: emulator.tokens.readOnly });
    expect(other.headers.get("x-ratelimit-requests-remaining")).toBe(String(left - 1));
  });

  test("exceeding answers HTTP 400 with RATELIMITED and no Retry-After, by which the SDK does not know a rate limit; the hour over, it goes on", async () => {
    await again({ requestsPerHour: 4 });
    const { emulator, client, post } = session;
    for (let left = 4 - emulator.requests.length; left > 0; left -= 1) await client.viewer;
    const { status, headers, body } = await post(VIEWER);
    expect(status).toBe(400);
    expect(headers.get("retry-after")).toBeNull();
    expect(headers.get("x-ratelimit-requests-remaining")).toBe("0");
    expect(wireError(body)["code"]).toBe("RATELIMITED");
    // It classifies by `extensions.type`, which is not there.
    expect((await failure(Promise.resolve(client.viewer))).type).not.toBe("Ratelimited");
    emulator.clock.advance(3_600_000);
    expect((await client.viewer).name).toBe("Dana Agent");
  });

  test("older deployments answer 429 with Retry-After", async () => {
    await again({ requestsPerHour: 2, rateLimitStatus: 429 });
    const { status, headers } = await session.post(VIEWER);
    expect(status).toBe(429);
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(3_000);
    expect(await failure(Promise.resolve(session.client.viewer))).toMatchObject({ type: "Ratelimited", retryAfter: expect.any(Number) });
  });

  test("the complexity budget of an hour runs out as well", async () => {
    await again({ complexityPerHour: 8_000 });
    const { post } = session;
    const query = "{ issues(first: 250) { nodes { id title number url updatedAt } } }";
    const first = await post({ query });
    const before = Number(first.headers.get("x-ratelimit-complexity-remaining"));
    expect((await post({ query })).headers.get("x-ratelimit-complexity-remaining")).toBe(String(before - 376));
    let last = first;
    for (let requests = 0; requests < 25 && last.status === 200; requests += 1) last = await post({ query });
    expect([last.status, wireError(last.body)["code"]]).toEqual([400, "RATELIMITED"]);
  });

  test("cost: property 0.1, object 1, a connection multiplies by `first` (default 50)", async () => {
    const cost = async (query: string, variables: object = {}): Promise<string | null> =>
      (await session.post({ query, variables })).headers.get("x-complexity");
    expect(await cost("{ viewer { id name email } }")).toBe("2");
    expect(await cost("{ issues { nodes { id } } }")).toBe("56");
    expect(await cost("{ issues(first: 10) { nodes { id state { name } } } }")).toBe("23");
    expect(
      await cost("query Q($n: Int) { issues(first: $n) { ...P } } fragment P on IssueConnection { nodes { id labels(first: 2) { nodes { name } } } }", {
        n: 10,
      }),
    ).toBe("44");
  });

  test("one query 10,000: what costs more is refused unread", async () => {
    const query = "{ issues(first: 250) { nodes { labels { nodes { name } } } } }";
    const { status, body, headers } = await session.post({ query });
    expect(status).toBe(400);
    expect(headers.get("x-complexity")).toBe("14251");
    expect(wireError(body)["message"]).toBe("Query too complex");
  });

  test("pages hold 50, at most 250: more is refused, and cursors lead through all of them, newest first", async () => {
    const { client, emulator } = session;
    for (let number = 1; number <= 53; number += 1) emulator.people.create({ title: `T${number}` });
    emulator.clock.advance(5_000);
    const page = await client.issues();
    expect(page.nodes).toHaveLength(50);
    expect(page.pageInfo.hasNextPage).toBe(true);
    expect(page.nodes[0]?.title).toBe("T53");
    const rest = await client.issues({ after: page.pageInfo.endCursor ?? "" });
    expect(rest.nodes.map(({ title }) => title)).toEqual(["T3", "T2", "T1"]);
    expect(rest.pageInfo.hasNextPage).toBe(false);
    expect((await client.issues({ last: 2 })).nodes.map(({ title }) => title)).toEqual(["T2", "T1"]);
    expect(await failure(session.raw("{ issues(first: 251) { nodes { id } } }"))).toMatchObject({ type: "InvalidInput" });
  });
});

test("GraphQL errors also arrive with HTTP 200", async () => {
  const { status, body } = await session.post({ query: '{ issue(id: "ENG-1") { id } }' });
  expect(status).toBe(200);
  expect(body["data"]).toBeNull();
  expect(wireError(body)).toMatchObject({ message: "Entity not found: Issue", path: ["issue"], code: "INPUT_ERROR", type: "invalid input", userError: true });
});

test("SDK fragments are wide; `client.client.rawRequest` sends lean queries, and `apiUrl` sets the endpoint", async () => {
  await session.create({});
  const issue = await session.client.issue("ENG-1");
  const wide = session.emulator.requests.at(-1)?.text.length ?? 0;
  const lean = await session.raw('{ issue(id: "ENG-1") { title } }');
  expect(given(lean["issue"])["title"]).toBe(issue.title);
  expect(wide).toBeGreaterThan(10 * (session.emulator.requests.at(-1)?.text.length ?? 0));
});
