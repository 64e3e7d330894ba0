/** The exam that every code host passes: the same tests on the git forge, and on GitHub's emulator. */

import { afterEach, describe, expect, it } from "vitest";
import { ANSWERING } from "./answering.ts";
import { COMMITTING } from "./committing.ts";
import { MEETING } from "./meeting.ts";
import { MERGING } from "./merging.ts";
import { PULL_REQUESTS } from "./pull-requests.ts";
import { READING_FILES } from "./reading-files.ts";
import type { ForgeExam, ForgeStage } from "./stage.ts";
import { TALKING } from "./talking.ts";

const EXAMS: Readonly<Record<string, readonly ForgeExam[]>> = {
  "files and history": READING_FILES,
  commits: COMMITTING,
  "pull requests": PULL_REQUESTS,
  "what merging would make": MERGING,
  "comments and threads": TALKING,
  "checks, permissions and errors": ANSWERING,
  "two at once": MEETING,
};

/** A test left out, and why the host excuses it. */
export interface ForgeSkip {
  readonly test: string;
  readonly reason: string;
}

/** `setup` opens a fresh stage for every test. */
export function forgeSuite(name: string, setup: () => Promise<ForgeStage>, skips: readonly ForgeSkip[] = []): void {
  describe(name, () => {
    const open: ForgeStage[] = [];
    afterEach(async () => {
      for (const stage of open.splice(0)) await stage.end();
    });

    it("skips only tests that there are, with a reason", () => {
      const names = Object.values(EXAMS).flatMap((exams) => exams.map((exam) => exam.name));
      expect(new Set(names).size).toBe(names.length);
      for (const { test, reason } of skips) {
        expect(names).toContain(test);
        expect(reason.length).toBeGreaterThan(10);
      }
    });

    for (const [part, exams] of Object.entries(EXAMS)) {
      describe(part, () => {
        for (const exam of exams) {
          const skip = skips.find(({ test }) => test === exam.name);
          it.skipIf(skip !== undefined)(skip ? `${exam.name} (${skip.reason})` : exam.name, async () => {
            const stage = await setup();
            open.push(stage);
            await exam.run(stage);
          });
        }
      });
    }
  });
}
