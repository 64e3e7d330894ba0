/** Every line of FACTS.md about Azure DevOps holds of the emulator, driven through the vendor's own client library where it can. */

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { IWorkItemTrackingApi } from "azure-devops-node-api/WorkItemTrackingApi.js";
import { WorkItemErrorPolicy, WorkItemExpand } from "azure-devops-node-api/interfaces/WorkItemTrackingInterfaces.js";
import { azureClient, changing, creating, field, MARKDOWN, PATCH, relation, rev } from "./azure-client.ts";
import type { AzureClient } from "./azure-client.ts";
import { startAzureEmulator } from "./azure-emulator.ts";
import type { AzureEmulator } from "./azure-emulator.ts";

let emulator: AzureEmulator;
let client: AzureClient;
let api: IWorkItemTrackingApi;

beforeEach(async () => {
  emulator = await startAzureEmulator();
  client = azureClient(emulator);
  api = await client.library();
});
afterEach(() => emulator.close());

const parentOf = (id: number): object =>
  relation("System.LinkTypes.Hierarchy-Reverse", `${emulator.credentials["AZURE_DEVOPS_ORG_URL"]}/_apis/wit/workItems/${id}`);
const make = async (type: string, ...document: readonly object[]) => api.createWorkItem({}, document, emulator.project, type);

