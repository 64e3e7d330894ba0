/** Two instances of one vendor count their tickets alike: an id of one is another ticket in the other. */

import { expect, it, onTestFinished } from "vitest";
import { makeProject, type Project } from "../harness/project.ts";
import { emulatedConfig, emulatedWorld } from "./emulated-project.ts";
import { startVendor, targetYaml, type RunningVendor } from "./emulated-vendors.ts";

interface Instances {
  readonly project: Project;
  /** Where PAY-1 is; OPS-1 and OPS-2 are in the other one. */
  readonly pay: RunningVendor;
}

async function twoInstances(): Promise<Instances> {
  const [ops, pay] = [await startVendor("jira-cloud"), await startVendor("jira-cloud")];
  onTestFinished(async () => void (await Promise.all([ops.close(), pay.close()])));
  const config = `${emulatedConfig({ ...ops, project: "OPS" })}  pay: ${targetYaml(pay)}
routing:
  - match: { path: "specs/pay.md" }
    target: pay
  - match: { default: true }
    target: main
`;
  const files = {
    "specs/ops.md": "# Ops\n\n## Backups\n\nEvery night.\n\n## Restores\n\nOnce a year.\n",
    "specs/pay.md": "# Pay\n\n## Keys\n\nAbout keys.\n",
  };
  return { project: await makeProject(files, config, emulatedWorld(pay)), pay };
}

it("an undo keeps a ticket for what stands below it, whatever becomes of that with its id", async () => {
  const { project, pay } = await twoInstances();
  const { run } = await project.apply();
  pay.people.create({ title: "Rotate", type: "Story", parent: "PAY-1" });
  pay.clock.advance(60_000);
  const report = await project.apply({ decisions: [{ kind: "undo", run }] });
  expect(report.diagnostics.map(({ message }) => message)).toEqual(["PAY-1 kept: PAY-2 stands below it, which the run did not create."]);
  expect(report.results.map(({ key, state }) => `${key} ${state}`).sort()).toEqual(["OPS-1 done", "OPS-2 done"]);
  expect(pay.people.show("PAY-1").status).toBe("To Do");
});

it("a copy of a section's ticket is told, though another section has the ticket with its id", async () => {
  const { project, pay } = await twoInstances();
  await project.apply();
  pay.clock.advance(60_000);
  pay.people.duplicate("PAY-1");
  pay.clock.advance(60_000);
  expect((await project.plan()).diagnostics.map(({ message }) => message)).toEqual([
    "PAY-2 is a copy that a person made of the ticket of specs/pay.md#keys; it is left alone.",
  ]);
});
