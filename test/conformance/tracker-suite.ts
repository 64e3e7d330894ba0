/** The exam that every tracker passes. Differences are flags: a test that one excuses is skipped by name, flag and reason. */

import { afterEach, describe, expect, it } from "vitest";
import { REQUIRED_CAPABILITIES, shortfalls } from "./required-capabilities.ts";
import type { Exam, Skip, Stage } from "./stage.ts";
import { CHANGING } from "./changing.ts";
import { COMMENTING } from "./commenting.ts";
import { CREATING } from "./creating.ts";
import { FAILING } from "./failing.ts";
import { LISTING } from "./listing.ts";
import { READING } from "./reading.ts";

const EXAMS: Readonly<Record<string, readonly Exam[]>> = {
  creating: CREATING,
  changing: CHANGING,
  commenting: COMMENTING,
  reading: READING,
  listing: LISTING,
  failing: FAILING,
};

const NAMES: ReadonlySet<string> = new Set(Object.values(EXAMS).flatMap((exams) => exams.map(({ name }) => name)));

export interface SuiteOptions {
  readonly skip: readonly Skip[];
  /** False only where switches make the tracker weaker than it is. */
  readonly fullStrength: boolean;
}

/** `setup` opens a fresh stage for every test. */
export function trackerSuite(name: string, setup: () => Promise<Stage>, options: SuiteOptions): void {
  describe(name, () => {
    const open: Stage[] = [];
    const stage = async (): Promise<Stage> => {
      const opened = await setup();
      open.push(opened);
      return opened;
    };
    afterEach(async () => {
      for (const opened of open.splice(0)) await opened.end();
    });

    it("answers with the capabilities that it must have", async () => {
      const { system, capabilities } = (await stage()).tracker;
      if (options.fullStrength) expect(shortfalls(REQUIRED_CAPABILITIES[system], capabilities)).toEqual([]);
    });

    it("skips only what a missing flag excuses", async () => {
      const { capabilities } = (await stage()).tracker;
      for (const { flag, reason, tests } of options.skip) {
        expect(reason.length).toBeGreaterThan(10);
        if (flag !== "project") expect([false, "workflow"]).toContain(capabilities[flag]);
        for (const test of tests) expect(NAMES).toContain(test);
      }
    });

    for (const [part, exams] of Object.entries(EXAMS)) {
      describe(part, () => {
        for (const exam of exams) {
          const skipped = options.skip.find(({ tests }) => tests.includes(exam.name));
          it.skipIf(skipped !== undefined)(skipped ? `${exam.name} (${skipped.flag}: ${skipped.reason})` : exam.name, async () => exam.run(await stage()));
        }
      });
    }
  });
}