describe("FACTS.md: Azure DevOps", () => {
  it("PAT as Basic with empty user: anything else stays outside", async () => {
    const path = "/_apis/wit/fields?api-version=7.1";
    expect((await client.send("GET", path)).status).toBe(200);
    for (const token of [null, emulator.tokens.wrong]) {
      const turned = await client.send("GET", path, undefined, { token });
      expect([turned.status, turned.text.includes("Sign In"), turned.headers.get("content-type")]).toEqual([203, true, "text/html; charset=utf-8"]);
    }
    expect(await client.send("GET", path, undefined, { token: emulator.tokens.expired })).toMatchObject({
      status: 401,
      text: expect.stringContaining("expired"),
    });
    expect(await client.send("GET", path, undefined, { token: emulator.tokens.otherScope })).toMatchObject({
      status: 401,
      body: { typeKey: "UnauthorizedRequestException" },
    });
  });

  it("create POST $Type and update PATCH take application/json-patch+json, and nothing else", async () => {
    const made = await make("User Story", field("System.Title", "Refunds"));
    expect(made).toMatchObject({ rev: 1, fields: { "System.Title": "Refunds", "System.WorkItemType": "User Story", "System.State": "New" } });
    const changed = await api.updateWorkItem({}, [field("System.Title", "Refunds!")], made.id ?? 0);
    expect(changed).toMatchObject({ id: made.id, rev: 2, fields: { "System.Title": "Refunds!" } });
    const wrong = await client.send("PATCH", `/_apis/wit/workitems/${made.id}?api-version=7.1`, [field("System.Title", "x")], {
      contentType: "application/json",
    });
    expect(wrong.status).toBe(415);
  });

  it('{"op":"test","path":"/rev"} is a true compare-and-swap', async () => {
    const { id = 0 } = await make("Task", field("System.Title", "One"));
    await api.updateWorkItem({}, [rev(1), field("System.Title", "Two")], id);
    await expect(api.updateWorkItem({}, [rev(1), field("System.Title", "Three")], id)).rejects.toMatchObject({ statusCode: 412 });
    expect((await api.getWorkItem(id)).fields?.["System.Title"]).toBe("Two");
  });

  it("validateOnly=true is a dry run: it refuses what a write would refuse, and writes nothing", async () => {
    const { id = 0 } = await make("Task", field("System.Title", "One"));
    const checked = await api.updateWorkItem({}, [rev(1), field("System.Title", "Two")], id, undefined, true);
    expect(checked).toMatchObject({ rev: 1, fields: { "System.Title": "One" } });
    await expect(api.updateWorkItem({}, [field("System.State", "Done")], id, undefined, true)).rejects.toMatchObject({ statusCode: 400 });
    await api.createWorkItem({}, [field("System.Title", "None")], emulator.project, "Task", true);
    expect(emulator.people.keys()).toEqual([String(id)]);
  });

  it("$batch answers per item, and a failure does not stop the rest", async () => {
    const { outcomes, status } = await client.batch([
      creating(emulator, "Task", field("System.Title", "One")),
      creating(emulator, "No such type", field("System.Title", "Two")),
      creating(emulator, "Task", field("System.Title", " ")),
      creating(emulator, "Task", field("System.Title", "Four")),
      changing(424_242, field("System.Title", "Five")),
    ]);
    expect(status).toBe(200);
    expect(outcomes.map(({ code }) => code)).toEqual([200, 404, 400, 200, 404]);
    expect(outcomes[2]?.body.customProperties.RuleValidationErrors[0]).toMatchObject({ fieldReferenceName: "System.Title" });
    expect(emulator.people.keys()).toEqual([outcomes[0], outcomes[3]].map((one) => String(one?.body.id)));
  });

  it("$batch: a failed test of one element is that element's 412", async () => {
    const made = [await make("Task", field("System.Title", "One")), await make("Task", field("System.Title", "Two"))].map(({ id = 0 }) => id);
    const { outcomes } = await client.batch(made.map((id, index) => changing(id, rev(index + 1), field("System.Title", "New"))));
    expect(outcomes).toMatchObject([{ code: 200 }, { code: 412, body: { typeKey: "TestPatchOperationFailedException" } }]);
  });

  it("$batch: at most 200 [M]", async () => {
    const element = creating(emulator, "Task", field("System.Title", "One"));
    expect((await client.batch(Array.from({ length: 201 }, () => element))).status).toBe(400);
    expect((await client.batch([])).status).toBe(400);
    expect((await client.batch(Array.from({ length: 200 }, () => element))).outcomes).toHaveLength(200);
  });

  it("the client library has no method for $batch", () => {
    expect("executeBatchRequest" in api).toBe(false);
  });

  it("Parent: relation System.LinkTypes.Hierarchy-Reverse, allowed in the create", async () => {
    const { id = 0 } = await make("Feature", field("System.Title", "Above"));
    const child = await api.createWorkItem(
      {},
      [field("System.Title", "Below"), parentOf(id)],
      emulator.project,
      "User Story",
      false,
      false,
      false,
      WorkItemExpand.Relations,
    );
    expect(child.fields?.["System.Parent"]).toBe(id);
    expect(child.relations).toMatchObject([{ rel: "System.LinkTypes.Hierarchy-Reverse", url: expect.stringMatching(new RegExp(`/workItems/${id}$`)) }]);
    const above = await api.getWorkItem(id, undefined, undefined, WorkItemExpand.Relations);
    expect(above.relations).toMatchObject([{ rel: "System.LinkTypes.Hierarchy-Forward", url: expect.stringMatching(new RegExp(`/workItems/${child.id}$`)) }]);
  });

  it("WIQL returns ids only", async () => {
    const { id = 0 } = await make("Task", field("System.Title", "One"), field("System.Tags", "canon"));
    await make("Task", field("System.Title", "Two"));
    emulator.clock.advance(60_000);
    const query = "SELECT [System.Id], [System.Title] FROM WorkItems WHERE [System.TeamProject] = @project AND [System.Tags] CONTAINS 'canon'";
    const found = await api.queryByWiql({ query }, { project: emulator.project });
    expect(found.workItems).toEqual([{ id, url: expect.stringMatching(new RegExp(`/workItems/${id}$`)) }]);
  });

  it("workitemsbatch reads 200, errorPolicy: omit leaves out what cannot be read", async () => {
    const { id = 0 } = await make("Task", field("System.Title", "One"));
    const read = async (ids: number[], errorPolicy: WorkItemErrorPolicy) => api.getWorkItemsBatch({ ids, errorPolicy }, emulator.project);
    expect((await read([id, 4_242], WorkItemErrorPolicy.Omit)).map((item) => item?.id ?? null)).toEqual([id, null]);
    // The library answers null where the vendor answers 404.
    expect(await read([id, 4_242], WorkItemErrorPolicy.Fail)).toBe(null);
    await expect(
      read(
        Array.from({ length: 201 }, (_, index) => index + 1),
        WorkItemErrorPolicy.Omit,
      ),
    ).rejects.toMatchObject({ statusCode: 400 });
  });

  it("Description is HTML unless its format is Markdown in the same patch", async () => {
    const text = 'A *b* <T> & "c"\n\n- [ ] d';
    const asHtml = await make("Task", field("System.Title", "One"), field("System.Description", "<P onclick='x'>A<br/></P>"));
    expect(asHtml.fields?.["System.Description"]).toBe("<p>A<br></p>");
    const asMarkdown = await make("Task", field("System.Title", "Two"), field("System.Description", text), MARKDOWN);
    expect(asMarkdown.fields?.["System.Description"]).toBe(text);
    const read = async (id = 0) => (await client.send("GET", `/_apis/wit/workitems/${id}?api-version=7.2-preview.3`)).body;
    expect((await read(asHtml.id)).multilineFieldsFormat).toEqual({ "System.Description": "html" });
    expect((await read(asMarkdown.id)).multilineFieldsFormat).toEqual({ "System.Description": "markdown" });
    await api.updateWorkItem({}, [field("System.Description", "A <T> b")], asMarkdown.id ?? 0);
    expect(await read(asMarkdown.id)).toMatchObject({ multilineFieldsFormat: { "System.Description": "html" }, fields: { "System.Description": "A  b" } });
  });

  it("HTML comments are stripped", async () => {
    for (const format of [[], [MARKDOWN]]) {
      const made = await make("Task", field("System.Title", "One"), field("System.Description", "A<!-- hidden -->B<script>x</script>"), ...format);
      expect(made.fields?.["System.Description"]).toBe("AB");
    }
  });

  it("the client library first calls OPTIONS _apis/Location, GET _apis/ResourceAreas, OPTIONS _apis/wit", async () => {
    await make("Task", field("System.Title", "One"));
    const asked = emulator.requests.map(({ method, path }) => `${method} ${decodeURIComponent(path).replace("/fabrikam", "")}`);
    expect(asked).toEqual(["OPTIONS /_apis/Location", "GET /_apis/ResourceAreas", "OPTIONS /_apis/wit", "POST /Payments/_apis/wit/workItems/$Task"]);
  });
});

