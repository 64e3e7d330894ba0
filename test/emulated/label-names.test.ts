/** Tags whose labels a tracker has under other letters: one label, and nothing that anybody took away. */

import { expect, it } from "vitest";
import { unrest } from "../harness/outcome.ts";
import { emulatedProject } from "./emulated-project.ts";
import { startVendor, VENDOR_NAMES } from "./emulated-vendors.ts";

const SPEC = "---\ntags: [API, Canon]\n---\n## Keys\n\nAbout keys.\n";

it.each(VENDOR_NAMES)("%s: a tag in another case than the label, and one that is Canon's own mark", { timeout: 60_000 }, async (name) => {
  const vendor = await startVendor(name);
  try {
    vendor.people.create({ title: "Older", labels: ["api"] });
    const project = await emulatedProject(vendor, { "specs/a.md": SPEC });
    expect((await project.apply()).exitCode).toBe(0);
    vendor.clock.advance(60_000);
    expect(unrest(await project.plan({ direction: "both" }))).toEqual([]);
    const key = vendor.people.keys().at(-1) ?? "";
    const labels = (): readonly string[] =>
      vendor.people
        .show(key)
        .labels.map((label) => label.toLowerCase())
        .sort();
    expect(labels()).toEqual(["api", "canon"]);
    await project.write("specs/a.md", (await project.read("specs/a.md")).replace("tags: [API, Canon]", "tags: [canon]"));
    expect((await project.apply()).exitCode).toBe(0);
    expect(labels()).toEqual(["canon"]);
    expect(unrest(await project.plan({ direction: "both" }))).toEqual([]);
  } finally {
    await vendor.close();
  }
});
