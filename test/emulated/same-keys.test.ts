/** Two trackers whose projects are called the same, as they are while a team goes from one to the other: each has its PAY-1. */

import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { leftBehind } from "../../src/core/bot/left-behind.ts";
import { readSpecs } from "../../src/operations/read-specs.ts";
import { atDesk, editFile } from "../harness/at-desk.ts";
import { makeProject, type Project } from "../harness/project.ts";
import { emulatedConfig, emulatedWorld } from "./emulated-project.ts";
import { startVendor, type RunningVendor } from "./emulated-vendors.ts";

interface Trackers {
  readonly project: Project;
  readonly jira: RunningVendor;
}

/** `main` is Jira and has what is below specs/jira/; `work` is the local tracker, and has the rest. */
async function twoTrackers(files: Readonly<Record<string, string>>): Promise<Trackers> {
  const jira = await startVendor("jira-cloud");
  onTestFinished(() => jira.close());
  const config = `${emulatedConfig(jira)}  work: { system: local, project: ${jira.project} }
routing:
  - match: { path: "specs/jira/**" }
    target: main
  - match: { default: true }
    target: work
`;
  const project = await makeProject(files, config, emulatedWorld(jira));
  expect((await project.apply()).exitCode).toBe(0);
  return { project, jira };
}

const PAY = "# Pay\n\n## Keys\n\nAbout keys.\n";

it("a section moves to the ticket with the key of its old one, which is closed", async () => {
  const { project, jira } = await twoTrackers({ "specs/jira/pay.md": PAY });
  const report = await project.apply({ decisions: [{ kind: "move", address: "specs/jira/pay.md#keys", to: "work" }] });
  expect(report).toMatchObject({ exitCode: 0, results: [{ state: "done" }, { state: "done" }] });
  expect(await project.read("specs/jira/pay.md")).toContain("canon:ticket:local:PAY-1 ");
  expect(jira.people.show("PAY-1").status).toBe("Won't Do");
});

it("an orphan is told, though a section has the other tracker's ticket with its key", async () => {
  const { project, jira } = await twoTrackers({ "specs/jira/pay.md": PAY, "specs/ops.md": "# Ops\n\n## Backups\n\nEvery night.\n" });
  await project.write("specs/ops.md", "# Ops\n");
  jira.clock.advance(60_000);
  expect((await project.plan()).orphans).toMatchObject([{ target: "work", key: "PAY-1", title: "Backups" }]);
});

it("a ticket that waits for its marker is not forgotten for the other tracker's ticket with its key", async () => {
  const { project } = await twoTrackers({ "specs/jira/pay.md": PAY });
  const ops = "# Ops\n\n## Backups\n\nEvery night at three.\n";
  await project.write("specs/ops.md", ops);
  await chmod(join(project.root, "specs/ops.md"), 0o444);
  expect((await project.apply()).unmarked).toMatchObject([{ key: "PAY-1" }]);
  expect((await project.apply()).unmarked).toMatchObject([{ key: "PAY-1" }]);
  await chmod(join(project.root, "specs/ops.md"), 0o644);
  await project.write("specs/ops.md", ops.replace("Backups", "Safe copies"));
  expect((await project.plan()).changes.map(({ action, key }) => [action, key])).toEqual([["move", "PAY-1"]]);
});

it("a pull request leaves a ticket behind, though a section keeps the other tracker's ticket with its key", async () => {
  const { project } = await twoTrackers({ "specs/jira/pay.md": PAY, "specs/ops.md": "# Ops\n\n## Backups\n\nEvery night.\n" });
  const before = (await readSpecs(await project.open())).docs;
  await project.write("specs/ops.md", "# Ops\n");
  const workspace = await project.open();
  const { docs } = await readSpecs(workspace);
  expect(leftBehind(before, docs, workspace.config)).toEqual([{ target: "work", key: "PAY-1", title: "Backups", address: "specs/ops.md#backups" }]);
});

it("a ticket that a person made is asked about, though a tombstone names the other tracker's ticket with its key", async () => {
  const refunds = "\n## Refunds\n\nMoney back.\n";
  const { project, jira } = await twoTrackers({ "specs/jira/pay.md": PAY + refunds, "specs/ops.md": "# Ops\n\n## Backups\n\nEvery night.\n" });
  jira.clock.advance(60_000);
  await atDesk(project, (desk) => desk.create({ title: "Restores", parent: "PAY-1", type: "Story" }));
  await editFile(project, "specs/jira/pay.md", (text) => text.slice(0, text.indexOf("## Refunds")));
  await editFile(project, "specs/ops.md", (text) => `${text}\n<!-- canon:removed:jira:PAY-2 forget -->\n`);
  const plan = await project.plan();
  expect(plan.changes.map(({ action, target, key }) => [action, target, key])).toEqual([["forget", "main", "PAY-2"]]);
  expect(plan.questions).toMatchObject([{ kind: "unmapped", target: "work", key: "PAY-2" }]);
});
