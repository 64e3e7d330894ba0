/** Notes on Data Center, where text and sign of an edit are two requests: dying in between leaves one comment, and the next run mends it. */

import { expect, it } from "vitest";
import { createOne, done } from "../../conformance/stage.ts";
import { jiraStage } from "./jira-stage.ts";

it("an edit that got no further than its text is sent once more, and is one comment", async () => {
  const stage = await jiraStage({ flavour: "data-center" });
  const { key } = await createOne(stage);
  const note = (text: string): Promise<readonly unknown[]> => stage.tracker.comment([{ key, id: "note", text }]);
  await note("Proposed.");
  await stage.fault("comment", 2, "unavailable");
  expect((await note("Merged."))[0]).not.toMatchObject({ state: "done" });
  expect(await stage.said(key)).toEqual(["Merged."]);
  const sent = stage.emulator.requests.length;
  done((await stage.tracker.comment([{ key, id: "note", text: "Merged." }]))[0]);
  expect(stage.emulator.requests.slice(sent).filter(({ method }) => method === "PUT")).toHaveLength(2);
  expect(await stage.said(key)).toEqual(["Merged."]);
  const again = stage.emulator.requests.length;
  done((await stage.tracker.comment([{ key, id: "note", text: "Merged." }]))[0]);
  expect(stage.emulator.requests.slice(again).filter(({ method }) => method !== "GET")).toEqual([]);
  await stage.end();
});
