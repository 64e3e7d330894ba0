/** The emulated organisation beside Canon: people, projects, queries that lag, load that is limited, and faults in the vendor's form. */

import { afterEach, describe, expect, it } from "vitest";
import { azureClient, changing, creating, field, MARKDOWN, relation } from "./azure-client.ts";
import type { AzureClient } from "./azure-client.ts";
import { startAzureEmulator } from "./azure-emulator.ts";
import type { AzureEmulator } from "./azure-emulator.ts";
import type { AzureEmulatorOptions } from "./azure-options.ts";

let emulator: AzureEmulator;
let client: AzureClient;
afterEach(() => emulator.close());

async function start(options: AzureEmulatorOptions = {}): Promise<void> {
  emulator = await startAzureEmulator(options);
  client = azureClient(emulator);
}

const read = async (id: string) => client.send("GET", `/_apis/wit/workitems/${id}?api-version=7.2-preview.3&$expand=relations`);
const find = async (where: string, project = "/Payments", extra = "") => {
  const heard = await client.send("POST", `${project}/_apis/wit/wiql?api-version=7.1${extra}`, { query: `SELECT [System.Id] FROM WorkItems WHERE ${where}` });
  return heard.status === 200 ? heard.body.workItems.map(({ id }) => String(id)) : heard.body.typeKey;
};

describe("people", () => {
  it("write through the editor, as themselves", async () => {
    await start();
    const { people } = emulator;
    const key = people.create({ title: "By hand", body: "one\ntwo <!-- x -->", labels: ["Triage"], type: "Bug" });
    people.edit(key, { title: "Edited" });
    people.comment(key, "hello");
    const { body } = await read(key);
    expect(body).toMatchObject({
      multilineFieldsFormat: { "System.Description": "html" },
      fields: {
        "System.Title": "Edited",
        "System.Description": "<div>one<br>two </div>",
        "System.Tags": "Triage",
        "System.ChangedBy": { displayName: people.name },
      },
    });
    expect(people.show(key)).toMatchObject({ title: "Edited", type: "Bug", status: "New", labels: ["Triage"], comments: ["<div>hello</div>"] });
  });

  it("keep the format of a text that Canon wrote in Markdown", async () => {
    await start();
    const made = await client.batch([creating(emulator, "Task", field("System.Title", "x"), field("System.Description", "- a"), MARKDOWN)]);
    const key = String(made.outcomes[0]?.body.id);
    emulator.people.edit(key, { body: "- a\n- b" });
    expect((await read(key)).body).toMatchObject({ multilineFieldsFormat: { "System.Description": "markdown" }, fields: { "System.Description": "- a\n- b" } });
  });

  it("copy a work item with its tags, hyperlinks and parent", async () => {
    await start();
    const { people } = emulator;
    const feature = people.create({ title: "F", type: "Feature" });
    const made = await client.batch([
      creating(emulator, "Bug", field("System.Title", "x"), field("System.Tags", "canon"), relation("Hyperlink", "https://canon.invalid/t")),
    ]);
    const key = String(made.outcomes[0]?.body.id);
    people.edit(key, { parent: feature });
    const copy = people.duplicate(key);
    expect(copy).not.toBe(key);
    expect((await read(copy)).body).toMatchObject({
      rev: 1,
      fields: { "System.Tags": "canon", "System.Parent": Number(feature) },
      relations: [{}, { rel: "System.LinkTypes.Related" }, { rel: "Hyperlink", url: "https://canon.invalid/t" }],
    });
  });

  it("move to another project under the same id, delete, destroy and hide", async () => {
    await start();
    const { people } = emulator;
    const [moved, binned, gone, hidden, stays] = ["a", "b", "c", "d", "e"].map((title) => people.create({ title, labels: ["canon"] })) as [
      string,
      string,
      string,
      string,
      string,
    ];
    const child = people.create({ title: "child", type: "Task", parent: hidden });
    people.transfer(moved);
    people.archive(binned);
    people.remove(gone);
    people.hide(hidden, true);
    emulator.clock.advance(60_000);
    expect(people.keys()).toEqual([hidden, stays, child]);
    expect((await read(moved)).body.fields["System.TeamProject"]).toBe(emulator.otherProject);
    expect((await client.send("GET", `/Payments/_apis/wit/workitems/${moved}?api-version=7.1`)).status).toBe(404);
    const refused = await Promise.all([binned, gone, hidden].map(read));
    expect(refused.map(({ status, body }) => [status, body.typeKey])).toEqual(Array.from({ length: 3 }, () => [404, "WorkItemUnauthorizedAccessException"]));
    expect(await find("[System.Tags] CONTAINS 'canon' AND [System.TeamProject] = @project")).toEqual([stays]);
    expect((await read(child)).body.relations).toBe(undefined);
    people.hide(hidden, false);
    expect((await read(child)).body.fields["System.Parent"]).toBe(Number(hidden));
    expect((await client.send("GET", `/_apis/wit/recyclebin/${binned}?api-version=7.1`)).body).toMatchObject({
      id: Number(binned),
      resource: { fields: { "System.Title": "b" } },
    });
    expect((await client.send("PATCH", `/_apis/wit/recyclebin/${binned}?api-version=7.1`, { isDeleted: false })).status).toBe(200);
    expect((await read(binned)).status).toBe(200);
    expect((await client.send("DELETE", `/_apis/wit/workitems/${binned}?api-version=7.1`)).body.id).toBe(Number(binned));
  });
});

