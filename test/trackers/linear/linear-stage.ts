/** A Linear tracker on its emulator, with credentials and switches to get wrong. */

import type { MarkdownParser } from "../../../src/core/spec/markdown-parser.ts";
import { loadParser } from "../../../src/io/parse-markdown.ts";
import { silentLog } from "../../../src/io/log.ts";
import { STORE_URL } from "../../../src/trackers/linear/linear-base.ts";
import { openLinearTracker } from "../../../src/trackers/linear/linear-tracker.ts";
import type { RemoteOptions } from "../../../src/trackers/remote-options.ts";
import type { Tracker } from "../../../src/trackers/tracker.ts";
import { emulatedStage, skippingClock } from "../../conformance/emulated-stage.ts";
import type { Stage } from "../../conformance/stage.ts";
import { startLinearEmulator, type LinearEmulator, type LinearEmulatorOptions } from "../../emulators/linear/linear-emulator.ts";

let parser: MarkdownParser | null = null;

export interface Given {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly target?: Partial<RemoteOptions["target"]>;
}

export async function optionsFor(emulator: LinearEmulator, { env, target }: Given = {}): Promise<RemoteOptions> {
  parser ??= await loadParser();
  return {
    target: { name: "engineering", system: "linear", project: emulator.project, baseUrl: emulator.url, envPrefix: "", public: false, ...target },
    // A fault that never answers is waited for in real time.
    env: { CANON_REQUEST_TIMEOUT: "4", ...emulator.credentials, ...env },
    parser,
    clock: skippingClock(emulator.clock),
    log: silentLog,
  };
}

export interface LinearStage extends Stage {
  readonly emulator: LinearEmulator;
  /** As another process would open it. */
  again(): Promise<Tracker>;
}

export async function linearStage(options: LinearEmulatorOptions = {}, given: Given = {}): Promise<LinearStage> {
  const emulator = await startLinearEmulator(options);
  const tracker = await openLinearTracker(await optionsFor(emulator, given));
  const stage = emulatedStage(emulator, tracker, {
    missing: "ENG-9999",
    inbox: { labelled: (name) => JSON.stringify({ labels: { some: { name: { eq: name } } } }), wrong: "label:triage" },
  });
  const seen: Stage["seen"] = async (key) => {
    const { comments, links } = emulator.people.show(key);
    // People see where Canon keeps its base, as a link named Canon; the exam counts those that were asked for.
    return { comments: comments.length, links: links.filter((url) => !url.includes(STORE_URL)).length };
  };
  return { ...stage, seen, emulator, again: async () => openLinearTracker(await optionsFor(emulator, given)) };
}