describe("FACTS.md: fewest requests, lost answers and atomic writes (Azure)", () => {
  it("reads 200, creates 200 of a level and updates 200 in one request each, and counts their elements", async () => {
    const parents = (await client.batch(Array.from({ length: 200 }, (_, n) => creating(emulator, "Feature", field("System.Title", `F${n}`))))).outcomes;
    const children = (await client.batch(parents.map(({ body }) => creating(emulator, "User Story", field("System.Title", "S"), parentOf(body.id))))).outcomes;
    const ids: number[] = children.map(({ body }) => body.id);
    expect((await client.batch(ids.map((id) => changing(id, rev(1), field("System.Title", `T${id}`))))).outcomes.every(({ code }) => code === 200)).toBe(true);
    const read = await client.send("POST", "/_apis/wit/workitemsbatch?api-version=7.1", { ids, errorPolicy: "omit", $expand: "relations" });
    expect(read.body.value.map((item) => item.fields["System.Title"])).toEqual(ids.map((id) => `T${id}`));
    expect(emulator.requests.filter(({ operation }) => operation !== "check").map(({ operation, elements }) => `${operation} ${elements}`)).toEqual([
      "create 200",
      "create 200",
      "update 200",
      "read 1",
    ]);
  });

  it("a hyperlink relation in the create patch carries a token; ids above the watermark are read through workitemsbatch", async () => {
    const mark = await make("Task", field("System.Title", "Before"));
    emulator.setFaults([{ operation: "create", nth: 1, kind: "drop-answer" }]);
    await expect(
      client.batch([creating(emulator, "Task", field("System.Title", "Lost"), relation("Hyperlink", "https://canon.invalid/t-1", { comment: "token t-1" }))]),
    ).rejects.toThrow("fetch failed");
    const ids = Array.from({ length: 5 }, (_, index) => (mark.id ?? 0) + 1 + index);
    const read = await client.send("POST", "/_apis/wit/workitemsbatch?api-version=7.1", { ids, errorPolicy: "omit", $expand: "relations" });
    expect(read.body.value).toMatchObject([
      { relations: [{ rel: "Hyperlink", url: "https://canon.invalid/t-1", attributes: { comment: "token t-1" } }] },
      null,
      null,
      null,
      null,
    ]);
  });

  it("relations and fields stand in one patch, with test /rev: all of it or nothing", async () => {
    const { id = 0 } = await make("Task", field("System.Title", "One"), relation("Hyperlink", "https://canon.invalid/a", { comment: "old" }));
    const patch = [{ op: "remove", path: "/relations/0" }, relation("Hyperlink", "https://canon.invalid/a", { comment: "new" }), field("System.Title", "Two")];
    await expect(api.updateWorkItem({}, [rev(7), ...patch], id)).rejects.toMatchObject({ statusCode: 412 });
    await expect(api.updateWorkItem({}, [rev(1), ...patch, field("System.State", "Nowhere")], id)).rejects.toMatchObject({ statusCode: 400 });
    expect(await api.getWorkItem(id, undefined, undefined, WorkItemExpand.Relations)).toMatchObject({
      rev: 1,
      relations: [{ attributes: { comment: "old" } }],
    });
    await api.updateWorkItem({}, [rev(1), ...patch], id);
    expect(await api.getWorkItem(id, undefined, undefined, WorkItemExpand.Relations)).toMatchObject({
      rev: 2,
      fields: { "System.Title": "Two" },
      relations: [{ attributes: { comment: "new" } }],
    });
  });

  it("the content type of an element in a batch is its own", async () => {
    const element = { ...changing(1, field("System.Title", "x")), headers: { "Content-Type": "application/json" } };
    expect((await client.batch([element])).outcomes).toMatchObject([{ code: 415 }]);
    expect(PATCH).toBe("application/json-patch+json");
  });
});
