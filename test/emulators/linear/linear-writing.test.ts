/** FACTS.md, Linear: creates, batches, updates and attachments. */

import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { given } from "./compare.ts";
import { failure, linearSession, wireError, type LinearSession } from "./linear-session.ts";

let session: LinearSession;
beforeEach(async () => {
  session = await linearSession();
});
afterEach(async () => {
  await session.emulator.close();
});

const BATCH = "mutation B($input: IssueBatchCreateInput!) { issueBatchCreate(input: $input) { success issues { id identifier title } } }";

function titled(count: number, given_: (index: number) => object = () => ({})): { readonly input: { readonly issues: readonly object[] } } {
  return { input: { issues: Array.from({ length: count }, (_, index) => ({ teamId: session.teamId, title: `T${index}`, ...given_(index) })) } };
}

describe("issueCreate accepts a client-supplied id", () => {
  test("a repeat fails with 'conflict on insert of Issue', INPUT_ERROR, and the first can be read by its id", async () => {
    const id = randomUUID();
    await session.create({ id, title: "Once" });
    const query = "mutation C($input: IssueCreateInput!) { issueCreate(input: $input) { success } }";
    const { status, body } = await session.post({ query, variables: { input: { id, teamId: session.teamId, title: "Twice" } } });
    expect([status, wireError(body)]).toMatchObject([
      200,
      { message: "conflict on insert of Issue", code: "INPUT_ERROR", userPresentableMessage: expect.stringContaining(id) },
    ]);
    const read = await session.client.issues({ filter: { id: { in: [id, randomUUID()] } }, includeArchived: true });
    expect(read.nodes.map(({ title }) => title)).toEqual(["Once"]);
  });

  test("the id stays taken when its issue is gone for good", async () => {
    const id = randomUUID();
    const { key } = await session.create({ id });
    session.emulator.people.remove(key);
    expect(await failure(session.create({ id }))).toMatchObject({ message: expect.stringContaining("onflict on insert of Issue") });
  });

  test("UUID v4 shape; v5 may be refused", async () => {
    const v5 = "5df41881-3aed-5515-88a7-2f4a814cf09e";
    expect(await failure(session.create({ id: v5 }))).toMatchObject({ type: "InvalidInput" });
    expect(await failure(session.create({ id: "not-an-id" }))).toMatchObject({ type: "InvalidInput" });
    const lenient = await linearSession({ anyUuid: true });
    expect((await lenient.create({ id: v5 })).id).toBe(v5);
    await lenient.emulator.close();
  });
});

describe("issueBatchCreate", () => {
  test("50 in one transaction, answered in order", async () => {
    const { issues } = given((await session.raw(BATCH, titled(50)))["issueBatchCreate"]);
    expect(Array.isArray(issues) && issues.map((issue) => given(issue)["title"])).toEqual(titled(50).input.issues.map((issue) => given(issue)["title"]));
    expect(await failure(session.raw(BATCH, titled(51)))).toMatchObject({ type: "InvalidInput" });
  });

  test("one bad element fails all", async () => {
    const bad = titled(3, (index) => (index === 1 ? { title: " " } : { id: randomUUID() }));
    const error = await failure(session.raw(BATCH, bad));
    expect(error).toMatchObject({ type: "InvalidInput", data: null });
    expect(session.emulator.people.keys()).toEqual([]);
  });

  test("same-batch parents: unverified, so refused unless switched on", async () => {
    const id = randomUUID();
    const family = titled(2, (index) => (index === 0 ? { id } : { parentId: id }));
    expect(await failure(session.raw(BATCH, family))).toMatchObject({ message: expect.stringContaining("Entity not found: Issue") });
    expect(session.emulator.people.keys()).toEqual([]);
    const lenient = await linearSession({ sameBatchParents: true });
    const there = { input: { issues: family.input.issues.map((issue) => ({ ...issue, teamId: lenient.teamId })) } };
    await lenient.raw(BATCH, there);
    expect(lenient.emulator.people.show("ENG-2").parent).toBe("ENG-1");
    await lenient.emulator.close();
  });
});

