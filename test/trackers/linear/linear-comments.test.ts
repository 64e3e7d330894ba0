/** Notes on Linear are found by ids of ours: what happens when somebody has the id, when the note was deleted, and when the list lags. */

import { afterEach, expect, it } from "vitest";
import { chosenId } from "../../../src/trackers/linear/linear-ids.ts";
import { createOne, done } from "../../conformance/stage.ts";
import { linearStage, type LinearStage } from "./linear-stage.ts";

const open: LinearStage[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.end();
});

async function stageHere(): Promise<LinearStage> {
  const stage = await linearStage();
  open.push(stage);
  return stage;
}

async function say({ tracker }: LinearStage, key: string, text: string): Promise<void> {
  done((await tracker.comment([{ key, id: "note", text }]))[0]);
}

it("leaves alone what somebody else wrote under the note's id, and says it under another", async () => {
  const stage = await stageHere();
  const { key } = await createOne(stage);
  stage.emulator.people.take(key, chosenId("comment", key, "note"), "Mine.");
  await say(stage, key, "One.");
  await stage.pass(60_000);
  await say(stage, key, "Two.");
  expect(await stage.said(key)).toEqual(["Mine.", "Two."]);
});

it("is refused where somebody has all the ids that it may have", async () => {
  const stage = await stageHere();
  const { key } = await createOne(stage);
  for (const turn of [[], ["1"], ["2"]]) stage.emulator.people.take(key, chosenId("comment", key, "note", ...turn), "Mine.");
  for (const wait of [0, 60_000]) {
    await stage.pass(wait);
    expect((await stage.tracker.comment([{ key, id: "note", text: "One." }]))[0]).toMatchObject({ state: "refused", error: { kind: "conflict" } });
  }
  expect(await stage.said(key)).toEqual(["Mine.", "Mine.", "Mine."]);
});

it("is posted anew after people deleted it", async () => {
  const stage = await stageHere();
  const { key } = await createOne(stage);
  await say(stage, key, "One.");
  stage.emulator.people.unsay(key);
  await stage.pass(60_000);
  await say(stage, key, "Two.");
  await say(stage, key, "Three.");
  expect(await stage.said(key)).toEqual(["Three."]);
});

it("is found also while the list of comments lags behind", async () => {
  const stage = await stageHere();
  const { key } = await createOne(stage);
  for (const text of ["One.", "Two.", "Two.", "Three."]) {
    await say(stage, key, text);
    expect(await stage.said(key)).toEqual([text]);
  }
  await stage.pass(60_000);
  for (const text of ["Four.", "Three."]) {
    await say(stage, key, text);
    expect(await stage.said(key)).toEqual([text]);
  }
});
