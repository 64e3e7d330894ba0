/** Laws 8 and 9: what leaves for the tracker is in the shown plan, and never touches a field that is not ours. */

import { rm } from "node:fs/promises";
import { join } from "node:path";
import { fc } from "../harness/property.ts";
import { describe, expect, it } from "vitest";
import type { FieldName } from "../../src/core/model/item.ts";
import type { Change, Plan } from "../../src/core/model/plan.ts";
import { LOCAL_REWRITES } from "../../src/trackers/local-desk.ts";
import { applyEdit, edit, specText } from "../harness/arbitrary-spec.ts";
import { humanEdit, playEdits } from "../harness/human-edits.ts";
import { LOCAL_CONFIG, makeProject, type Project } from "../harness/project.ts";
import { recorder, type Sent } from "../harness/recorder.ts";

/** The fields that a request writes. */
function fieldsIn({ request }: Sent): readonly { readonly key: string | null; readonly token: string | null; readonly fields: readonly FieldName[] }[] {
  switch (request.operation) {
    case "create":
      return request.elements.map(({ token, parent, status, labels, type, body }) => ({
        ...{ key: null, token },
        fields: [
          "title",
          ...(type === null ? [] : ["type" as const]),
          ...(parent === null ? [] : ["parent" as const]),
          ...(status === null ? [] : ["status" as const]),
          ...(labels.length === 0 ? [] : ["labels" as const]),
          ...(body === "" ? [] : ["body" as const]),
        ],
      }));
    case "update":
      return request.elements.map((patch) => ({
        key: patch.key,
        token: null,
        fields: (["title", "type", "parent", "labels", "body"] as const).filter((field) => patch[field] !== undefined),
      }));
    case "transition":
      return request.elements.map(({ key }) => ({ key, token: null, fields: ["status"] }));
    case "comment":
    case "link":
      throw new Error("this version writes neither comments nor links");
  }
}

/** Every element stands in the plan: the ticket, and each field it writes. A base alone needs the ticket. */
function strangers(sent: readonly Sent[], plan: Plan): readonly string[] {
  const created = new Map(
    sent.flatMap(({ request, outcomes }) =>
      request.operation === "create"
        ? request.elements.map(({ token }, index) => [outcomes[index]?.state === "done" ? outcomes[index].key : "", token] as const)
        : [],
    ),
  );
  const changeOf = (key: string | null, token: string | null): Change | undefined =>
    plan.changes.find((change) => (change.action === "create" ? change.token === (token ?? created.get(key ?? "")) : change.key === key));
  return sent.flatMap(fieldsIn).flatMap(({ key, token, fields }) => {
    const change = changeOf(key, token);
    if (!change) return [`${key ?? token ?? "?"} is in no change`];
    // Both lists of a text stand in one field of the tracker; the line that says where a moved section is stands there too.
    const planned = new Set(change.fields.flatMap(({ field }): FieldName[] => (field === "criteria" ? ["criteria", "body"] : [field])));
    if (change.action === "move" || change.action === "create") planned.add("body");
    return fields.filter((field) => !planned.has(field)).map((field) => `${change.address}: ${field} is in no change`);
  });
}

async function behave(project: Project, rewrites: (typeof LOCAL_REWRITES)[number]): Promise<void> {
  const desk = await project.desk();
  await desk.behave({ rewrites });
  await desk.end();
}

it.each(LOCAL_REWRITES)("sends nothing that the plan did not show, on a tracker that rewrites as %s", { timeout: 60_000 }, async (rewrites) => {
  await fc.assert(
    fc.asyncProperty(specText, fc.array(edit, { maxLength: 4 }), fc.array(humanEdit, { maxLength: 4 }), async (text, edits, people) => {
      const { sent, world, clear } = recorder();
      const project = await makeProject({ "specs/one.md": text }, LOCAL_CONFIG, world);
      await behave(project, rewrites);
      for (const step of ["create", "edit"]) {
        if (step === "edit") {
          await project.write("specs/one.md", edits.reduce(applyEdit, await project.read("specs/one.md")));
          await playEdits(project, people);
        }
        const plan = await project.plan({ includeDone: true });
        expect(sent).toEqual([]);
        await project.apply({ includeDone: true });
        expect(strangers(sent, plan)).toEqual([]);
        clear();
      }
    }),
    { numRuns: 12 },
  );
});

const SPEC = `---
tags: [backend]
---

## One

Body one.

- [ ] first

### Two

Body two.
`;

