/** `42`, `repo#42` and `owner/repo#42` name one ticket, however a marker or a person writes it, and no marker is rewritten for it. */

import { expect, it } from "vitest";
import { unrest } from "../harness/outcome.ts";
import { emulatedProject } from "./emulated-project.ts";
import { startVendor } from "./emulated-vendors.ts";

const SPEC = "## Keys\n\nAbout keys.\n\n- [ ] works\n\n## Refunds\n\nAbout refunds.\n";

it("keeps short keys in markers as they are, and knows their tickets by them", async () => {
  const vendor = await startVendor("github");
  try {
    const project = await emulatedProject(vendor, { "specs/a.md": SPEC });
    await project.apply();
    const [owner, repo] = vendor.project.split("/");
    const short = (await project.read("specs/a.md")).replace(
      /ticket:github:\S+?(1|2) -->/g,
      (_all, number) => `ticket:github:${number === "1" ? "1" : `${repo ?? ""}%232`} -->`,
    );
    expect(short).toContain("canon:ticket:github:1 -->");
    await project.write("specs/a.md", short);
    vendor.clock.advance(60_000);
    const quiet = await project.plan({ direction: "both" });
    expect(unrest(quiet)).toEqual([]);
    await project.write("specs/a.md", short.replace("About keys.", "All about keys."));
    expect((await project.apply()).exitCode).toBe(0);
    expect(await project.read("specs/a.md")).toBe(short.replace("About keys.", "All about keys."));
    expect(vendor.people.show(`${owner ?? ""}/${repo ?? ""}#1`).body).toContain("All about keys.");
    expect(unrest(await project.plan({ direction: "both" }))).toEqual([]);
  } finally {
    await vendor.close();
  }
});

it("sees that two sections name one ticket in two forms", async () => {
  const vendor = await startVendor("github");
  try {
    const project = await emulatedProject(vendor, { "specs/a.md": SPEC });
    await project.apply();
    const text = await project.read("specs/a.md");
    await project.write("specs/b.md", "## Copied\n<!-- canon:ticket:github:1 -->\n\nText.\n");
    expect(text).not.toContain("ticket:github:1 ");
    const plan = await project.plan();
    expect(plan.diagnostics.filter(({ code }) => code === "ticket-twice")).toHaveLength(2);
    expect(plan.changes).toEqual([]);
  } finally {
    await vendor.close();
  }
});
