/** An Azure tracker on its emulator, with credentials and switches to get wrong. */

import type { MarkdownParser } from "../../../src/core/spec/markdown-parser.ts";
import { loadParser } from "../../../src/io/parse-markdown.ts";
import { silentLog } from "../../../src/io/log.ts";
import { openAzureTracker } from "../../../src/trackers/azure/azure-tracker.ts";
import type { RemoteOptions } from "../../../src/trackers/remote-options.ts";
import type { Tracker } from "../../../src/trackers/tracker.ts";
import { emulatedStage, skippingClock } from "../../conformance/emulated-stage.ts";
import type { Stage } from "../../conformance/stage.ts";
import { startAzureEmulator, type AzureEmulator } from "../../emulators/azure/azure-emulator.ts";
import type { AzureEmulatorOptions } from "../../emulators/azure/azure-options.ts";

let parser: MarkdownParser | null = null;

export interface Given {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly target?: Partial<RemoteOptions["target"]>;
}

export async function optionsFor(emulator: AzureEmulator, { env, target }: Given = {}): Promise<RemoteOptions> {
  parser ??= await loadParser();
  return {
    target: {
      name: "boards",
      system: "azure",
      project: `${emulator.organization}/${emulator.project}`,
      baseUrl: null,
      envPrefix: "",
      public: false,
      ...target,
    },
    // A fault that never answers is waited for in real time.
    env: { CANON_REQUEST_TIMEOUT: "1", ...emulator.credentials, ...env },
    parser,
    clock: skippingClock(emulator.clock),
    log: silentLog,
  };
}

export interface AzureStage extends Stage {
  readonly emulator: AzureEmulator;
  /** As another process would open it. */
  again(): Promise<Tracker>;
}

export async function azureStage(options: AzureEmulatorOptions = {}, given: Given = {}): Promise<AzureStage> {
  const emulator = await startAzureEmulator(options);
  const tracker = await openAzureTracker(await optionsFor(emulator, given));
  const stage = emulatedStage(emulator, tracker, {
    missing: "999999",
    inbox: { labelled: (label) => `[System.Tags] CONTAINS '${label}'`, wrong: "label:triage" },
  });
  const seen: Stage["seen"] = async (key) => {
    const { comments, links } = emulator.people.show(key);
    // People see where Canon keeps its base, as a hyperlink; the exam counts those that were asked for.
    return { comments: comments.length, links: links.filter((link) => !link.includes("canon.invalid")).length };
  };
  return { ...stage, seen, emulator, again: async () => openAzureTracker(await optionsFor(emulator, given)) };
}
