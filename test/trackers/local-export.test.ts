/** A project leaves as sorted JSON lines and comes back the same. */

import { afterEach, beforeEach, expect, it } from "vitest";
import type { LocalDesk } from "../../src/trackers/local-desk.ts";
import { base, body, createOne } from "../conformance/stage.ts";
import { localStage } from "./local-stage.ts";
import type { LocalStage } from "./local-stage.ts";

let stage: LocalStage;
let other: LocalStage;
beforeEach(async () => {
  [stage, other] = [await localStage(), await localStage()];
});
afterEach(async () => {
  await stage.end();
  await other.end();
});

async function fill({ desk, tracker }: LocalStage): Promise<void> {
  await desk.behave({ rewrites: "linear", workflow: "strict" });
  const epic = await createOne(stage, { type: "Epic", title: 'Épic \u2028 "quoted"', extra: { components: ["Payments"] } });
  const story = await createOne(stage, {
    type: "Story",
    parent: epic.key,
    body: body(stage, ["Text."], ["one"]),
    base: base("t", { commit: "abc" }),
    labels: ["b", "a"],
  });
  await desk.comment(story.key, "By hand.");
  await tracker.comment([{ key: story.key, id: "n1", text: "By Canon." }]);
  await tracker.link([{ key: story.key, url: "https://f.example/1", title: "PR", kind: "pull-request" }]);
  await desk.criterion(story.key, { kind: "tick", which: "1" });
  await desk.move(story.key, "Todo");
  const gone = await createOne(stage);
  await desk.remove(gone.key);
  await desk.archive((await createOne(stage)).key, true);
}

it("an export imported elsewhere exports the same, and goes on counting", async () => {
  await fill(stage);
  const lines = await stage.desk.exportProject();
  expect(await stage.desk.exportProject()).toBe(lines);
  expect(await other.desk.importProject(lines)).toEqual({ tickets: 3 });
  expect(await other.desk.exportProject()).toBe(lines);
  expect((await other.desk.show("PAY-2")).history).toEqual((await stage.desk.show("PAY-2")).history);
  expect(await other.tracker.read({ managed: true })).toEqual(await stage.tracker.read({ managed: true }));
  expect((await other.desk.create({ title: "Next" })).key).toBe("PAY-5");
  expect(await other.desk.behaviour()).toMatchObject({ rewrites: "linear", workflow: "strict" });
});

it("every line is JSON with sorted keys, the project first", async () => {
  await fill(stage);
  const lines = (await stage.desk.exportProject()).trimEnd().split("\n");
  const kinds = lines.map((line) => (JSON.parse(line) as { kind: string }).kind);
  expect(kinds.slice(0, 4)).toEqual(["project", "ticket", "ticket", "ticket"]);
  for (const line of lines) {
    const keys = Object.keys(JSON.parse(line) as object);
    expect(keys).toEqual([...keys].sort());
  }
});

it("a bad import says which line, and leaves nothing behind", async () => {
  await fill(stage);
  const lines = await stage.desk.exportProject();
  const cases: readonly (readonly [text: string, message: RegExp])[] = [
    ["", /does not begin with its project/],
    [lines.replace("{", "("), /Line 1 .* not JSON/],
    [lines.replace('"number":2', '"number":"2"'), /Line 3 .* another form/],
    [lines.replaceAll('"PAY"', '"OPS"'), /of the project OPS, this is PAY/],
    [lines + lines, /second project|already holds|another form|id/],
  ];
  for (const [text, message] of cases) {
    await expect(importInto(other.desk, text)).rejects.toMatchObject({ message: expect.stringMatching(message) });
    expect(await other.desk.list({ archived: true })).toEqual([]);
  }
  await expect(importInto(stage.desk, lines)).rejects.toMatchObject({ kind: "conflict", message: "PAY already holds tickets." });
});

function importInto(desk: LocalDesk, text: string): Promise<unknown> {
  return desk.importProject(text);
}
