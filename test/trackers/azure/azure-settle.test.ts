/** Creates in doubt: every number above the mark is looked at, and what cannot be seen is doubt. */

import { afterEach, expect, it } from "vitest";
import { createOne, draft, LONG } from "../../conformance/stage.ts";
import { azureStage, type AzureStage } from "./azure-stage.ts";

let stage: AzureStage;
afterEach(() => stage.end());

async function settled(token: string, watermark: string): Promise<unknown> {
  await stage.pass(LONG);
  return (await stage.tracker.settleCreates([{ token, watermark }]))[0];
}

it("numbers that cannot be seen leave doubt, those in the recycle bin do not", async () => {
  stage = await azureStage();
  const watermark = await stage.tracker.watermark();
  const [one, two] = [await stage.person.create({ title: "Hidden" }), await stage.person.create({ title: "Seen" })];
  expect(await settled("t", watermark)).toEqual({ token: "t", state: "absent" });
  stage.emulator.people.hide(one.key, true);
  expect(await settled("t", watermark)).toMatchObject({ state: "unknown", why: expect.stringContaining(one.key) });
  expect(await settled("t", one.key)).toEqual({ token: "t", state: "absent" });
  stage.emulator.people.hide(one.key, false);
  stage.emulator.people.archive(one.key);
  expect(await settled("t", watermark)).toEqual({ token: "t", state: "absent" });
  expect(two.key).not.toBe(one.key);
});

it("a hit is a hit, whatever else is hidden; one that a person threw away is told as archived", async () => {
  stage = await azureStage();
  const watermark = await stage.tracker.watermark();
  const theirs = await stage.person.create({ title: "Theirs" });
  stage.emulator.people.hide(theirs.key, true);
  stage.emulator.setFaults([{ operation: "create", nth: 1, kind: "drop-answer" }]);
  expect((await stage.tracker.create([draft(stage, { token: "t-lost", title: "Lost" })]))[0]).toMatchObject({ state: "unknown" });
  expect(await settled("t-lost", watermark)).toMatchObject({ state: "created", tickets: [{ title: "Lost", archived: false }] });
  const lost = stage.emulator.people.keys().at(-1) ?? "";
  stage.emulator.people.archive(lost);
  expect(await settled("t-lost", watermark)).toMatchObject({ state: "created", tickets: [{ key: lost, archived: true }] });
});

it("copies are told beside their original", async () => {
  stage = await azureStage();
  const watermark = await stage.tracker.watermark();
  const { key } = await createOne(stage, { token: "t-twin" });
  const copy = await stage.person.duplicate(key);
  expect(await settled("t-twin", watermark)).toMatchObject({ state: "created", tickets: [{ key }, { key: copy.key }] });
});

it("an answer that ends early proves nothing", async () => {
  stage = await azureStage();
  const watermark = await stage.tracker.watermark();
  await createOne(stage);
  await stage.tracker.check();
  stage.emulator.setFaults([{ operation: "read", nth: 1, kind: "partial" }]);
  expect(await settled("t", watermark)).toMatchObject({ state: "unknown" });
});

it("a mark of another tracker is none", async () => {
  stage = await azureStage();
  expect(await settled("t", "chosen ids")).toMatchObject({ state: "unknown", why: expect.stringContaining("chosen ids") });
});

it("the mark is the highest number of the whole organisation", async () => {
  stage = await azureStage();
  expect(await stage.tracker.watermark()).toBe("1000");
  const { key } = await createOne(stage);
  await stage.person.transfer(key);
  await stage.pass(LONG);
  expect(await stage.tracker.watermark()).toBe(key);
});
