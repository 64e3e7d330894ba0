/** History and the recovery of lost creates, as FACTS.md tells them of Jira. */

import { describe, expect, it } from "vitest";
import { asList, asObject } from "../kit/json-value.ts";
import { adf, fieldsOf, openJira } from "./open-jira.ts";

describe("history", () => {
  it("tells who changed which field when, with ids and texts, for many tickets at once", async () => {
    const { jira, call, emulator } = await openJira();
    const epic = emulator.people.create({ title: "Epic", type: "Epic" });
    const key = emulator.people.create({ title: "One", type: "Story", labels: ["a"] });
    emulator.people.edit(key, { title: "Two", body: JSON.stringify(adf("Text.")), parent: epic });
    emulator.people.move(key, "Done");
    await call("PUT", `/issue/${key}`, { fields: { summary: "Three" }, update: { labels: [{ add: "b" }] } });
    const { issueChangeLogs = [] } = await jira.issues.getBulkChangelogs({ issueIdsOrKeys: [epic, key, "PAY-9"] });
    expect(issueChangeLogs).toHaveLength(1);
    const edits = (issueChangeLogs[0]?.changeHistories ?? []).map(({ author, items = [] }) => [
      author?.displayName,
      items.map((item) => [item.field, item.fromString ?? null, asObject(item)["toString"]]),
    ]);
    expect(edits).toEqual([
      [
        "Robin Ito",
        [
          ["summary", "One", "Two"],
          ["description", null, "Text."],
          ["IssueParentAssociation", null, epic],
        ],
      ],
      [
        "Robin Ito",
        [
          ["status", "To Do", "Done"],
          ["resolution", null, "Done"],
        ],
      ],
      [
        "Dana Agent",
        [
          ["summary", "Two", "Three"],
          ["labels", "a", "a b"],
        ],
      ],
    ]);
    expect((await jira.issues.getChangeLogs({ issueIdOrKey: key, startAt: 1, maxResults: 1 })).values).toHaveLength(1);
    const only = await jira.issues.getBulkChangelogs({ issueIdsOrKeys: [key], fieldIds: ["labels"] });
    expect(only.issueChangeLogs?.[0]?.changeHistories).toHaveLength(1);
  });

  it("tells moves, under the same id", async () => {
    const { jira, emulator } = await openJira();
    const key = emulator.people.create({ title: "Moves" });
    const { id } = await jira.issues.getIssue({ issueIdOrKey: key });
    const moved = emulator.people.transfer(key);
    const ticket = await jira.issues.getIssue({ issueIdOrKey: moved });
    expect([ticket.id, ticket.key]).toEqual([id, "OPS-1"]);
    const { values } = await jira.issues.getChangeLogs({ issueIdOrKey: key });
    expect(values.flatMap(({ items = [] }) => items.map(({ field }) => field))).toEqual(["project", "Key"]);
  });

  it("pages", async () => {
    const { call, emulator } = await openJira();
    const key = emulator.people.create({ title: "T0" });
    for (let n = 1; n <= 3; n += 1) emulator.people.edit(key, { title: `T${n}` });
    const first = await call("POST", "/changelog/bulkfetch", { issueIdsOrKeys: [key], maxResults: 2 });
    const rest = await call("POST", "/changelog/bulkfetch", { issueIdsOrKeys: [key], maxResults: 2, nextPageToken: first.body["nextPageToken"] });
    const count = (body: typeof first.body): number => asList(asObject(asList(body["issueChangeLogs"])[0])["changeHistories"]).length;
    expect([count(first.body), count(rest.body), rest.body["nextPageToken"]]).toEqual([2, 1, undefined]);
  });

  it("is written in the account's time zone", async () => {
    const { call, emulator } = await openJira({ timeZone: "Asia/Kolkata" });
    const key = emulator.people.create({ title: "One" });
    const { created, updated } = asObject((await call("GET", `/issue/${key}?fields=created,updated`)).body["fields"]);
    expect([created, updated]).toEqual([expect.stringMatching(/T[\d:.]+\+0530$/), created]);
    expect(Math.abs(Date.parse(String(created).replace("+0530", "+05:30")) - emulator.clock.now())).toBeLessThan(5_000);
  });
});

