/** The judge goes red for one misspelt field, limits and faults come in Jira's own form, and the emulator is fast. */

import { describe, expect, it } from "vitest";
import { asList, asObject } from "../kit/json-value.ts";
import type { WireAnswer, WireRequest } from "../kit/wire.ts";
import { startJiraEmulator } from "./jira-emulator.ts";
import { jiraJudge } from "./jira-judge.ts";
import { adf, basic, fieldsOf, openJira } from "./open-jira.ts";

const MISSING = jiraJudge("cloud") === null;

describe.skipIf(MISSING)("the judge (skipped where ../shared/contracts is missing)", () => {
  const post = (path: string, json: unknown): WireRequest => {
    const url = new URL(path, "http://127.0.0.1");
    return { method: "POST", path: url.pathname, query: url.searchParams, headers: { "content-type": "application/json" }, text: JSON.stringify(json), json };
  };
  const created: WireAnswer = { status: 201, body: { issues: [{ id: "1", key: "PAY-1", self: "https://a.dev" }], errors: [] } };

  it.each([
    ["cloud", "/rest/api/3"],
    ["data-center", "/rest/api/2"],
  ] as const)("of %s goes red for a misspelt field, query or path", (flavour, prefix) => {
    const judge = jiraJudge(flavour);
    const bulk = (json: unknown, answer = created): readonly string[] | undefined => judge?.judge(post(`${prefix}/issue/bulk`, json), answer);
    expect(bulk({ issueUpdates: [fieldsOf("One")] })).toEqual([]);
    expect(bulk({ issueUpdate: [fieldsOf("One")] })?.[0]).toContain('("issueUpdate")');
    expect(bulk({ issueUpdates: [{ feilds: {} }] })?.[0]).toContain('("feilds")');
    expect(bulk({ issueUpdates: [{ properties: [{ key: "canon", valeu: 1 }] }] })?.[0]).toContain('("valeu")');
    expect(bulk({ issueUpdates: [] }, { status: 201, body: { issues: [{ id: "1", kee: "PAY-1" }] } })?.[0]).toContain('("kee")');
    expect(judge?.judge(post(`${prefix}/issue/bulk?updatehistory=true`, { issueUpdates: [] }), created)?.[0]).toContain('"updatehistory" is unknown');
    expect(judge?.judge(post(`${prefix}/issues/bulk`, {}), created)).toEqual(["the vendor's schema has no such operation"]);
  });

  it("makes close() throw", async () => {
    const emulator = await startJiraEmulator();
    const { JIRA_EMAIL: email = "", JIRA_API_TOKEN: token = "" } = emulator.credentials;
    expect(emulator.unjudged).toBeNull();
    await fetch(`${emulator.url}/rest/api/3/issue/bulkfetch`, {
      method: "POST",
      headers: { authorization: basic(email, token), "content-type": "application/json" },
      body: JSON.stringify({ issueIdsOrKeys: ["PAY-1"], feilds: [] }),
    });
    await expect(emulator.close()).rejects.toThrow('("feilds")');
  });
});

describe("Rate", () => {
  it("bursts per endpoint: GET/POST 100/s, PUT/DELETE 50/s; 429 with Retry-After and RateLimit-Reason", async () => {
    const { call, emulator } = await openJira({ rates: { readsAndPosts: 3, putsAndDeletes: 1, perTicket: 100 } });
    const keys = ["One", "Two"].map((title) => emulator.people.create({ title }));
    for (const left of ["2", "1", "0"]) {
      const answer = await call("GET", "/myself");
      expect([answer.status, answer.headers.get("x-ratelimit-limit"), answer.headers.get("x-ratelimit-remaining")]).toEqual([200, "3", left]);
    }
    const refused = await call("GET", "/myself");
    expect([refused.status, refused.headers.get("retry-after"), refused.headers.get("ratelimit-reason")]).toEqual([429, "1", "jira-burst-based"]);
    // Another endpoint has its own burst.
    const edit = async (key = ""): Promise<number> => (await call("PUT", `/issue/${key}`, { fields: { summary: "x" } })).status;
    expect([await edit(keys[0]), await edit(keys[1])]).toEqual([204, 429]);
    emulator.clock.advance(1_000);
    expect([(await call("GET", "/myself")).status, await edit(keys[1])]).toEqual([200, 204]);
  });

  it("per issue 20 writes/2 s", async () => {
    const { call, emulator } = await openJira({ rates: { readsAndPosts: 1_000, putsAndDeletes: 1_000, perTicket: 20 } });
    const [one = "", two = ""] = ["One", "Two"].map((title) => emulator.people.create({ title }));
    const comment = async (key: string): Promise<readonly [number, string | null]> => {
      const { status, headers } = await call("POST", `/issue/${key}/comment`, { body: adf("x") });
      return [status, headers.get("ratelimit-reason")];
    };
    for (let n = 0; n < 20; n += 1) expect((await comment(one))[0]).toBe(201);
    expect(await comment(one)).toEqual([429, "jira-per-issue-on-write"]);
    expect([(await comment(two))[0], (await call("GET", `/issue/${one}`)).status]).toEqual([201, 200]);
    emulator.clock.advance(2_000);
    expect((await comment(one))[0]).toBe(201);
  });

  it("by default as FACTS.md says", async () => {
    const { call } = await openJira();
    const limit = async (method: string, path: string, body?: unknown): Promise<string | null> =>
      (await call(method, path, body)).headers.get("x-ratelimit-limit");
    expect(await limit("GET", "/myself")).toBe("100");
    expect(await limit("PUT", "/issue/PAY-1", { fields: {} })).toBe("50");
  });
});

