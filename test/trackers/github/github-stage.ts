/** The GitHub tracker on its emulator, as the exam and the other tests of this folder want it. */

import { loadRemark } from "../../../src/io/remark-parser.ts";
import { silentLog } from "../../../src/io/log.ts";
import { openGithubTracker } from "../../../src/trackers/github/github-tracker.ts";
import type { RemoteOptions } from "../../../src/trackers/remote-options.ts";
import type { Outcome, Tracker } from "../../../src/trackers/tracker.ts";
import { emulatedStage, skippingClock } from "../../conformance/emulated-stage.ts";
import type { Stage } from "../../conformance/stage.ts";
import { startGithubEmulator } from "../../emulators/github/github-emulator.ts";
import type { GithubEmulator, GithubEmulatorOptions } from "../../emulators/github/github-emulator.ts";

export const MISSING = "acme/payments#99999";

/** What opening the tracker takes; `given` wins. */
export function optionsFor(
  emulator: GithubEmulator,
  given: Partial<RemoteOptions["target"]> = {},
  env: RemoteOptions["env"] = emulator.credentials,
): RemoteOptions {
  return {
    target: { name: "oss", system: "github", project: emulator.project, baseUrl: emulator.url, envPrefix: "", public: true, ...given },
    env: { CANON_REQUEST_TIMEOUT: "4", ...env },
    parser: loadRemark(),
    clock: skippingClock(emulator.clock),
    log: silentLog,
  };
}

export interface GithubStage extends Stage {
  readonly emulator: GithubEmulator;
}

/** `types`: the target gives types to depths, so they count. */
export async function githubStage(options: GithubEmulatorOptions & { readonly usesTypes?: boolean } = {}): Promise<GithubStage> {
  // Whoever transfers keeps the ids here, because the exam asks for them; the other reading has a test of its own.
  const emulator = await startGithubEmulator({ transferKeepsId: true, ...options });
  const hierarchy = options.usesTypes === true ? new Map([[2, "Feature"]]) : null;
  const tracker = waiting(await openGithubTracker(optionsFor(emulator, { hierarchy })), emulator);
  const inbox = { labelled: (label: string) => `label:${label}`, wrong: "label:triage created:yesterday-ish" };
  const stage = emulatedStage({ ...emulator, account: "dana-agent" }, tracker, { missing: MISSING, inbox });
  return {
    ...stage,
    emulator,
    person: { ...stage.person, name: "robin-ito" },
    seen: async (key) => {
      // GitHub has no links: ours are comments that say so.
      const { comments } = emulator.people.show(key);
      const links = comments.filter((comment) => comment.includes("<!-- canon:link:"));
      return { comments: comments.length - links.length, links: links.length };
    },
  };
}

/** Limits are waited out and what was turned away is sent again, as the operations do: eighty creations a minute end many a test. */
function waiting(tracker: Tracker, emulator: GithubEmulator): Tracker {
  return {
    ...tracker,
    create: async (drafts) => {
      const outcomes: Outcome[] = [...(await tracker.create(drafts))];
      const seconds = Math.max(0, ...outcomes.map((outcome) => (outcome.state === "unsent" ? (outcome.error.retryAfter ?? 0) : 0)));
      const late = outcomes.flatMap((outcome, at) => (outcome.state === "unsent" && outcome.error.kind === "rate-limited" && seconds > 5 ? [at] : []));
      if (late.length === 0) return outcomes;
      emulator.clock.advance(seconds * 1_000);
      const again = await tracker.create(late.flatMap((at) => drafts[at] ?? []));
      late.forEach((at, index) => {
        const outcome = again[index];
        if (outcome) outcomes[at] = outcome;
      });
      return outcomes;
    },
  };
}