/** An edit of every field. */
function editAll(text: string): string {
  return text
    .replace("tags: [backend]", "tags: [frontend]")
    .replace("## One", "## Uno")
    .replace("### Two", "## Dos")
    .replace("Body one.", "Body uno.")
    .replace("Body two.", "Body dos.")
    .replace("- [ ] first", "- [ ] first\n- [ ] second")
    .replaceAll("status:draft", "status:in_progress");
}

const FIELDS: readonly FieldName[] = ["title", "type", "parent", "status", "labels", "criteria", "body"];

describe.each(FIELDS)("%s", (field) => {
  const text = field === "criteria" ? "- [ ]" : "Body";

  /** What the requests say of the field; for the two that live in one text, whether their words are in it. */
  function mentions(sent: readonly Sent[]): number {
    if (field === "body" || field === "criteria") {
      const bodies = sent.flatMap(({ request }) =>
        request.operation === "create" || request.operation === "update" ? request.elements.flatMap(({ body }) => body ?? []) : [],
      );
      return bodies.filter((body) => body.includes(text)).length;
    }
    return sent.flatMap(fieldsIn).filter(({ fields }) => fields.includes(field)).length;
  }

  it("is never sent when it is ignored", async () => {
    const { sent, world, clear } = recorder();
    const project = await makeProject({ "specs/one.md": SPEC }, LOCAL_CONFIG.replace("project: PAY", `project: PAY, fields: { ${field}: ignore }`), world);
    await project.apply();
    // A ticket cannot be made without a title.
    if (field !== "title") expect(mentions(sent)).toBe(0);
    clear();
    await project.write("specs/one.md", editAll(await project.read("specs/one.md")));
    const report = await project.apply();
    expect(report.exitCode).toBe(0);
    expect(sent.length).toBeGreaterThan(0);
    expect(mentions(sent)).toBe(0);
    expect((await project.plan()).changes).toEqual([]);
  });

  it("is sent with the create only, when it is the tracker's", async () => {
    // What stays below its parent cannot become an Epic.
    const owned = field === "parent" ? "parent: tracker, type: tracker" : `${field}: tracker`;
    const { sent, world, clear } = recorder();
    const project = await makeProject({ "specs/one.md": SPEC }, LOCAL_CONFIG.replace("project: PAY", `project: PAY, fields: { ${owned} }`), world);
    await project.apply();
    expect(mentions(sent)).toBeGreaterThan(0);
    clear();
    const desk = await project.desk();
    const before = await desk.list();
    await desk.end();
    await project.write("specs/one.md", editAll(await project.read("specs/one.md")));
    const report = await project.apply();
    expect(report.exitCode).toBe(0);
    const after = await project.tickets();
    const valueOf = (ticket: (typeof after)[number]): unknown => {
      if (field === "body") return /Body \w+/.exec(ticket.body)?.[0];
      if (field === "criteria") return ticket.body.match(/- \[ \] \w+/g);
      return ticket[field];
    };
    expect(after.map(valueOf)).toEqual(before.map(valueOf));
    expect((await project.plan()).changes).toEqual([]);
  });
});

it.each(["ignore", "tracker"] as const)("sends no text for a section that only moved, when both of its parts are %s", async (owner) => {
  const { sent, world, clear } = recorder();
  const project = await makeProject(
    { "specs/one.md": SPEC },
    LOCAL_CONFIG.replace("project: PAY", `project: PAY, fields: { body: ${owner}, criteria: ${owner} }`),
    world,
  );
  await project.apply();
  clear();
  await project.write("specs/two.md", await project.read("specs/one.md"));
  await rm(join(project.root, "specs/one.md"));
  expect((await project.plan()).changes.map(({ action }) => action)).toEqual(["move", "move"]);
  expect((await project.apply()).exitCode).toBe(0);
  expect(sent.flatMap(fieldsIn).map(({ fields }) => fields)).toEqual([[], []]);
  expect((await project.plan()).changes).toEqual([]);
});

it("never sends labels of other people, nor takes them away", async () => {
  const { sent, world } = recorder();
  const project = await makeProject({ "specs/one.md": SPEC }, LOCAL_CONFIG, world);
  await project.apply();
  const desk = await project.desk();
  await desk.label("PAY-1", { add: ["urgent", "team-a"], remove: [] });
  await project.write("specs/one.md", (await project.read("specs/one.md")).replace("tags: [backend]", "tags: [frontend, api]"));
  await project.apply();
  expect((await desk.show("PAY-1")).ticket.labels.toSorted()).toEqual(["api", "frontend", "team-a", "urgent"]);
  await desk.end();
  expect(JSON.stringify(sent.map(({ request }) => request))).not.toMatch(/urgent|team-a/);
});
