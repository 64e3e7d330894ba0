/** What the emulated Azure DevOps refuses, drops or rewrites, and what its vendor's official examples show of revisions, tags and relations. */

import { afterEach, describe, expect, it } from "vitest";
import { azureClient, field, MARKDOWN, relation, rev } from "./azure-client.ts";
import { startAzureEmulator } from "./azure-emulator.ts";
import type { AzureEmulator } from "./azure-emulator.ts";
import type { AzureEmulatorOptions } from "./azure-options.ts";

let emulator: AzureEmulator;
afterEach(() => emulator.close());

/** Makes, changes and reads work items; each answers status and body. */
async function organisation(options: AzureEmulatorOptions = {}) {
  emulator = await startAzureEmulator(options);
  const { send, batch } = azureClient(emulator);
  const contentType = "application/json-patch+json";
  const make = (type: string, ...document: readonly object[]) =>
    send("POST", `/Payments/_apis/wit/workitems/$${type}?api-version=7.1&$expand=relations`, document, { contentType });
  const change = (id: number, ...document: readonly object[]) =>
    send("PATCH", `/_apis/wit/workitems/${id}?api-version=7.2-preview.3&$expand=relations`, document, { contentType });
  const read = (id: number) => send("GET", `/_apis/wit/workitems/${id}?api-version=7.2-preview.3&$expand=all`);
  const below = (id: number) => relation("System.LinkTypes.Hierarchy-Reverse", `${emulator.credentials["AZURE_DEVOPS_ORG_URL"]}/_apis/wit/workItems/${id}`);
  const task = async (...document: readonly object[]) => (await make("Task", field("System.Title", "T"), ...document)).body;
  return { send, batch, make, change, read, below, task };
}

describe("revisions, as the official examples show them", () => {
  it("a link between work items moves neither rev nor ChangedDate; a hyperlink, an attachment and a comment do", async () => {
    const { make, change, task, below, read, send } = await organisation();
    const story = (await make("User%20Story", field("System.Title", "S"))).body;
    const { id } = await task();
    const before = (await read(id)).body.fields["System.ChangedDate"];
    const linked = (await change(id, rev(1), below(story.id))).body;
    expect([linked.rev, linked.fields["System.ChangedDate"], linked.relations?.length]).toEqual([1, before, 1]);
    expect((await change(id, rev(1), { op: "replace", path: "/relations/0/attributes/comment", value: "why" })).body).toMatchObject({
      rev: 1,
      relations: [{ attributes: { comment: "why" } }],
    });
    expect((await change(id, rev(1), { op: "remove", path: "/relations/0" })).body.rev).toBe(1);
    expect((await change(id, rev(1), relation("Hyperlink", "https://a.dev/1"))).body.rev).toBe(2);
    const { url } = (await send("POST", "/_apis/wit/attachments?fileName=a.txt&api-version=7.1", "text", { contentType: "application/octet-stream" })).body;
    expect((await change(id, relation("AttachedFile", url, { comment: "file" }))).body).toMatchObject({
      rev: 3,
      relations: [{}, { attributes: { name: "a.txt", comment: "file" } }],
    });
    expect((await send("GET", url.slice(url.indexOf("/_apis")))).text).toBe("text");
    expect((await change(id, { op: "remove", path: "/relations/1" })).body.rev).toBe(4);
    await send("POST", `/Payments/_apis/wit/workItems/${id}/comments?api-version=7.1-preview.4`, { text: "said" });
    expect((await read(id)).body).toMatchObject({ rev: 5, fields: { "System.CommentCount": 1 } });
    expect((await change(id, field("System.Title", "T"))).body.rev).toBe(5);
  });

  it("add puts tags to those that are there, replace takes their place; order and case are the project's", async () => {
    const { change, task } = await organisation();
    const { id } = await task(field("System.Tags", "Tag0"));
    const tags = async (op: "add" | "replace" | "remove", value: string) => (await change(id, field("System.Tags", value, op))).body.fields["System.Tags"];
    expect(await tags("add", "tag2, Tag1;TAG0")).toBe("Tag0; Tag1; tag2");
    expect(await tags("replace", "TAG2; Tag1")).toBe("Tag1; tag2");
    expect(await tags("remove", "")).toBe(undefined);
  });

  it("the updates of a work item tell who changed what from which value, links among it", async () => {
    const { change, task, make, below, send } = await organisation();
    const story = (await make("User%20Story", field("System.Title", "S"))).body;
    const { id } = await task();
    await change(id, field("System.Title", "New"));
    emulator.people.move(String(id), "Active");
    await change(id, below(story.id));
    const { body } = await send("GET", `/_apis/wit/workItems/${id}/updates?api-version=7.1`);
    expect(body.value.map(({ rev: revision, revisedBy }) => [revision, revisedBy.displayName])).toEqual([
      [1, "Dana Agent"],
      [2, "Dana Agent"],
      [3, "Robin Ito"],
      [3, "Dana Agent"],
    ]);
    expect(body.value[1]?.fields["System.Title"]).toEqual({ oldValue: "T", newValue: "New" });
    expect(body.value[2]?.fields["System.State"]).toEqual({ oldValue: "New", newValue: "Active" });
    expect(body.value[3]).toMatchObject({ relations: { added: [{ rel: "System.LinkTypes.Hierarchy-Reverse" }] } });
    expect(body.value[3]?.fields).toBe(undefined);
    const revisions = (await send("GET", `/_apis/wit/workItems/${id}/revisions?api-version=7.1`)).body.value;
    expect(revisions.map((one) => one.fields["System.Title"])).toEqual(["T", "New", "New"]);
    expect((await send("GET", `/_apis/wit/workItems/${story.id}/updates?api-version=7.1`)).body.value[1]).toMatchObject({
      relations: { added: [{ rel: "System.LinkTypes.Hierarchy-Forward" }] },
    });
  });
});

