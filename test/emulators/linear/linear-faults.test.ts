/** The kit's faults in Linear's form, aimed by what requests mean; and how fast it all is. */

import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { given } from "./compare.ts";
import { failure, linearSession, wireError, type LinearSession } from "./linear-session.ts";

let session: LinearSession;
beforeEach(async () => {
  session = await linearSession();
});
afterEach(async () => {
  await session.emulator.close();
});

const BATCH = "mutation B($input: IssueBatchCreateInput!) { issueBatchCreate(input: $input) { issues { id identifier } } }";

test("refuse, alone: Linear's Forbidden with HTTP 200, nothing written", async () => {
  session.emulator.setFaults([{ operation: "create", nth: 1, kind: "refuse" }]);
  expect(await failure(session.create({}))).toMatchObject({ type: "Forbidden", status: 200 });
  expect((await session.create({})).key).toBe("ENG-1");
});

test("refuse, in a batch: the whole transaction fails, and the bad element fails once more when it is sent alone", async () => {
  const issues = [0, 1, 2].map((index) => ({ id: randomUUID(), teamId: session.teamId, title: `T${index}` }));
  session.emulator.setFaults([{ operation: "create", nth: 2, kind: "refuse" }]);
  expect(await failure(session.raw(BATCH, { input: { issues } }))).toMatchObject({ type: "InvalidInput" });
  expect(session.emulator.people.keys()).toEqual([]);
  expect(await failure(session.raw(BATCH, { input: { issues: issues.slice(1) } }))).toMatchObject({ type: "InvalidInput" });
  await session.create(issues[0] ?? {});
  expect(await failure(session.create(issues[1] ?? {}))).toMatchObject({ type: "InvalidInput" });
  await session.create(issues[2] ?? {});
  expect(session.emulator.people.keys().map((key) => session.emulator.people.show(key).title)).toEqual(["T0", "T2"]);
  expect((await session.create(issues[1] ?? {})).key).toBe("ENG-3");
});

test("refuse, among aliased updates: its alias fails, and those after it never run", async () => {
  for (const title of ["A", "B", "C"]) await session.create({ title });
  session.emulator.setFaults([{ operation: "update", nth: 2, kind: "refuse" }]);
  const query = `mutation { ${[1, 2, 3].map((n) => `u${n}: issueUpdate(id: "ENG-${n}", input: { title: "New" }) { success }`).join(" ")} }`;
  const { body } = await session.post({ query });
  expect([body["data"], wireError(body)["path"]]).toEqual([null, ["u2"]]);
  expect(session.emulator.people.keys().map((key) => session.emulator.people.show(key).title)).toEqual(["New", "B", "C"]);
});

test("refuse, among bases and among comments: the ticket's own alias fails", async () => {
  for (const title of ["A", "B"]) await session.create({ title });
  session.emulator.setFaults([
    { operation: "update", nth: 2, kind: "refuse" },
    { operation: "comment", nth: 1, kind: "refuse" },
  ]);
  const bases = [1, 2].map(
    (n) => `b${n}: attachmentCreate(input: { issueId: "ENG-${n}", url: "canon://x", title: "Base", metadata: { n: ${n} } }) { success }`,
  );
  expect(wireError((await session.post({ query: `mutation { ${bases.join(" ")} }` })).body)["path"]).toEqual(["b2"]);
  expect(session.emulator.people.keys().map((key) => session.emulator.people.show(key).links.length)).toEqual([1, 0]);
  const comments = [1, 2].map((n) => `c${n}: commentCreate(input: { issueId: "ENG-${n}", body: "Hi" }) { success }`);
  expect(wireError((await session.post({ query: `mutation { ${comments.join(" ")} }` })).body)["path"]).toEqual(["c1"]);
});

test("rate-limited and unavailable: turned away unread", async () => {
  const { emulator } = session;
  emulator.setFaults([{ operation: "create", nth: 1, kind: "rate-limited", ms: 30_000 }]);
  const before = emulator.clock.now();
  const { status, headers, body } = await session.post({ query: BATCH, variables: { input: { issues: [{ teamId: session.teamId, title: "T" }] } } });
  expect([status, wireError(body)["code"], headers.get("x-ratelimit-requests-remaining")]).toEqual([400, "RATELIMITED", "0"]);
  expect(Number(headers.get("x-ratelimit-requests-reset")) - before).toBeGreaterThanOrEqual(30_000);
  emulator.setFaults([{ operation: "read", nth: 1, kind: "unavailable" }]);
  expect(await failure(session.client.issue("ENG-1"))).toMatchObject({ status: 503 });
  expect(emulator.people.keys()).toEqual([]);
});

