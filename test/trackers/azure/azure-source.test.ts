/** Any work item of an organisation, by its number. */

import { afterEach, expect, it } from "vitest";
import { openAzureSource } from "../../../src/trackers/azure/azure-source.ts";
import { createOne } from "../../conformance/stage.ts";
import { azureStage, optionsFor, type AzureStage } from "./azure-stage.ts";

let stage: AzureStage;
afterEach(() => stage.end());

it("tells who one is, and of a ticket what its platform tells, its text as Markdown", async () => {
  stage = await azureStage();
  const parent = await createOne(stage, { type: "Feature" });
  const key = stage.emulator.people.create({
    title: "Theirs",
    body: "<p>By <b>hand</b></p>",
    parent: parent.key,
    labels: ["api", "canon"],
    status: "Resolved",
  });
  const source = await openAzureSource(await optionsFor(stage.emulator));
  expect(await source.whoami()).toBe(stage.account);
  expect(await source.find(`AB#${key}`)).toMatchObject({
    id: key,
    key,
    url: `${stage.emulator.url}/fabrikam/_workitems/edit/${key}`,
    title: "Theirs",
    description: "By **hand**",
    state: "Resolved",
    stateKind: "in_progress",
    type: "User Story",
    assignee: null,
    labels: ["api"],
    team: { key: "Payments", name: "Payments" },
    priority: { value: 2, label: "High" },
    parent: parent.key,
  });
  await source.close();
});

it("finds tickets of projects that are no target", async () => {
  stage = await azureStage();
  const source = await openAzureSource(await optionsFor(stage.emulator));
  expect(await source.find("1000")).toMatchObject({ key: "1000", team: { name: "Web Shop" }, stateKind: "done" });
});

it.each(["999999", "PAY-1", ""])("says of %j that there is none", async (key) => {
  stage = await azureStage();
  const source = await openAzureSource(await optionsFor(stage.emulator));
  await expect(source.find(key)).rejects.toMatchObject({ kind: "not-found" });
});