describe("queries", () => {
  it("lag behind writes while reads by id do not, until the clock has moved", async () => {
    await start();
    const key = emulator.people.create({ title: "new", labels: ["canon"] });
    expect(await find("[System.Tags] CONTAINS 'canon'")).toEqual([]);
    expect((await read(key)).status).toBe(200);
    emulator.clock.advance(2_000);
    expect(await find("[System.Tags] CONTAINS 'CANON'")).toEqual([key]);
    emulator.people.label(key, [], ["canon"]);
    expect(await find("[System.Tags] CONTAINS 'canon'")).toEqual([key]);
  });

  it("reads lag too, with the switch", async () => {
    await start({ readLag: 5_000 });
    const key = emulator.people.create({ title: "old" });
    expect((await read(key)).status).toBe(404);
    emulator.clock.advance(5_000);
    emulator.people.edit(key, { title: "new" });
    expect((await read(key)).body.fields["System.Title"]).toBe("old");
  });

  it("understand conditions on project, tags, ids, dates, states and parents, and an order", async () => {
    await start({ searchLag: 0 });
    const { people } = emulator;
    const top = people.create({ title: "it's top", type: "Feature", labels: ["canon", "x"] });
    const one = people.create({ title: "one", parent: top, labels: ["canon-2"] });
    const two = people.create({ title: "two", parent: top, status: "Closed" });
    expect(await find(`[System.Parent] IN (${top}, 4242) ORDER BY [System.Id] DESC`)).toEqual([two, one]);
    expect(await find("[System.Tags] CONTAINS 'canon'")).toEqual([top]);
    expect(await find("[System.State] <> 'closed' AND NOT ([System.Id] = " + one + ")")).toEqual([top]);
    expect(await find("[System.Title] = 'IT''S TOP' OR [Title] CONTAINS 'wo'")).toEqual([top, two]);
    expect(await find("[System.WorkItemType] NOT IN ('Feature') AND [System.AreaPath] UNDER 'Payments' AND [System.Tags] IS EMPTY")).toEqual([two]);
    expect(await find("[System.TeamProject] = 'Web Shop'", "")).toEqual(["1000"]);
    expect(await find("[System.ChangedDate] >= @today - 1 AND [System.ChangedBy] = 'Robin Ito'")).toEqual([top, one, two]);
    const since = (await read(two)).body.fields["System.ChangedDate"];
    expect(await find(`[System.ChangedDate] >= '${String(since)}'`, "/Payments", "&timePrecision=true")).toContain(two);
    expect(await find(`[System.ChangedDate] >= '${new Date(Date.now() + 90_000).toISOString()}'`, "/Payments", "&timePrecision=true")).toEqual([]);
  });

  it("that are wrong or too wide are refused, not empty", async () => {
    await start({ searchLag: 0, queryLimit: 2 });
    expect(await find("[System.None] = 1")).toBe("WorkItemTrackingQueryException");
    expect(await find("[System.Id] = ")).toBe("SyntaxException");
    expect(await find("[System.ChangedDate] > '2026-01-01T10:00:00Z'")).toBe("WorkItemTrackingQueryException");
    for (const title of ["a", "b", "c"]) emulator.people.create({ title });
    expect(await find("[System.Id] > 0")).toBe("WorkItemTrackingQueryResultSizeLimitExceededException");
    expect(await find("[System.Id] > 0 ORDER BY [System.Id] DESC", "/Payments", "&$top=1")).toHaveLength(1);
  });
});