describe("rules", () => {
  it("a title has at most 255 characters and is never blank", async () => {
    const { make } = await organisation();
    expect((await make("Task", field("System.Title", "é".repeat(255)))).status).toBe(200);
    for (const title of ["é".repeat(256), " "]) expect((await make("Task", field("System.Title", title))).body.typeKey).toBe("RuleValidationException");
    expect((await make("Task", field("System.Description", "x"))).status).toBe(400);
  });

  it("a state must be one of the type's, and a create starts in the first one", async () => {
    const { make, change, task } = await organisation();
    const { id } = await task();
    expect((await change(id, field("System.State", "Resolved"))).body.customProperties.RuleValidationErrors[0]?.fieldReferenceName).toBe("System.State");
    expect((await change(id, field("System.State", "Closed"))).body.fields["System.State"]).toBe("Closed");
    expect((await make("Task", field("System.Title", "x"), field("System.State", "Active"))).status).toBe(400);
    await emulator.close();
    const open = await organisation({ createsInAnyState: true });
    expect((await open.make("Task", field("System.Title", "x"), field("System.State", "Active"))).body.fields["System.State"]).toBe("Active");
  });

  it.each([
    ["agile", "Removed", "Active", "New"],
    ["linear", "New", "Closed", "Active"],
  ] as const)("a %s workflow refuses %s to %s and takes %s", async (workflow, from, refused, taken) => {
    const { change, task } = await organisation({ workflow });
    const { id } = await task();
    emulator.people.move(String(id), from);
    expect((await change(id, field("System.State", refused))).status).toBe(400);
    expect((await change(id, field("System.State", taken))).status).toBe(200);
  });

  it("a parent stands one backlog level higher, is only one, and no circle closes", async () => {
    const { make, below, change } = await organisation();
    const of = async (type: string) => (await make(type, field("System.Title", type))).body.id;
    const [epic, feature, story, bug, other] = [await of("Epic"), await of("Feature"), await of("User%20Story"), await of("Bug"), await of("Feature")];
    for (const [child, parent, status] of [
      [feature, epic, 200],
      [story, feature, 200],
      [bug, feature, 200],
      [bug, other, 400],
      [feature, story, 400],
      [other, feature, 400],
      [other, 4_242, 404],
    ] as const) {
      expect([child, parent, (await change(child, below(parent))).status]).toEqual([child, parent, status]);
    }
    expect((await change(bug, { op: "remove", path: "/relations/0" }, below(other))).body.fields["System.Parent"]).toBe(other);
    await emulator.close();
    const free = await organisation({ nesting: "any" });
    const [a, b] = [await free.task(), await free.task()];
    expect((await free.change(a.id, free.below(b.id))).status).toBe(200);
    expect((await free.change(b.id, free.below(a.id))).body.typeKey).toBe("WorkItemLinkCircularException");
  });

  it("required fields, unknown fields, read-only fields and unknown types are refused by name", async () => {
    const { make, task, change } = await organisation({ requiredFields: { "User Story": ["Custom.Component"] } });
    expect((await make("User%20Story", field("System.Title", "x"))).body.customProperties.RuleValidationErrors[0]?.fieldReferenceName).toBe("Custom.Component");
    expect((await make("User%20Story", field("System.Title", "x"), field("Custom.Component", "api"))).status).toBe(200);
    const { id } = await task();
    expect((await change(id, field("Custom.None", "x"))).body.message).toContain("Cannot find field Custom.None");
    expect((await change(id, field("System.ChangedBy", "x"))).body.message).toContain("ReadOnly");
    expect((await make("Story", field("System.Title", "x"))).body.typeKey).toBe("WorkItemTypeNotFoundException");
    expect((await change(id, field("System.WorkItemType", "Bug"), field("System.State", "Resolved"))).body.fields["System.WorkItemType"]).toBe("Bug");
  });

  it("a relation's comment, a hyperlink's address and a long text have their limits, and no relation stands twice", async () => {
    const { task, change } = await organisation({ longTextLimit: 1_000 });
    const { id } = await task();
    expect((await change(id, relation("Hyperlink", `https://a.dev/${"x".repeat(2_069)}`, { comment: "c".repeat(255) }))).status).toBe(200);
    expect((await change(id, relation("Hyperlink", `https://a.dev/${"x".repeat(2_070)}`))).status).toBe(400);
    expect((await change(id, relation("Hyperlink", "https://a.dev/2", { comment: "c".repeat(256) }))).status).toBe(400);
    await change(id, relation("Hyperlink", "https://a.dev/2"));
    expect((await change(id, relation("Hyperlink", "https://a.dev/2", { comment: "again" }))).status).toBe(400);
    expect((await change(id, relation("ArtifactLink", "vstfs:///Git/PullRequestId/1%2F2%2F3", { name: "Pull Request" }))).status).toBe(200);
    expect((await change(id, relation("ArtifactLink", "https://a.dev/pr/1"))).status).toBe(400);
    expect((await change(id, field("System.Description", "d".repeat(1_001)), MARKDOWN)).status).toBe(400);
  });

  it("bypassRules needs the permission", async () => {
    const { send, task } = await organisation();
    const { id } = await task();
    const bypass = () =>
      send("PATCH", `/_apis/wit/workitems/${id}?bypassRules=true&api-version=7.1`, [field("System.State", "Nowhere")], {
        contentType: "application/json-patch+json",
      });
    expect((await bypass()).status).toBe(403);
    await emulator.close();
    const free = await organisation({ mayBypassRules: true });
    const other = await free.task();
    const path = `/_apis/wit/workitems/${other.id}?bypassRules=true&api-version=7.1`;
    expect(
      (await free.send("PATCH", path, [field("System.State", "Nowhere")], { contentType: "application/json-patch+json" })).body.fields["System.State"],
    ).toBe("Nowhere");
  });

  it("fields and $expand exclude each other; formats are told from 7.2 on; enumerations and versions that do not exist are refused", async () => {
    const { send, task } = await organisation();
    const { id } = await task(field("System.Description", "x"), MARKDOWN);
    const batch = (body: object, version = "7.2-preview.1") => send("POST", `/_apis/wit/workitemsbatch?api-version=${version}`, { ids: [id], ...body });
    expect((await batch({ fields: ["System.Id"], $expand: "relations" })).body.typeKey).toBe("ConflictingParametersException");
    expect((await batch({ fields: ["System.Title", "System.Id"] })).body.value).toMatchObject([{ fields: { "System.Id": id, "System.Title": "T" } }]);
    expect((await batch({})).body.value[0]?.multilineFieldsFormat).toEqual({ "System.Description": "markdown" });
    expect((await batch({}, "7.1")).body.value[0]?.multilineFieldsFormat).toBe(undefined);
    expect((await batch({}, "7.2-preview.3")).body.typeKey).toBe("VssVersionOutOfRangeException");
    expect((await batch({}, "7.2")).body.typeKey).toBe("VssInvalidPreviewVersionException");
    expect((await send("POST", "/_apis/wit/workitemsbatch", { ids: [id] })).body.typeKey).toBe("VssVersionNotSpecifiedException");
    expect((await send("GET", `/Payments/_apis/wit/workItems/${id}/comments?api-version=7.1`)).status).toBe(400);
  });

  it("a batch's negative ids mean nothing, unless the switch is on", async () => {
    const elements = () => [
      {
        method: "PATCH",
        uri: "/Payments/_apis/wit/workitems/$Feature?api-version=7.1",
        headers: { "Content-Type": "application/json-patch+json" },
        body: [{ op: "add", path: "/id", value: "-1" }, field("System.Title", "F")],
      },
      {
        method: "PATCH",
        uri: "/Payments/_apis/wit/workitems/$Bug?api-version=7.1",
        headers: { "Content-Type": "application/json-patch+json" },
        body: [
          field("System.Title", "B"),
          relation("System.LinkTypes.Hierarchy-Reverse", `${emulator.credentials["AZURE_DEVOPS_ORG_URL"]}/_apis/wit/workItems/-1`),
        ],
      },
    ];
    const codes = async (options: AzureEmulatorOptions) => (await (await organisation(options)).batch(elements())).outcomes.map(({ code }) => code);
    expect(await codes({})).toEqual([200, 404]);
    await emulator.close();
    expect(await codes({ batchReferences: true })).toEqual([200, 200]);
  });

  it("permissions: reading PATs, forbidden saves and forbidden tags are refused, each in its form", async () => {
    const { send } = await organisation({ mayCreateTags: false });
    const create = (document: readonly object[], token?: string) =>
      send("POST", "/Payments/_apis/wit/workitems/$Task?api-version=7.1", document, {
        contentType: "application/json-patch+json",
        ...(token === undefined ? {} : { token }),
      });
    expect((await create([field("System.Title", "x")], emulator.tokens.readOnly)).status).toBe(401);
    expect((await create([field("System.Title", "x"), field("System.Tags", "new")])).status).toBe(403);
    expect((await create([field("System.Title", "x")])).status).toBe(200);
    await emulator.close();
    expect((await (await organisation({ mayWrite: false })).make("Task", field("System.Title", "x"))).status).toBe(403);
  });
});