describe("updates", () => {
  test("issueBatchUpdate: 50 ids, ONE input for all", async () => {
    const ids = [(await session.create({})).id, (await session.create({})).id];
    const query = "mutation U($ids: [UUID!]!, $input: IssueUpdateInput!) { issueBatchUpdate(ids: $ids, input: $input) { issues { state { name } } } }";
    await session.raw(query, { ids, input: { stateId: session.stateId("Done") } });
    expect(session.emulator.people.keys().map((key) => session.emulator.people.show(key).status)).toEqual(["Done", "Done"]);
    expect(await failure(session.raw(query, { ids: Array.from({ length: 51 }, () => ids[0]), input: {} }))).toMatchObject({ type: "InvalidInput" });
  });

  test("aliased issueUpdate mutations in one request work", async () => {
    await session.create({});
    await session.create({});
    await session.raw(
      'mutation { a: issueUpdate(id: "ENG-1", input: { title: "One" }) { success } b: issueUpdate(id: "ENG-2", input: { title: "Two" }) { success } }',
    );
    expect(session.emulator.people.keys().map((key) => session.emulator.people.show(key).title)).toEqual(["One", "Two"]);
    expect(session.emulator.requests.at(-1)).toMatchObject({ operation: "update", elements: 2 });
  });

  test("[S] payloads are not nullable: an alias that fails takes all data away, those before it are done, those after never run", async () => {
    await session.create({});
    await session.create({});
    const query = `mutation { a: issueUpdate(id: "ENG-1", input: { title: "One" }) { success } b: issueUpdate(id: "ENG-9", input: { title: "No" }) { success } c: issueUpdate(id: "ENG-2", input: { title: "Two" }) { success } }`;
    const { status, body } = await session.post({ query });
    expect([status, body["data"], wireError(body)["path"]]).toEqual([200, null, ["b"]]);
    expect(session.emulator.people.keys().map((key) => session.emulator.people.show(key).title)).toEqual(["One", "A ticket"]);
  });

  test("updates take no version precondition: the last one wins", async () => {
    await session.create({});
    session.emulator.people.edit("ENG-1", { title: "Theirs" });
    await session.client.updateIssue("ENG-1", { title: "Ours" });
    expect(session.emulator.people.show("ENG-1").title).toBe("Ours");
  });

  test("an update that changes nothing moves no time and writes no history", async () => {
    await session.create({ title: "Same" });
    const before = await session.client.issue("ENG-1");
    await session.client.updateIssue("ENG-1", { title: "Same" });
    const after = await session.client.issue("ENG-1");
    expect(after.updatedAt).toEqual(before.updatedAt);
    expect((await after.history()).nodes).toEqual([]);
  });

  test("labels by id: all of them, or some added and removed; names of a team and of the workspace", async () => {
    const { client, raw } = session;
    const ids: string[] = [];
    for (const name of ["canon", "api", "ui"]) ids.push(String((await client.createIssueLabel({ name })).issueLabelId));
    await session.create({ labelIds: ids.slice(0, 2) });
    await client.updateIssue("ENG-1", { addedLabelIds: [ids[2] ?? ""], removedLabelIds: [ids[1] ?? ""] });
    expect(session.emulator.people.show("ENG-1").labels).toEqual(["canon", "ui"]);
    session.emulator.clock.advance(5_000);
    const filtered = await client.issues({ filter: { labels: { name: { eq: "ui" } } } });
    expect(filtered.nodes.map(({ identifier }) => identifier)).toEqual(["ENG-1"]);
    expect((await client.issues({ filter: { labels: { every: { name: { neq: "ui" } } } } })).nodes).toEqual([]);
    expect(await failure(client.createIssueLabel({ name: "CANON" }))).toMatchObject({ type: "InvalidInput" });
    expect(await failure(client.updateIssue("ENG-1", { addedLabelIds: [randomUUID()] }))).toMatchObject({
      message: expect.stringContaining("Entity not found: IssueLabel"),
    });
    expect((await raw('{ issueLabels(filter: { name: { in: ["api", "ui"] } }) { nodes { name } } }'))["issueLabels"]).toEqual({
      nodes: [{ name: "api" }, { name: "ui" }],
    });
  });
});

