/** A person copies a ticket that Canon created, hidden data and all: the copy is told and left alone, and no run stops for it (threat 25). */

import { describe, expect, it, onTestFinished } from "vitest";
import { planExit } from "../../src/core/plan/exit-codes.ts";
import type { Project } from "../harness/project.ts";
import { skippingClock } from "../conformance/emulated-stage.ts";
import { emulatedProject, emulatedWorld } from "./emulated-project.ts";
import { startVendor, VENDOR_NAMES, type RunningVendor, type VendorName } from "./emulated-vendors.ts";

const SPEC = "# Payments\n\n## Keys\n\nAbout keys.\n";

interface Setting {
  readonly vendor: RunningVendor;
  readonly project: Project;
}

async function setting(name: VendorName, more = ""): Promise<Setting> {
  const vendor = await startVendor(name);
  onTestFinished(() => vendor.close());
  return { vendor, project: await emulatedProject(vendor, { "specs/a.md": SPEC }, more) };
}

/** Whoever it is comes a minute later. */
function copyFirst({ vendor: { people, clock } }: Setting): readonly [original: string, copy: string] {
  clock.advance(60_000);
  const [original = ""] = people.keys();
  const copy = people.duplicate(original);
  clock.advance(60_000);
  return [original, copy];
}

/** Keys of another repository than the configured one are written in full. */
function isTold(copy: string): unknown {
  return expect.stringMatching(new RegExp(`${copy} is a copy that a person made of the ticket of specs/a\\.md#keys; it is left alone\\.$`));
}

describe.each(VENDOR_NAMES)("%s", (name) => {
  it("a copy of a fresh ticket is told and left alone, and so it stays when the original moves on", async () => {
    const { project, vendor } = await setting(name);
    await project.apply();
    const [original, copy] = copyFirst({ project, vendor });
    const before = vendor.people.show(copy);

    const plan = await project.plan();
    expect(plan).toMatchObject({ changes: [], orphans: [], questions: [], diagnostics: [{ code: "ticket-copy", message: isTold(copy) }] });
    expect(planExit(plan, true)).toBe(0);
    expect(await project.apply()).toMatchObject({ exitCode: 0, results: [] });

    await project.write("specs/a.md", (await project.read("specs/a.md")).replace("About keys.", "All about keys."));
    expect(await project.apply()).toMatchObject({ exitCode: 0, diagnostics: [{ code: "ticket-copy", message: isTold(copy) }] });
    expect(vendor.people.show(original).body).toContain("All about keys.");
    expect(vendor.people.show(copy)).toEqual(before);
  });

  it("a section that lost its marker finds the original", async () => {
    const { project, vendor } = await setting(name);
    await project.apply();
    const marked = await project.read("specs/a.md");
    copyFirst({ project, vendor });
    await project.write("specs/a.md", SPEC);
    expect(await project.apply()).toMatchObject({ exitCode: 0 });
    expect(await project.read("specs/a.md")).toBe(marked);
  });
});

/** In the others the base of a fresh ticket names it, and a late create of Linear is refused. */
describe.each(["jira-cloud", "jira-data-center", "github"] as const)("%s", (name) => {
  it("recovery finds the original of a create whose answer was lost, though it was copied meanwhile", async () => {
    const { project, vendor } = await setting(name);
    const clock = skippingClock(vendor.clock);
    let copy: string | null = null;
    const sleep = async (ms: number): Promise<void> => {
      await clock.sleep(ms);
      if (copy === null) [, copy] = copyFirst({ project, vendor });
    };
    vendor.setFaults([{ operation: "create", nth: 1, kind: "drop-answer" }]);
    expect(await project.within({ ...emulatedWorld(vendor), clock: { ...clock, sleep } }).apply()).toMatchObject({
      ...{ exitCode: 0, results: [{ state: "done", key: expect.stringMatching(/1$/) }] },
    });
    expect(vendor.people.keys()).toHaveLength(2);
    expect(await project.apply()).toMatchObject({ exitCode: 0, diagnostics: [{ code: "ticket-copy" }] });
  });

  it("a second create of this account that arrives late is no copy", async () => {
    const { project, vendor } = await setting(name, ", settle: 1s");
    vendor.setFaults([{ operation: "create", nth: 1, kind: "late", ms: 30_000 }]);
    expect((await project.apply()).results).toMatchObject([{ state: "failed" }]);
    expect((await project.apply()).exitCode).toBe(0);
    expect(vendor.people.keys()).toHaveLength(1);
    vendor.clock.advance(30_000);
    // It lands with the next request, and Jira's index shows it a while after.
    await project.plan();
    vendor.clock.advance(60_000);
    expect(await project.apply()).toMatchObject({ exitCode: 8, diagnostics: [{ code: "token-twice" }] });
    expect(vendor.people.keys()).toHaveLength(2);
  });
});
