/** Laws 1, 2, 3, 11 and 15 over random specs and random edits, with the tracker rewriting text or not. */

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fc } from "../harness/property.ts";
import { describe, expect, it } from "vitest";
import { LOCAL_REWRITES } from "../../src/trackers/local-desk.ts";
import { applyEdit, edit, specText, withoutMarkers } from "../harness/arbitrary-spec.ts";
import { makeProject, type Project } from "../harness/project.ts";

const RUNS = 15;

async function expectQuiet(project: Project): Promise<void> {
  const [first, second] = [await project.plan({ includeDone: true }), await project.plan({ includeDone: true })];
  expect(first.changes).toEqual([]);
  expect([...first.conflicts, ...first.observed]).toEqual([]);
  expect(second.digest).toBe(first.digest);
}

describe.each(LOCAL_REWRITES)("a tracker that rewrites text as %s", (rewrites) => {
  it("has nothing left to do after apply, and no byte outside markers changed", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(specText, specText, fc.array(edit, { maxLength: 4 }), async (one, two, edits) => {
        const project = await makeProject({ "specs/one.md": one, "specs/two.md": two });
        const desk = await project.desk();
        await desk.behave({ rewrites });
        await desk.end();
        await project.apply({ includeDone: true });
        expect(withoutMarkers(await project.read("specs/one.md"))).toBe(one);
        expect(withoutMarkers(await project.read("specs/two.md"))).toBe(two);
        await expectQuiet(project);

        const edited = edits.reduce(applyEdit, await project.read("specs/one.md"));
        await project.write("specs/one.md", edited);
        await project.apply({ includeDone: true });
        expect(withoutMarkers(await project.read("specs/one.md"))).toBe(withoutMarkers(edited));
        await expectQuiet(project);
      }),
      { numRuns: RUNS },
    );
  });
});

it("plans without writing anything", async () => {
  const project = await makeProject({ "specs/one.md": "## One\n\n- [ ] a\n" });
  await project.plan();
  await project.plan({ includeDone: true });
  expect((await readdir(project.root, { recursive: true })).sort()).toEqual(["canon.config.yaml", "specs", join("specs", "one.md")]);
  expect(await readFile(join(project.root, "specs/one.md"), "utf8")).toBe("## One\n\n- [ ] a\n");
});