describe("attachments", () => {
  test("attachmentCreate with the same url on the same issue is an upsert; attachmentsForURL finds it; any scheme and nested metadata are accepted", async () => {
    const { client, emulator } = session;
    await session.create({});
    await session.create({});
    const url = "canon://workspace/a#b";
    const attach = async (issueId: string, metadata: Record<string, unknown>): Promise<string | undefined> =>
      (await client.createAttachment({ issueId, url, title: "Base", metadata })).attachmentId;
    const first = await attach("ENG-1", { fields: { title: { spec: "A" } } });
    expect(await attach("ENG-1", { fields: { title: { spec: "B", list: [1, { deep: true }] } } })).toBe(first);
    expect(await attach("ENG-2", {})).not.toBe(first);
    emulator.clock.advance(5_000);
    const found = (await client.attachmentsForURL(url)).nodes;
    expect(found).toHaveLength(2);
    expect(found.find(({ id }) => id === first)?.metadata).toEqual({ fields: { title: { spec: "B", list: [1, { deep: true }] } } });
    expect(emulator.people.show("ENG-1").links).toEqual([url]);
  });

  test("What is atomic: nothing; the attachment is a second, aliased mutation in the same request, also to an issue that the first one makes", async () => {
    const id = randomUUID();
    const query = `mutation M($input: IssueCreateInput!, $a: AttachmentCreateInput!) { i: issueCreate(input: $input) { success } a: attachmentCreate(input: $a) { attachment { metadata issue { identifier } } } }`;
    const data = await session.raw(query, {
      input: { id, teamId: session.teamId, title: "T" },
      a: { issueId: id, url: "canon://x", title: "Base", metadata: { token: "t" } },
    });
    expect(data["a"]).toEqual({ attachment: { metadata: { token: "t" }, issue: { identifier: "ENG-1" } } });
    expect(session.emulator.requests.at(-1)).toMatchObject({ operation: "create", elements: 1 });
    // The second may fail alone: the ticket is there then, without its attachment.
    const other = randomUUID();
    const half = await session.post({
      query,
      variables: { input: { id: other, teamId: session.teamId, title: "T" }, a: { issueId: other, url: "no url", title: "Base" } },
    });
    expect(wireError(half.body)["path"]).toEqual(["a"]);
    expect(session.emulator.people.show("ENG-2").links).toEqual([]);
  });

  test("whether an attachment moves updatedAt is unverified: a switch", async () => {
    for (const attachmentsTouch of [false, true]) {
      const other = await linearSession({ attachmentsTouch });
      await other.create({});
      const before = await other.client.issue("ENG-1");
      await other.client.createAttachment({ issueId: "ENG-1", url: "https://forge.example/1", title: "PR" });
      expect((await other.client.issue("ENG-1")).updatedAt.getTime() > before.updatedAt.getTime()).toBe(attachmentsTouch);
      await other.emulator.close();
    }
  });

  test("comments with a client id are written once", async () => {
    await session.create({});
    const id = randomUUID();
    await session.client.createComment({ id, issueId: "ENG-1", body: "Merged." });
    expect(await failure(session.client.createComment({ id, issueId: "ENG-1", body: "Merged." }))).toMatchObject({
      message: expect.stringContaining("onflict on insert of Comment"),
    });
    expect(session.emulator.people.show("ENG-1").comments).toEqual(["Merged."]);
  });
});
