/** A section goes from state to state, from the one it is created in: each change is carried out, and none is a decision that nobody has to make. */

import { expect, it } from "vitest";
import type { SpecStatus } from "../../src/core/model/status.ts";
import { emulatedProject } from "./emulated-project.ts";
import { startVendor, VENDOR_NAMES } from "./emulated-vendors.ts";

const FIRST: readonly SpecStatus[] = ["todo", "in_progress", "blocked"];

const CASES = VENDOR_NAMES.flatMap((name) => FIRST.map((first) => [name, first] as const));

it.each(CASES)("%s: a section created as %s and done then is closed without a question", { timeout: 60_000 }, async (name, first) => {
  const vendor = await startVendor(name);
  try {
    const project = await emulatedProject(vendor, { "specs/a.md": `## Keys\n<!-- canon:system:keys status:${first} -->\n\nAbout keys.\n` });
    expect((await project.apply()).exitCode).toBe(0);
    const text = await project.read("specs/a.md");
    await project.write("specs/a.md", text.replace(`status:${first}`, "status:done"));
    expect((await project.apply()).exitCode).toBe(0);
    const [key = ""] = vendor.people.keys();
    expect(vendor.people.show(key).status).toMatch(/^(?:Done|Closed|completed)$/);
  } finally {
    await vendor.close();
  }
});

it("jira: a section that is blocked, and goes on, takes its ticket along where the workflow has a status for it", { timeout: 60_000 }, async () => {
  const vendor = await startVendor("jira-cloud");
  try {
    const project = await emulatedProject(vendor, { "specs/a.md": "## Keys\n<!-- canon:system:keys status:in_progress -->\n\nAbout keys.\n" });
    await project.apply();
    const [key = ""] = vendor.people.keys();
    for (const [state, status] of [
      ["blocked", "Blocked"],
      ["in_progress", "In Progress"],
    ] as const) {
      await project.write("specs/a.md", (await project.read("specs/a.md")).replace(/status:\w+/, `status:${state}`));
      await project.apply();
      expect(vendor.people.show(key).status).toBe(status);
    }
  } finally {
    await vendor.close();
  }
});
