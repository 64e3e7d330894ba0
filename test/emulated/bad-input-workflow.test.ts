/** Projects that ask for more than Canon knows by itself: a workflow without the step, a field that must be filled. */

import { expect, test } from "vitest";
import { expectTranscript, transcript } from "../cli/transcript.ts";
import { startAzureEmulator } from "../emulators/azure/azure-emulator.ts";
import { startJiraEmulator } from "../emulators/jira/jira-emulator.ts";
import { vendorOf, vendorShell } from "./vendor-shell.ts";

test("a step that the workflow lacks is refused with the steps there are; transitions: walk takes several", { timeout: 90_000 }, async () => {
  const parts: string[] = [];
  for (const more of ["", ", transitions: walk"]) {
    const shell = vendorShell(vendorOf("jira", await startJiraEmulator({ workflow: "strict" })), { more });
    expect((await shell.canon("apply", "--auto-approve")).exitCode).toBe(0);
    shell.edit((text) => text.replace("status:draft", "status:done"));
    parts.push(`# ${more === "" ? "transitions: direct" : more.slice(2)}\n${await transcript(shell, "apply --auto-approve", "plan")}`);
  }
  expectTranscript("trackers/workflow-jira", parts.join("\n"));
});

test.each(["cloud", "data-center"] as const)("jira %s: a required field that nobody set is named as people know it", { timeout: 60_000 }, async (flavour) => {
  const emulator = await startJiraEmulator({ flavour, requiredFields: ["components", "team"] });
  const shell = vendorShell(vendorOf("jira", emulator));
  const before = shell.spec();
  expectTranscript(`trackers/required-jira-${flavour}`, await transcript(shell, "apply --auto-approve"));
  expect([shell.spec(), emulator.people.keys()]).toEqual([before, []]);
});

test("azure: a required field that nobody set is named", { timeout: 60_000 }, async () => {
  const emulator = await startAzureEmulator({ requiredFields: { Epic: ["Custom.Team"] } });
  const shell = vendorShell(vendorOf("azure", { ...emulator, project: `${emulator.organization}/${emulator.project}` }));
  expectTranscript("trackers/required-azure", await transcript(shell, "apply --auto-approve"));
  expect(emulator.people.keys()).toEqual([]);
});
