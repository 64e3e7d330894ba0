/** A hundred tickets in three levels cost Azure as few requests as FACTS.md says. */

import { afterEach, expect, it } from "vitest";
import { base, body, done, draft } from "../../conformance/stage.ts";
import { azureStage, type AzureStage } from "./azure-stage.ts";

let stage: AzureStage;
afterEach(() => stage.end());

const METADATA = 3;

it("a hundred tickets in three levels: one request a level, one to read, one to update", async () => {
  stage = await azureStage();
  const { tracker, emulator } = stage;
  const { requests } = emulator;
  const taken = (): string => {
    const all = requests.map(({ operation, elements }) => `${operation} ${elements}`).slice(from);
    from = requests.length;
    return all.join(", ");
  };
  let from = 0;
  const epics = (await tracker.create(Array.from({ length: 5 }, () => draft(stage, { type: "Epic" })))).map(done);
  expect(taken()).toBe([...Array.from({ length: METADATA }, () => "check 1"), "create 5"].join(", "));
  const features = (await tracker.create(Array.from({ length: 20 }, (_, index) => draft(stage, { type: "Feature", parent: epics[index % 5]?.key ?? "" })))).map(
    done,
  );
  const stories = (
    await tracker.create(Array.from({ length: 75 }, (_, index) => draft(stage, { type: "User Story", parent: features[index % 20]?.key ?? "" })))
  ).map(done);
  expect(taken()).toBe("create 20, create 75");
  const all = [...epics, ...features, ...stories].map(({ key }) => key);
  const { tickets } = await tracker.read({ keys: all });
  expect(tickets).toHaveLength(100);
  expect(taken()).toBe("read 1");
  const outcomes = await tracker.update(
    tickets.map(({ key, revision, id }, index) => ({
      key,
      expectRevision: revision,
      body: body(stage, [`New ${index}.`]),
      base: base(`token-${index}`, { ticket: id }),
    })),
  );
  expect(outcomes.map((outcome) => done(outcome).echo?.body)).toEqual(tickets.map((_, index) => body(stage, [`New ${index}.`])));
  expect(taken()).toBe("update 100");
  const moved = await tracker.transition(tickets.slice(0, 50).map(({ key }) => ({ key, expectRevision: null, to: "Active", walk: false })));
  expect(moved.every(({ state }) => state === "done")).toBe(true);
  expect(taken()).toBe("read 1, transition 50");
});

it("labels that are only added need no look at the others", async () => {
  stage = await azureStage();
  const { key } = done((await stage.tracker.create([draft(stage)]))[0]);
  await stage.person.label(key, ["theirs"], []);
  const before = stage.emulator.requests.length;
  done((await stage.tracker.update([{ key, expectRevision: null, labels: { add: ["ours"], remove: [] } }]))[0]);
  const sent = stage.emulator.requests.slice(before);
  expect(sent).toHaveLength(1);
  expect(sent[0]?.text).not.toContain("theirs");
  expect(stage.emulator.people.show(key).labels).toEqual(["canon", "ours", "theirs"]);
});