describe("faults", () => {
  it("refuse one element of a batch in its own form, and single requests with 403", async () => {
    const { call, emulator } = await openJira();
    emulator.setFaults([{ operation: "create", nth: 2, kind: "refuse" }]);
    const { status, body } = await call("POST", "/issue/bulk", { issueUpdates: [fieldsOf("One"), fieldsOf("Two"), fieldsOf("Three")] });
    expect([status, asList(body["issues"]).length, asList(body["errors"])]).toMatchObject([201, 2, [{ failedElementNumber: 1, status: 403 }]]);
    emulator.setFaults([{ operation: "read", nth: 1, kind: "refuse" }]);
    expect((await call("GET", "/issue/PAY-1")).status).toBe(403);
    expect((await call("GET", "/issue/PAY-1")).status).toBe(200);
  });

  it("limit, fail and lose in Jira's form", async () => {
    const { call, emulator } = await openJira();
    emulator.setFaults([
      { operation: "check", nth: 1, kind: "rate-limited", ms: 2_500 },
      { operation: "check", nth: 2, kind: "unavailable" },
      { operation: "create", nth: 1, kind: "drop-answer" },
      { operation: "create", nth: 2, kind: "late", ms: 5_000 },
    ]);
    const limited = await call("GET", "/myself");
    expect([limited.status, limited.headers.get("retry-after"), limited.headers.get("ratelimit-reason")]).toEqual([429, "3", "jira-quota-tenant-based"]);
    expect((await call("GET", "/myself")).status).toBe(503);
    await expect(call("POST", "/issue", fieldsOf("Lost"))).rejects.toThrow("fetch failed");
    await expect(call("POST", "/issue", fieldsOf("Late"))).rejects.toThrow("fetch failed");
    expect(emulator.people.keys()).toEqual(["PAY-1"]);
    emulator.clock.advance(5_000);
    await call("GET", "/myself");
    expect(emulator.people.keys()).toEqual(["PAY-1", "PAY-2"]);
  });

  it("answer a part: tickets that are neither read nor missing, a page that is neither followed nor the last", async () => {
    const { call, emulator } = await openJira();
    const keys = ["One", "Two"].map((title) => emulator.people.create({ title }));
    emulator.clock.advance(5_000);
    emulator.setFaults([1, 2].map((nth) => ({ operation: "read", nth, kind: "partial" })));
    const fetched = await call("POST", "/issue/bulkfetch", { issueIdsOrKeys: keys });
    expect([asList(fetched.body["issues"]).length, fetched.body["issueErrors"]]).toEqual([1, []]);
    const found = await call("POST", "/search/jql", { jql: "project = PAY" });
    expect(found.body).toEqual({ issues: [expect.anything()], isLast: false });
  });

  it("count what each request is for Canon", async () => {
    const { call, emulator } = await openJira();
    await call("POST", "/issue/bulk", { issueUpdates: [fieldsOf("One"), fieldsOf("Two")] });
    await call("GET", "/myself");
    await call("POST", "/search/jql", { jql: "project = PAY" });
    await call("PUT", "/issue/PAY-1/properties/canon", 1);
    await call("POST", "/issue/PAY-1/transitions", { transition: { id: "21" } });
    await call("POST", "/bulk/issues/transition", { bulkTransitionInputs: [{ selectedIssueIdsOrKeys: ["PAY-1", "PAY-2"], transitionId: "51" }] });
    await call("POST", "/issue/PAY-1/comment", { body: adf("x") });
    await call("POST", "/issue/PAY-1/remotelink", { object: { url: "https://a.dev", title: "x" } });
    await call("POST", "/changelog/bulkfetch", { issueIdsOrKeys: ["PAY-1"] });
    expect(emulator.requests.map(({ operation, elements }) => [operation, elements])).toEqual([
      ["create", 2],
      ["check", 1],
      ["read", 1],
      ["update", 1],
      ["transition", 1],
      ["transition", 2],
      ["comment", 1],
      ["link", 1],
      ["history", 1],
    ]);
  });
});

it("reads lag behind writes when told to", async () => {
  const { call, emulator } = await openJira({ readLag: 1_000 });
  const key = emulator.people.create({ title: "One" });
  expect((await call("GET", `/issue/${key}`)).status).toBe(404);
  emulator.clock.advance(1_000);
  emulator.people.edit(key, { title: "Two" });
  expect(asObject((await call("GET", `/issue/${key}`)).body["fields"])["summary"]).toBe("One");
  emulator.clock.advance(1_000);
  expect(asObject((await call("GET", `/issue/${key}`)).body["fields"])["summary"]).toBe("Two");
});

it("creates, reads and updates 1,000 tickets within seconds", async () => {
  const { call, emulator } = await openJira({ rates: null });
  const began = performance.now();
  const description = adf(...Array.from({ length: 20 }, (_, n) => `Paragraph ${n} with some words.`));
  for (let batch = 0; batch < 20; batch += 1) {
    await call("POST", "/issue/bulk", { issueUpdates: Array.from({ length: 50 }, (_, n) => fieldsOf(`T${n}`, { description })) });
  }
  const keys = emulator.people.keys();
  for (let page = 0; page < 10; page += 1)
    await call("POST", "/issue/bulkfetch", { issueIdsOrKeys: keys.slice(page * 100, page * 100 + 100), fields: ["*all"] });
  for (const key of keys) await call("PUT", `/issue/${key}`, { fields: { description }, properties: [{ key: "canon", value: 1 }] });
  expect(keys).toHaveLength(1_000);
  expect(performance.now() - began).toBeLessThan(15_000);
}, 30_000);
