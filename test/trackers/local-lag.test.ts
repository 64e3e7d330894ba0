/** Lagging reads answer what was true a while ago: older states, and tickets that do not exist yet. */

import { afterEach, expect, it } from "vitest";
import { createOne, done } from "../conformance/stage.ts";
import { localStage } from "./local-stage.ts";
import type { LocalStage } from "./local-stage.ts";

const LAG = 10_000;

let stage: LocalStage;
afterEach(() => stage.end());

async function titles(query: Parameters<LocalStage["tracker"]["read"]>[0]): Promise<readonly string[]> {
  return (await stage.tracker.read(query)).tickets.map(({ title }) => title);
}

it("lists miss what was just written, keys do not", async () => {
  stage = await localStage({ searchLag: LAG });
  const { key } = await createOne(stage, { title: "New" });
  expect(await titles({ managed: true })).toEqual([]);
  expect(await titles({ keys: [key] })).toEqual(["New"]);
  await stage.pass(LAG);
  expect(await titles({ managed: true })).toEqual(["New"]);
});

it("keys answer the state of that moment, one edit after the other", async () => {
  stage = await localStage({ readLag: LAG });
  const { key, echo } = await createOne(stage, { title: "One" });
  expect(echo?.title).toBe("One");
  expect(await stage.tracker.read({ keys: [key] })).toMatchObject({ tickets: [], missing: [key] });
  await stage.pass(LAG);
  await stage.tracker.update([{ key, expectRevision: null, title: "Two" }]);
  await stage.pass(LAG / 2);
  await stage.person.edit(key, { title: "Three" });
  expect(await titles({ keys: [key] })).toEqual(["One"]);
  await stage.pass(LAG / 2);
  expect(await titles({ keys: [key] })).toEqual(["Two"]);
  await stage.pass(LAG / 2);
  expect(await titles({ keys: [key] })).toEqual(["Three"]);
});

it("writes see the truth: revisions are compared with what really stands there", async () => {
  stage = await localStage({ readLag: LAG });
  const { key } = await createOne(stage, { title: "One" });
  await stage.pass(LAG);
  const [before] = (await stage.tracker.read({ keys: [key] })).tickets;
  await stage.person.edit(key, { title: "Theirs" });
  const [stale] = (await stage.tracker.read({ keys: [key] })).tickets;
  expect(stale).toEqual(before);
  expect((await stage.tracker.update([{ key, expectRevision: stale?.revision ?? null, title: "Ours" }]))[0]).toMatchObject({
    state: "refused",
    error: { kind: "conflict" },
  });
});

it("settling needs no list, so it never misses a create", async () => {
  stage = await localStage({ searchLag: LAG, readLag: LAG });
  const watermark = await stage.tracker.watermark();
  const { key } = await createOne(stage, { token: "t" });
  expect(await stage.tracker.settleCreates([{ token: "t", watermark }])).toMatchObject([{ state: "created", tickets: [{ key }] }]);
});

it("switching the lag off shows everything at once, and the past is forgotten", async () => {
  stage = await localStage({ searchLag: LAG });
  const { key } = await createOne(stage, { title: "One" });
  await stage.desk.behave({ searchLag: 0 });
  expect(await titles({ managed: true })).toEqual(["One"]);
  done((await stage.tracker.update([{ key, expectRevision: null, title: "Two" }]))[0]);
  expect(await titles({ managed: true })).toEqual(["Two"]);
});

it("a project, children and an inbox are lists too: they show the past, and judge by it", async () => {
  stage = await localStage({ searchLag: LAG });
  const { key } = await createOne(stage, { title: "One", type: "Epic", labels: ["triage"] });
  const queries = [{ project: true }, { inbox: "label:triage" }] as const;
  for (const query of queries) expect(await titles(query)).toEqual([]);
  await stage.pass(LAG);
  await stage.person.edit(key, { title: "Two" });
  await stage.person.label(key, [], ["triage"]);
  await stage.person.create({ title: "Child", parent: key });
  for (const query of queries) expect(await titles(query)).toEqual(["One"]);
  expect(await titles({ childrenOf: [key] })).toEqual([]);
  await stage.pass(LAG);
  expect(await titles({ project: true })).toEqual(["Two", "Child"]);
  expect(await titles({ inbox: "label:triage" })).toEqual([]);
  expect(await titles({ childrenOf: [key] })).toEqual(["Child"]);
  const other = await createOne(stage, { title: "Other", type: "Epic" });
  const [child] = (await stage.tracker.read({ childrenOf: [key] })).tickets;
  await stage.desk.edit(child?.key ?? "", { parent: other.key });
  expect(await titles({ childrenOf: [other.key] })).toEqual([]);
  await stage.pass(LAG);
  expect(await titles({ childrenOf: [other.key] })).toEqual(["Child"]);
});