describe("A create whose answer was lost: Jira", () => {
  it("an entity property carries the token in the create itself; the interval from the watermark upwards is read without an index", async () => {
    const { call, emulator } = await openJira();
    await call("POST", "/issue", fieldsOf("Before"));
    emulator.setFaults([{ operation: "create", nth: 1, kind: "drop-answer" }]);
    await expect(
      call("POST", "/issue/bulk", { issueUpdates: [{ ...fieldsOf("Lost"), properties: [{ key: "canon", value: { token: "t-lost" } }] }] }),
    ).rejects.toThrow("fetch failed");
    // Search does not know it yet.
    expect((await call("POST", "/search/jql", { jql: "project = PAY" })).body["issues"]).toEqual([]);
    const upper = (await call("POST", "/issue", fieldsOf("After"))).body["key"];
    expect(upper).toBe("PAY-3");
    const { body } = await call("POST", "/issue/bulkfetch", { issueIdsOrKeys: ["PAY-2"], fields: ["summary"], properties: ["canon"] });
    expect(asList(body["issues"])).toMatchObject([{ key: "PAY-2", properties: { canon: { token: "t-lost" } } }]);
  });

  it("a hidden key and a missing key answer alike, also one by one", async () => {
    const { call, emulator } = await openJira();
    const key = emulator.people.create({ title: "Hidden" });
    emulator.people.hide(key, true);
    const [hidden, missing] = [await call("GET", `/issue/${key}`), await call("GET", "/issue/PAY-9")];
    expect([hidden.status, hidden.text]).toEqual([missing.status, missing.text]);
    emulator.people.hide(key, false);
    expect((await call("GET", `/issue/${key}`)).status).toBe(200);
  });

  it("keys are never given twice, whatever became of their tickets", async () => {
    const { call, emulator } = await openJira();
    const [one, two] = [emulator.people.create({ title: "One" }), emulator.people.create({ title: "Two" })];
    emulator.people.transfer(one);
    emulator.people.remove(two);
    expect((await call("GET", `/issue/${two}`)).status).toBe(404);
    expect((await call("POST", "/issue", fieldsOf("Three"))).body["key"]).toBe("PAY-3");
  });
});

describe("What is atomic with a field write: Jira", () => {
  it("properties in POST and PUT; bulk create answers only id, key and transition", async () => {
    const { call } = await openJira();
    const made = await call("POST", "/issue/bulk", {
      issueUpdates: [{ ...fieldsOf("One"), properties: [{ key: "canon", value: 1 }], transition: { id: "21" } }],
    });
    expect(Object.keys(asObject(asList(made.body["issues"])[0])).sort()).toEqual(["id", "key", "self", "transition"]);
    const both = { fields: { summary: "x".repeat(300) }, properties: [{ key: "canon", value: 2 }] };
    const read = async (): Promise<unknown> => (await call("GET", "/issue/PAY-1/properties/canon")).body["value"];
    expect([(await call("PUT", "/issue/PAY-1", both)).status, await read()]).toEqual([400, 1]);
    expect([(await call("PUT", "/issue/PAY-1", { ...both, fields: { summary: "Two" } })).status, await read()]).toEqual([204, 2]);
  });
});

describe("Fewest requests: Jira Cloud", () => {
  it("read N in ⌈N/100⌉, create N with parents in Σ⌈n_l/50⌉, status and property included", async () => {
    const { call, emulator } = await openJira();
    const level = (type: string, size: number, parent?: string): readonly unknown[] =>
      Array.from({ length: size }, (_, n) => ({
        ...fieldsOf(`${type} ${n}`, { issuetype: { name: type }, ...(parent === undefined ? {} : { parent: { key: parent } }) }),
        transition: { id: "21" },
        properties: [{ key: "canon", value: n }],
      }));
    await call("POST", "/issue/bulk", { issueUpdates: level("Epic", 50) });
    await call("POST", "/issue/bulk", { issueUpdates: level("Story", 50, "PAY-1") });
    const { body } = await call("POST", "/issue/bulkfetch", { issueIdsOrKeys: emulator.people.keys(), fields: ["status", "parent"], properties: ["canon"] });
    expect(asList(body["issues"])).toHaveLength(100);
    expect(asList(body["issues"]).at(-1)).toMatchObject({ fields: { status: { name: "In Progress" }, parent: { key: "PAY-1" } }, properties: { canon: 49 } });
    expect(emulator.requests).toHaveLength(3);
  });
});
