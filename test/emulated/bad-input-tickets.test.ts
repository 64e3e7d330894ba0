/** What people do to tickets behind Canon's back: moved, archived, deleted, converted, hidden; and a parent that is somewhere else now. */

import { describe, expect, test } from "vitest";
import { expectTranscript, transcript } from "../cli/transcript.ts";
import { startVendor, type VendorName } from "./emulated-vendors.ts";
import { vendorShell, type VendorShell } from "./vendor-shell.ts";

/** Azure knows no archive, GitHub none either; and only some convert. */
const VENDORS: readonly VendorName[] = ["jira-cloud", "linear", "github"];

async function applied(name: VendorName): Promise<{ readonly shell: VendorShell; readonly keyOf: (title: string) => string }> {
  const shell = vendorShell(await startVendor(name));
  expect((await shell.canon("apply", "--auto-approve")).exitCode).toBe(0);
  const { people, clock } = shell.vendor;
  const keys = new Map(people.keys().map((key) => [people.show(key).title, key]));
  clock.advance(60_000);
  return { shell, keyOf: (title) => keys.get(title) ?? expect.fail(title) };
}

describe.each(VENDORS)("%s", { timeout: 90_000 }, (name) => {
  test("tickets that are gone are questions, and nothing is created in their place", async () => {
    const { shell, keyOf } = await applied(name);
    const { people, clock } = shell.vendor;
    people.remove(keyOf("Keys"));
    if (name === "github") people.hide(keyOf("Rotation"), true);
    else people.archive(keyOf("Rotation"));
    clock.advance(60_000);
    shell.edit((text) => text.replace("About keys.", "All about keys.").replace("Often.", "Daily."));
    const [before, left] = [shell.spec(), people.keys()];
    expectTranscript(`trackers/gone-${name}`, await transcript(shell, "plan", "apply --auto-approve"));
    expect([shell.spec(), people.keys()]).toEqual([before, left]);
  });

  test("one that was moved to a project of nobody is followed, and not written to", async () => {
    const { shell, keyOf } = await applied(name);
    const { people, clock } = shell.vendor;
    const moved = people.transfer(keyOf("Keys"));
    clock.advance(60_000);
    expectTranscript(`trackers/moved-${name}`, await transcript(shell, "apply --auto-approve"));
    const before = people.show(moved);
    shell.edit((text) => text.replace("About keys.", "All about keys.").replace("## Refunds", "### Returns\n\nBelow one that is elsewhere.\n\n## Refunds"));
    expectTranscript(`trackers/moved-${name}-edited`, await transcript(shell, "plan", "apply --auto-approve"));
    expect(people.show(moved)).toEqual(before);
  });
});

test("jira-cloud: a ticket that a person converted keeps its type, and is told", { timeout: 60_000 }, async () => {
  const { shell, keyOf } = await applied("jira-cloud");
  const { people, clock } = shell.vendor;
  people.edit(keyOf("Rotation"), { type: "Bug" });
  clock.advance(60_000);
  expectTranscript("trackers/converted-jira-cloud", await transcript(shell, "plan", "apply --auto-approve"));
  expect(people.show(keyOf("Rotation")).type).toBe("Bug");
});

test("jira-cloud: a text of the tracker is shown as Markdown, not as a document of its own", { timeout: 60_000 }, async () => {
  const { shell, keyOf } = await applied("jira-cloud");
  shell.edit((text) => text.replace("About refunds.", "About **all** refunds.\n\n- a\n- b"));
  const plan = await shell.canon("plan");
  expect(plan.out).toContain(`~ ${keyOf("Refunds")}`);
  expect(plan.out).not.toMatch(/"type"|\{"/);
});
