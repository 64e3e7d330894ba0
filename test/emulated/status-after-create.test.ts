/** The state that a section is created in is known afterwards: its next change is carried out, and no decision that nobody has to make. */

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
