/** The past of a ticket in Canon's words, without what Canon did for itself. */

import { afterEach, expect, it } from "vitest";
import { base, body, createOne, done } from "../../conformance/stage.ts";
import { azureStage, type AzureStage } from "./azure-stage.ts";

let stage: AzureStage;
afterEach(() => stage.end());

it("names each field that people know, and who changed it", async () => {
  stage = await azureStage();
  const [one, two] = [await createOne(stage, { type: "Epic" }), await createOne(stage, { type: "Epic" })];
  const { key, id } = await createOne(stage, { type: "Feature", parent: one.key, labels: ["api"], body: body(stage, ["Text."], ["first"]) });
  const { people } = stage.emulator;
  people.edit(key, { title: "Theirs" });
  people.edit(key, { body: body(stage, ["Text."], ["first", "second"]) });
  people.edit(key, { body: body(stage, ["Other text."], ["first", "second"]) });
  people.move(key, "Active");
  people.label(key, ["x"], ["api"]);
  people.comment(key, "A word.");
  people.edit(key, { parent: two.key });
  done((await stage.tracker.link([{ key, url: "https://forge.example/1", title: "One", kind: "other" }]))[0]);
  done((await stage.tracker.update([{ key, expectRevision: null, base: base("t", { ticket: id }) }]))[0]);
  done((await stage.tracker.update([{ key, expectRevision: null, type: "Epic", parent: null }]))[0]);
  const edits = await stage.tracker.history([key], null);
  expect(edits.map(({ field, author }) => [field, author])).toEqual([
    ["title", stage.person.name],
    ["criteria", stage.person.name],
    ["body", stage.person.name],
    ["status", stage.person.name],
    ["labels", stage.person.name],
    ["comment", stage.person.name],
    ["parent", stage.person.name],
    ["link", stage.account],
    ["type", stage.account],
    ["parent", stage.account],
  ]);
  expect(edits.filter(({ field }) => ["labels", "parent", "status", "type"].includes(field)).map(({ from, to }) => [from, to])).toEqual([
    ["New", "Active"],
    ["api", "x"],
    [one.key, two.key],
    ["Feature", "Epic"],
    [two.key, null],
  ]);
});

it("is empty for what was only made, and for what is not there", async () => {
  stage = await azureStage();
  const { key, id } = await createOne(stage);
  done((await stage.tracker.update([{ key, expectRevision: null, base: base("t", { ticket: id }) }]))[0]);
  expect(await stage.tracker.history([key, stage.missing, "x"], null)).toEqual([]);
});

it("is read beyond one page", async () => {
  stage = await azureStage();
  const { key } = await createOne(stage);
  for (let time = 0; time < 205; time += 1) stage.emulator.people.edit(key, { title: `Title ${time}` });
  expect(await stage.tracker.history([key], null)).toHaveLength(205);
});
