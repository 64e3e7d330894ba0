/** Any ticket of the workspace by its key, Canon's or not. */

import { afterEach, expect, it } from "vitest";
import { openLinearSource } from "../../../src/trackers/linear/linear-source.ts";
import type { TicketSource } from "../../../src/trackers/ticket-source.ts";
import { startLinearEmulator, type LinearEmulator } from "../../emulators/linear/linear-emulator.ts";
import { optionsFor } from "./linear-stage.ts";

const open: LinearEmulator[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function sourceOf(
  options: Parameters<typeof startLinearEmulator>[0] = {},
): Promise<{ readonly emulator: LinearEmulator; readonly source: TicketSource }> {
  const emulator = await startLinearEmulator(options);
  open.push(emulator);
  // A lookup asks for no team.
  return { emulator, source: await openLinearSource(await optionsFor(emulator, { target: { project: "" } })) };
}

it("says who asks, and shows a ticket with all that Linear tells of it", async () => {
  const { emulator, source } = await sourceOf();
  const parent = emulator.people.create({ title: "Above" });
  const key = emulator.people.create({ title: "Key generation", body: "Some text.", parent, status: "In Progress", labels: ["bug", "ui"] });
  expect(await source.whoami()).toBe("Dana Agent");
  expect(await source.find(` ${key.toLowerCase()} `)).toMatchObject({
    key,
    url: expect.stringContaining(key),
    title: "Key generation",
    description: "Some text.",
    state: "In Progress",
    stateKind: "in_progress",
    type: null,
    assignee: null,
    labels: ["bug", "ui"],
    archivedAt: null,
    team: { key: "ENG", name: "Engineering" },
    priority: { value: 0, label: "No priority" },
    parent,
  });
});

it("finds tickets of other teams, moved and archived ones", async () => {
  const { emulator, source } = await sourceOf();
  const key = emulator.people.create({ title: "New" });
  const moved = emulator.people.transfer(key);
  emulator.people.archive(moved);
  expect(await source.find(key)).toMatchObject({ key: moved, team: { key: "OPS" }, archivedAt: expect.any(String) });
});

it("names kinds of states that are no category of Canon's", async () => {
  const { emulator, source } = await sourceOf({ triage: true });
  const key = emulator.people.create({ title: "New" });
  expect(await source.find(key)).toMatchObject({ state: "Triage", stateKind: "triage" });
  emulator.people.move(key, "Duplicate");
  expect(await source.find(key)).toMatchObject({ state: "Duplicate", stateKind: "duplicate" });
});

it("a ticket that does not exist is not found, and so is one that may not be seen", async () => {
  const { emulator, source } = await sourceOf();
  const key = emulator.people.create({ title: "Secret" });
  emulator.people.hide(key, true);
  for (const gone of [key, "ENG-99"]) await expect(source.find(gone)).rejects.toMatchObject({ kind: "not-found" });
});
