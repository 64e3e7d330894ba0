/** Opens the Jira tracker on an emulated Jira, Cloud or Data Center, with a clock that jumps and a person beside it. */

import type { MarkdownParser } from "../../../src/core/spec/markdown-parser.ts";
import { silentLog } from "../../../src/io/log.ts";
import { loadParser } from "../../../src/io/parse-markdown.ts";
import { openJiraTracker } from "../../../src/trackers/jira/jira-tracker.ts";
import type { RemoteOptions } from "../../../src/trackers/remote-options.ts";
import type { Tracker } from "../../../src/trackers/tracker.ts";
import { emulatedStage, skippingClock } from "../../conformance/emulated-stage.ts";
import type { Stage } from "../../conformance/stage.ts";
import { startJiraEmulator, type JiraEmulator } from "../../emulators/jira/jira-emulator.ts";
import type { JiraEmulatorOptions } from "../../emulators/jira/jira-options.ts";

export interface JiraStage extends Stage {
  readonly emulator: JiraEmulator;
  /** Another process would open it so. */
  again(given?: JiraGiven): Promise<Tracker>;
  options(given?: JiraGiven): RemoteOptions;
}

export interface JiraGiven {
  readonly env?: RemoteOptions["env"];
  readonly target?: Partial<RemoteOptions["target"]>;
}

let parser: MarkdownParser | undefined;

export async function jiraStage(given: JiraEmulatorOptions = {}, opening: JiraGiven = {}): Promise<JiraStage> {
  parser ??= await loadParser();
  const known = parser;
  const emulator = await startJiraEmulator(given);
  const options = ({ env, target }: JiraGiven = {}): RemoteOptions => ({
    target: { name: "engineering", system: "jira", project: emulator.project, baseUrl: null, envPrefix: "", public: false, ...target },
    env: { ...emulator.credentials, CANON_REQUEST_TIMEOUT: "4", ...env },
    parser: known,
    clock: skippingClock(emulator.clock),
    log: silentLog,
  });
  const again = async (more: JiraGiven = {}): Promise<Tracker> => openJiraTracker(options(more));
  const tracker = await again(opening);
  const stage = emulatedStage(emulator, tracker, {
    missing: `${emulator.project}-999999`,
    inbox: { labelled: (label) => `labels = ${label}`, wrong: "lable === triage" },
  });
  // People type words; the emulator's editor takes what that becomes.
  const create: Stage["person"]["create"] = (ticket) =>
    stage.person.create({ ...ticket, ...(ticket.body === undefined ? {} : { body: typed(ticket.body, given) }) });
  return { ...stage, person: { ...stage.person, create }, emulator, again, options };
}

function typed(text: string, { flavour }: JiraEmulatorOptions): string {
  if (flavour === "data-center" || text.startsWith("{")) return text;
  return JSON.stringify({ type: "doc", version: 1, content: [{ type: "paragraph", content: [{ type: "text", text }] }] });
}
