/** Lists: what is cut is said to be, what only looks managed is not, and no query looks beyond the project. */

import { afterEach, expect, it } from "vitest";
import { createOne, LONG } from "../../conformance/stage.ts";
import { azureStage, type AzureStage } from "./azure-stage.ts";

let stage: AzureStage;
afterEach(() => stage.end());

it("a list of which tickets are missing says that it is not complete", async () => {
  stage = await azureStage();
  const parent = await createOne(stage, { type: "Epic", labels: ["triage"] });
  await createOne(stage, { type: "Feature", parent: parent.key });
  await stage.pass(LONG);
  for (const query of [{ project: true }, { managed: true }, { childrenOf: [parent.key] }, { inbox: stage.inbox.labelled("triage") }] as const) {
    await stage.fault("read", 1, "partial");
    expect((await stage.tracker.read(query)).complete).toBe(false);
    expect((await stage.tracker.read(query)).complete).toBe(true);
  }
});

it("what cannot be read is left out by other servers than those that answer null", async () => {
  stage = await azureStage({ omitLeavesNulls: false });
  const { key } = await createOne(stage);
  expect(await stage.tracker.read({ keys: [key, "77777"] })).toMatchObject({ tickets: [{ key }], missing: ["77777"], complete: true });
});

it("numbers that no work item can have are missing, and not asked for", async () => {
  stage = await azureStage();
  await stage.tracker.check();
  const before = stage.emulator.requests.length;
  const keys = ["0", "99999999999", "PAY-1", ""];
  expect(await stage.tracker.read({ keys })).toEqual({ tickets: [], missing: keys, renamed: {}, complete: true });
  expect(stage.emulator.requests).toHaveLength(before);
});

it("a person's ticket that only carries the tag is not managed, and no child of ours", async () => {
  stage = await azureStage();
  const parent = await createOne(stage, { type: "Epic" });
  const { key } = await stage.person.create({ title: "Theirs", parent: parent.key });
  await stage.person.label(key, ["Canon"], []);
  await stage.pass(LONG);
  expect((await stage.tracker.read({ managed: true })).tickets.map((ticket) => ticket.key)).toEqual([parent.key]);
  expect((await stage.tracker.read({ childrenOf: [parent.key] })).tickets).toMatchObject([{ key, labels: [] }]);
  expect((await stage.tracker.read({ childrenOf: [parent.key], unmarked: true })).tickets).toEqual([]);
});

it("without a look into the recycle bin a ticket is missing, and nothing else", async () => {
  stage = await azureStage();
  const [one, two] = [await createOne(stage), await createOne(stage)];
  stage.emulator.people.archive(one.key);
  stage.emulator.setFaults([{ operation: "read", nth: 2, kind: "refuse" }]);
  expect(await stage.tracker.read({ keys: [one.key, two.key] })).toMatchObject({ tickets: [{ key: two.key }], missing: [one.key] });
  expect(await stage.tracker.read({ keys: [one.key, two.key] })).toMatchObject({ tickets: [{ archived: true }, { key: two.key }], missing: [] });
});

it("a hidden ticket is missing", async () => {
  stage = await azureStage();
  const { key } = await createOne(stage);
  stage.emulator.people.hide(key, true);
  expect(await stage.tracker.read({ keys: [key] })).toMatchObject({ tickets: [], missing: [key], complete: true });
});

it.each([
  ["closes the parenthesis that holds it", "[System.Id] > 0) OR ([System.Id] > 0"],
  ["opens a quote", "[System.Title] = 'x"],
  ["opens a parenthesis", "([System.Id] > 0"],
  ["asks for nothing", "  "],
  ["asks for more than a condition", "[System.Id] > 0 ORDER BY [System.Id]"],
])("an inbox query that %s is refused", async (_, inbox) => {
  stage = await azureStage();
  await expect(stage.tracker.read({ inbox })).rejects.toMatchObject({ kind: "invalid", hint: expect.stringContaining("WHERE") });
});

it("an inbox query finds within the project, whatever it asks for", async () => {
  stage = await azureStage();
  const { key } = await createOne(stage, { title: "It's (here)" });
  await stage.pass(LONG);
  expect((await stage.tracker.read({ inbox: "[System.Id] > 0 OR [System.Title] = ')('" })).tickets.map((ticket) => ticket.key)).toEqual([key]);
});