test("a lost answer and a late one: found by the client's id, once the time has come", async () => {
  const { emulator } = session;
  const [lost, late] = [randomUUID(), randomUUID()];
  emulator.setFaults([{ operation: "create", nth: 1, kind: "drop-answer" }]);
  await expect(session.create({ id: lost })).rejects.toThrow(/fetch failed/i);
  expect((await session.client.issue(lost)).identifier).toBe("ENG-1");
  emulator.setFaults([{ operation: "create", nth: 1, kind: "late", ms: 5_000 }]);
  await expect(session.create({ id: late })).rejects.toThrow(/fetch failed/i);
  const byId = async (): Promise<number> => (await session.client.issues({ filter: { id: { in: [late] } }, includeArchived: true })).nodes.length;
  expect(await byId()).toBe(0);
  emulator.clock.advance(5_000);
  expect(await byId()).toBe(1);
});

test("partial: a part of the page and an error, with HTTP 200", async () => {
  for (let number = 0; number < 4; number += 1) session.emulator.people.create({ title: "T" });
  session.emulator.clock.advance(5_000);
  session.emulator.setFaults([{ operation: "read", nth: 1, kind: "partial" }]);
  const { status, body } = await session.post({ query: "{ issues { nodes { identifier } pageInfo { hasNextPage } } }" });
  const { nodes } = given(given(body["data"])["issues"]);
  expect([status, Array.isArray(nodes) && nodes.length, wireError(body)["code"]]).toEqual([200, 2, "INTERNAL_SERVER_ERROR"]);
});

test("requests are told apart by what they do", async () => {
  await session.create({});
  const label = String((await session.client.createIssueLabel({ name: "canon" })).issueLabelId);
  const from = session.emulator.requests.length;
  await session.client.viewer;
  await session.client.issue("ENG-1");
  await session.raw('{ issue(id: "ENG-1") { history { nodes { id } } } }');
  await session.raw("{ teams { nodes { issues { nodes { id } } } } }");
  await session.client.updateIssue("ENG-1", { stateId: session.stateId("Done") });
  await session.client.updateIssue("ENG-1", { stateId: session.stateId("Todo"), addedLabelIds: [label] });
  await session.client.createComment({ issueId: "ENG-1", body: "Hi" });
  await session.client.createAttachment({ issueId: "ENG-1", url: "https://forge.example/1", title: "PR" });
  await session.client.createAttachment({ issueId: "ENG-1", url: "canon://x", title: "Base", metadata: { token: "t" } });
  await session.raw(
    `mutation { a: issueUpdate(id: "ENG-1", input: { stateId: "${session.stateId("Done")}" }) { success } b: attachmentCreate(input: { issueId: "ENG-1", url: "https://forge.example/2", title: "PR" }) { success } }`,
  );
  const base = (n: number, issueId: string): string =>
    `b${n}: attachmentCreate(input: { issueId: "${issueId}", url: "canon://x", title: "Base", metadata: { token: "t" } }) { success }`;
  await session.raw(`mutation { a: issueUpdate(id: "ENG-1", input: { stateId: "${session.stateId("Todo")}" }) { success } ${base(1, "ENG-1")} }`);
  await session.create({});
  await session.raw(`mutation { ${base(1, "ENG-1")} ${base(2, "ENG-2")} }`);
  expect(session.emulator.requests.slice(from).map(({ operation, elements }) => (elements === 1 ? operation : `${operation} ${elements}`))).toEqual([
    "check",
    "read",
    "history",
    "read",
    "transition",
    "update",
    "comment",
    "link",
    "update",
    "transition",
    "transition",
    "create",
    "update 2",
  ]);
});

test("Fewest requests: 1,000 tickets in ⌈N/50⌉ creates, ⌈N/250⌉ reads, ⌈N/50⌉ aliased updates, within seconds", async () => {
  const { emulator } = session;
  const before = performance.now();
  const from = emulator.requests.length;
  for (let batch = 0; batch < 20; batch += 1) {
    const issues = Array.from({ length: 50 }, (_, index) => ({
      id: randomUUID(),
      teamId: session.teamId,
      title: `T${batch}-${index}`,
      description: "A paragraph.\n\n- one\n- **two**",
    }));
    await session.raw(BATCH, { input: { issues } });
  }
  emulator.clock.advance(5_000);
  const ids: string[] = [];
  for (let after: unknown = null, more = true; more;) {
    const data = await session.raw(
      "query R($after: String) { issues(first: 250, after: $after) { nodes { id title description updatedAt labelIds state { id } parent { id } attachments(first: 1) { nodes { metadata } } } pageInfo { hasNextPage endCursor } } }",
      { after },
    );
    const { nodes, pageInfo } = given(data["issues"]);
    for (const node of Array.isArray(nodes) ? nodes : []) ids.push(String(given(node)["id"]));
    after = given(pageInfo)["endCursor"];
    more = given(pageInfo)["hasNextPage"] === true;
  }
  expect(new Set(ids).size).toBe(1_000);
  for (let at = 0; at < ids.length; at += 50) {
    const part = ids
      .slice(at, at + 50)
      .map((id, index) => `u${index}: issueUpdate(id: "${id}", input: { title: "New ${at + index}" }) { issue { id title updatedAt } }`);
    await session.raw(`mutation { ${part.join(" ")} }`);
  }
  expect(emulator.requests.length - from).toBe(20 + 4 + 20);
  expect(performance.now() - before).toBeLessThan(10_000);
});
