/** What FACTS.md says of Jira's rich text: what is refused, what is counted, and what servers and editors rewrite. */

import { describe, expect, it } from "vitest";
import { asList, asObject } from "../kit/json-value.ts";
import type { JsonObject } from "../kit/json-value.ts";
import { adfMarkup } from "./adf-document.ts";
import { adf, fieldsOf, openJira } from "./open-jira.ts";
import type { OpenJira } from "./open-jira.ts";

async function described({ call }: OpenJira, key: string): Promise<JsonObject> {
  return asObject(asObject((await call("GET", `/issue/${key}?fields=description`)).body["fields"])["description"]);
}

function firstOf(document: JsonObject): JsonObject {
  return asObject(asList(document["content"])[0]);
}

function textOf(document: JsonObject): unknown {
  return asObject(asList(firstOf(document)["content"])[0])["text"];
}

describe("v3 rich text is ADF", () => {
  it("a string is refused by field, a document that breaks the schema as INVALID_INPUT", async () => {
    const { call, emulator } = await openJira();
    const plain = await call("POST", "/issue", fieldsOf("One", { description: "wiki" }));
    expect([plain.status, plain.body["errors"]]).toEqual([
      400,
      { description: "Operation value must be an Atlassian Document (see the Atlassian Document Format)" },
    ]);
    const paragraph = { type: "paragraph", content: [{ type: "text", text: "" }] };
    for (const content of [[paragraph], [{ type: "paragraf" }], [{ type: "heading", attrs: { level: 7 } }], [{ type: "listItem", content: [] }]]) {
      const broken = await call("POST", "/issue", fieldsOf("One", { description: { type: "doc", version: 1, content } }));
      expect([broken.status, broken.body["errorMessages"]]).toEqual([400, ["INVALID_INPUT"]]);
    }
    expect(emulator.people.keys()).toEqual([]);
  });

  it("jira.js given a string writes through v2: always send ADF", async () => {
    const { jira, emulator } = await openJira({ judged: false });
    const key = emulator.people.create({ title: "One" });
    await expect(jira.issueComments.addComment({ issueIdOrKey: key, body: "*wiki*" })).rejects.toThrow("404");
    expect(emulator.requests.at(-1)?.path).toMatch(/^\/rest\/api\/2\//);
  });
});

describe("Limits: 32,767 characters per text field, counted after conversion [M]", () => {
  it("counts the document, or the text in it", async () => {
    const text = "x".repeat(32_767);
    for (const [textCounted, status] of [
      ["document", 400],
      ["text", 201],
    ] as const) {
      const { call } = await openJira({ textCounted });
      expect((await call("POST", "/issue", fieldsOf("One", { description: adf(text) }))).status).toBe(status);
      const longer = await call("POST", "/issue", fieldsOf("One", { description: adf(`${text}x`) }));
      expect(asObject(longer.body["errors"])["description"]).toContain("exceeds the allowed limit of 32,767 characters");
    }
  });

  it("a title has 255 characters on one line", async () => {
    const { call } = await openJira();
    const status = async (title: string): Promise<number> => (await call("POST", "/issue", fieldsOf(title))).status;
    expect([await status("é".repeat(255)), await status("é".repeat(256)), await status("a\nb"), await status(" ")]).toEqual([201, 400, 400, 400]);
  });
});

describe("The server trims trailing blanks and may add ids to ADF nodes", () => {
  it("trims, and names blocks unless told otherwise", async () => {
    for (const serverIds of [true, false]) {
      const open = await openJira({ serverIds });
      await open.call("POST", "/issue", fieldsOf("  One  ", { description: adf("Text.  ") }));
      const document = await described(open, "PAY-1");
      expect([textOf(document), "attrs" in firstOf(document)]).toEqual(["Text.", serverIds]);
      expect(open.emulator.people.show("PAY-1").title).toBe("One");
    }
  });

  it("keeps the ids that it was sent, and what it answers can be sent again", async () => {
    const open = await openJira();
    const taskItem = { type: "taskItem", attrs: { localId: "mine", state: "TODO" }, content: [{ type: "text", text: "Do it" }] };
    const description = { type: "doc", version: 1, content: [{ type: "taskList", attrs: { localId: "" }, content: [taskItem] }] };
    await open.call("POST", "/issue", fieldsOf("One", { description }));
    const document = await described(open, "PAY-1");
    expect(asObject(firstOf(document)["attrs"])["localId"]).toMatch(/^[0-9a-f]{12}$/);
    expect(asList(firstOf(document)["content"])).toMatchObject([taskItem]);
    await open.call("PUT", "/issue/PAY-1", { fields: { description: document } });
    expect(await described(open, "PAY-1")).toEqual(document);
  });
});

it("media and smart links break on naive rewrite: media must be those that the text had", async () => {
  const open = await openJira();
  const media = (id: string): JsonObject => ({
    type: "mediaSingle",
    attrs: { layout: "center" },
    content: [{ type: "media", attrs: { type: "file", id, collection: "" } }],
  });
  const key = open.emulator.people.create({ title: "One", body: JSON.stringify({ type: "doc", version: 1, content: [media("picture")] }) });
  const edit = async (...content: readonly JsonObject[]): Promise<readonly unknown[]> => {
    const { status, body } = await open.call("PUT", `/issue/${key}`, { fields: { description: { type: "doc", version: 1, content } } });
    return [status, body["errorMessages"]];
  };
  expect(await edit(media("invented"))).toEqual([400, ["ATTACHMENT_VALIDATION_ERROR"]]);
  expect(await edit(media("picture"), ...adf("Text.").content)).toEqual([204, undefined]);
});

describe("people's editor", () => {
  it("adds ids, trims, and makes smart links of bare addresses", async () => {
    const open = await openJira();
    const url = "https://a.dev/1";
    const link = { type: "text", text: url, marks: [{ type: "link", attrs: { href: url } }] };
    const body = {
      type: "doc",
      version: 1,
      content: [{ type: "paragraph", content: [{ type: "text", text: "See " }, link, { type: "text", text: "  " }] }, { type: "paragraph" }],
    };
    open.emulator.people.create({ title: "One", body: JSON.stringify(body) });
    const document = await described(open, "PAY-1");
    expect(asList(document["content"])).toHaveLength(1);
    expect(firstOf(document)).toMatchObject({
      attrs: { localId: expect.any(String) },
      content: [
        { type: "text", text: "See " },
        { type: "inlineCard", attrs: { url } },
      ],
    });
    open.emulator.people.edit("PAY-1", { body: JSON.stringify(adf("Now. ")) });
    expect(textOf(await described(open, "PAY-1"))).toBe("Now.");
  });
});

it("history shows documents as markup", () => {
  const item = (text: string): JsonObject => ({ type: "listItem", content: [{ type: "paragraph", content: [{ type: "text", text }] }] });
  const document = {
    type: "doc",
    version: 1,
    content: [
      { type: "heading", attrs: { level: 2 }, content: [{ type: "text", text: "Title" }] },
      {
        type: "paragraph",
        content: [
          { type: "text", text: "bold", marks: [{ type: "strong" }] },
          { type: "text", text: " and " },
          { type: "text", text: "x", marks: [{ type: "code" }] },
        ],
      },
      {
        type: "bulletList",
        content: [item("one"), { type: "listItem", content: [...asList(item("two")["content"]), { type: "orderedList", content: [item("deep")] }] }],
      },
      {
        type: "taskList",
        attrs: { localId: "a" },
        content: [{ type: "taskItem", attrs: { localId: "b", state: "DONE" }, content: [{ type: "text", text: "done" }] }],
      },
      { type: "codeBlock", attrs: { language: "js" }, content: [{ type: "text", text: "let a;" }] },
    ],
  };
  expect(adfMarkup(document)).toBe("h2. Title\n\n*bold* and {{x}}\n\n* one\n* two\n*# deep\n\n* [x] done\n\n{code:js}\nlet a;\n{code}");
});
