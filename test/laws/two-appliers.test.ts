/** Law 6: of several applies at once one writes, the others exit 7 or come after it; no section ever gets two tickets. */

import { expect, it } from "vitest";
import { canonAtOnce } from "../harness/canon.ts";
import { unrest, unsettled } from "../harness/outcome.ts";
import { LOCAL_CONFIG, makeProject } from "../harness/project.ts";

const ROUNDS = 8;

it("lets one write at a time", { timeout: 120_000 }, async () => {
  const project = await makeProject({}, LOCAL_CONFIG.replace("project: PAY", "project: PAY, settle: 1s"));
  const desk = await project.desk();
  // The tracker takes every create: only the lock keeps a section from getting two.
  await desk.behave({ clientIds: false });
  await desk.end();
  const codes: (number | null)[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const sections = Array.from(
      { length: 10 },
      (_one, index) => `## Section ${round}.${index} of ${round}\n\nText ${round} ${index}.\n\n### Part ${round} ${index}\n`,
    );
    await project.write(`specs/round-${round}.md`, sections.join("\n"));
    const ends = await canonAtOnce(Array.from({ length: 2 + (round % 2) }, () => ["apply", "--auto-approve", "-C", project.root]));
    for (const { code, stderr } of ends) expect([0, 7], stderr).toContain(code);
    expect(ends.filter(({ code }) => code === 0).length).toBeGreaterThan(0);
    for (const { code, stderr } of ends) if (code === 7) expect(stderr).toMatch(/is writing in this workspace/);
    codes.push(...ends.map(({ code }) => code));
    const titles = (await project.tickets()).map(({ title }) => title);
    expect(titles).toHaveLength(20 * round);
    expect(new Set(titles).size).toBe(20 * round);
    expect(unrest(await project.plan())).toEqual([]);
  }
  expect(codes).toContain(7);
  expect(await unsettled(project)).toEqual([]);
});
