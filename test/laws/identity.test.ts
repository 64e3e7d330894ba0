/** Law 11: a section that is renamed, renumbered, moved, reordered, split or demoted keeps its ticket. */

import { expect, it } from "vitest";
import { makeProject } from "../harness/project.ts";

const SPEC = `# Payments

## 1. Keys

Text of keys.

### 1.1 Key generation

- [ ] unique

### 1.2 Storage

Kept for a day.

## 2. Refunds

Money back.
`;

it("renames, renumbers, moves to another file and demotes in one go: one update, no create", async () => {
  const project = await makeProject({ "specs/payments.md": SPEC });
  await project.apply();
  const before = await project.tickets();
  const text = await project.read("specs/payments.md");
  const [, refunds = ""] = text.split(/(?=## 2\. Refunds)/);
  await project.write("specs/payments.md", text.replace(refunds, ""));
  await project.write("specs/money.md", `# Money\n\n## Out\n\nAll that leaves.\n\n${refunds.replace("## 2. Refunds", "### 7.3 Paying back")}`);

  const plan = await project.plan();
  expect(plan.changes.map(({ action, key, from, title, type }) => ({ action, key, from, title, type }))).toEqual([
    { action: "create", key: null, from: null, title: "Out", type: "Epic" },
    { action: "move", key: before.find(({ title }) => title === "Refunds")?.key, from: "specs/payments.md#refunds", title: "Paying back", type: "Story" },
  ]);

  const report = await project.apply();
  expect(report.exitCode).toBe(0);
  const after = await project.tickets();
  expect(after).toHaveLength(before.length + 1);
  const moved = after.find(({ id }) => id === before.find(({ title }) => title === "Refunds")?.id);
  expect(moved).toMatchObject({ title: "Paying back", type: "Story", parent: after.find(({ title }) => title === "Out")?.key });
  expect((await project.plan()).changes).toEqual([]);
});

it("keeps tickets when sections change places", async () => {
  const project = await makeProject({ "specs/payments.md": SPEC });
  await project.apply();
  const keys = (await project.tickets()).map(({ key, title }) => `${key} ${title}`).sort();
  const parts = (await project.read("specs/payments.md")).split(/(?=^## )/m);
  await project.write("specs/payments.md", [parts[0], parts[2], parts[1]].join(""));
  await project.apply();
  expect((await project.tickets()).map(({ key, title }) => `${key} ${title}`).sort()).toEqual(keys);
});

it("gives the new half of a split section a ticket of its own", async () => {
  const project = await makeProject({ "specs/payments.md": SPEC });
  await project.apply();
  const before = await project.tickets();
  const text = await project.read("specs/payments.md");
  await project.write("specs/payments.md", text.replace("Money back.", "Money back.\n\n## Chargebacks\n\nThe bank takes it back."));
  await project.apply();
  const after = await project.tickets();
  expect(after).toHaveLength(before.length + 1);
  expect(after.filter(({ id }) => before.some((ticket) => ticket.id === id))).toHaveLength(before.length);
});

it("closes nothing when specs vanish", async () => {
  const project = await makeProject({ "specs/payments.md": SPEC });
  await project.apply();
  const before = await project.tickets();
  const { rm } = await import("node:fs/promises");
  await rm(`${project.root}/specs`, { recursive: true });
  const plan = await project.plan();
  expect(plan.changes).toEqual([]);
  expect(plan.orphans.map(({ key }) => key).sort()).toEqual(before.map(({ key }) => key).sort());
  await project.apply();
  expect(await project.tickets()).toEqual(before);
});