describe("load", () => {
  it("is told on every answer, delays above the limit with Retry-After, then blocks with 429 until the window has passed", async () => {
    await start({ rate: { limit: 0.01, blockAt: 0.018, delay: 20 } });
    const ask = () => client.send("GET", "/_apis/wit/fields?api-version=7.1");
    const seen = [];
    for (let n = 0; n < 5; n += 1) seen.push(await ask());
    expect(seen.map(({ status }) => status)).toEqual([200, 200, 200, 200, 429]);
    expect(seen[0]?.headers.get("x-ratelimit-limit")).toBe("0.01");
    expect([seen[0]?.headers.get("retry-after"), seen[2]?.headers.get("retry-after"), seen[2]?.headers.get("x-ratelimit-delay")]).toEqual([null, "1", "0.020"]);
    expect(Number(seen[4]?.headers.get("retry-after"))).toBeGreaterThan(200);
    expect(seen[4]?.body).toMatchObject({ typeKey: "RequestBlockedException", message: expect.stringContaining("TF400733") });
    emulator.clock.advance(301_000);
    expect((await ask()).status).toBe(200);
  });
});

describe("faults of the kit, in the vendor's form", () => {
  const element = (title: string) => creating(emulator, "Task", field("System.Title", title));

  it("refuse strikes one element of a batch, or the whole of a single request", async () => {
    await start();
    emulator.setFaults([{ operation: "create", nth: 2, kind: "refuse" }]);
    expect((await client.batch([element("a"), element("b"), element("c")])).outcomes.map(({ code }) => code)).toEqual([200, 403, 200]);
    emulator.setFaults([{ operation: "read", nth: 1, kind: "refuse" }]);
    expect((await read("1001")).status).toBe(403);
  });

  it("partial ends a list early and counts what there should be", async () => {
    await start();
    await client.batch([element("a"), element("b")]);
    emulator.setFaults([{ operation: "read", nth: 1, kind: "partial" }]);
    const heard = await client.send("POST", "/_apis/wit/workitemsbatch?api-version=7.1", { ids: [1001, 1002], errorPolicy: "omit" });
    expect([heard.body.count, heard.body.value.length]).toEqual([2, 1]);
  });

  it("rate-limited, unavailable and html turn away unread; late lands when its time has come", async () => {
    await start();
    emulator.setFaults([
      { operation: "create", nth: 1, kind: "rate-limited", ms: 3_000 },
      { operation: "create", nth: 2, kind: "unavailable" },
      { operation: "create", nth: 3, kind: "html" },
      { operation: "create", nth: 4, kind: "late", ms: 30_000 },
    ]);
    const limited = await client.batch([element("a")]);
    expect([limited.status, limited.headers.get("retry-after")]).toEqual([429, "3"]);
    expect((await client.batch([element("b")])).status).toBe(503);
    expect((await client.send("PATCH", "/_apis/wit/$batch?api-version=7.1", [element("c")])).status).toBe(502);
    await expect(client.batch([element("d")])).rejects.toThrow("fetch failed");
    expect(emulator.people.keys()).toEqual([]);
    emulator.clock.advance(30_000);
    await read("1");
    expect(emulator.people.keys().map((key) => emulator.people.show(key).title)).toEqual(["d"]);
  });

  it("classifies batches by what they write", async () => {
    await start();
    const [key] = [emulator.people.create({ title: "x", type: "Task" })].map(Number) as [number];
    await client.batch([changing(key, field("System.Title", "y"))]);
    await client.batch([changing(key, { op: "test", path: "/rev", value: 2 }, field("System.State", "Active"))]);
    await client.batch([changing(key, relation("Hyperlink", "https://a.dev/pr/1"))]);
    await client.send("POST", `/Payments/_apis/wit/workItems/${key}/comments?api-version=7.1-preview.4&format=markdown`, { text: "said" });
    await client.send("GET", `/_apis/wit/workItems/${key}/updates?api-version=7.1`);
    await client.send("GET", "/_apis/connectionData?api-version=7.1-preview.1");
    expect(emulator.requests.map(({ operation }) => operation)).toEqual(["update", "transition", "link", "comment", "history", "check"]);
  });
});
