/** The text of a new canon.config.yaml: commented for the person who will edit it, and valid as it stands. */

import type { SectionRule } from "../model/config.ts";
import type { System } from "../model/system.ts";
import { SYSTEMS } from "../model/system.ts";

/** What `canon init` asks. */
export interface NewConfig {
  readonly id: string;
  readonly include: readonly string[];
  readonly sections: SectionRule;
  readonly system: System;
  readonly project: string;
}

const CREDENTIALS: Readonly<Record<System, string>> = {
  jira: "JIRA_HOST, JIRA_EMAIL and JIRA_API_TOKEN",
  linear: "LINEAR_API_KEY",
  github: "GITHUB_TOKEN, or a logged-in gh,",
  azure: "AZURE_DEVOPS_ORG_URL and AZURE_DEVOPS_PAT",
  local: "",
};

const STATUS_NAMES: Readonly<Record<System, string>> = {
  jira: '{ todo: "Open", in_progress: "In Development", done: "Closed" }',
  linear: '{ todo: "Todo", in_progress: "In Progress", done: "Done" }',
  github: '{ todo: "open", done: "closed" }',
  azure: '{ todo: "New", in_progress: "Active", done: "Closed" }',
  local: '{ todo: "Ready", in_progress: "Doing", done: "Done" }',
};

/** Law: `parseConfig` reads it without a diagnostic and gives back what was put in. */
export function printConfig(config: NewConfig): string {
  const { id, include, sections, system, project } = config;
  return `# Canon: specs are the source of truth, tickets follow.
# Every key and what it means: canon schema

# Names this workspace on the tickets it makes. Never change it.
id: ${scalar(id)}

specs:
  # Which files are specs, relative to this file.
  include: [${include.map((glob) => JSON.stringify(glob)).join(", ")}]
  # Which headings become tickets:
  #   all       every ## to ####, but not titles such as Overview or Glossary
  #   marked    only those chosen with: canon track ADDRESS
  #   numbered  those with a number, such as "3.1 Key generation"
  #   criteria  those with a task list
  # What that comes to, offline: canon list
  sections: ${sections}

# Where the tickets are.
sync:
  system: ${system} # ${SYSTEMS.join(" | ")}
  project: ${scalar(project)}
${credentialNote(system)}  # The tracker's own names for the states, where they differ:
  # status_map: ${STATUS_NAMES[system]}
  # Types by heading level, where the usual ones do not fit:
  # hierarchy: { 2: "Epic", 3: "Story", 4: "Sub-task" }
`;
}

function credentialNote(system: System): string {
  return system === "local" ? "" : `  # Credentials never stand here: Canon reads ${CREDENTIALS[system]} from the environment.\n`;
}

/** Plain where YAML cannot mistake it for anything but text. A JSON string is a YAML string. */
function scalar(text: string): string {
  const plain = /^[A-Za-z][\w./-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|nan|inf)$/i.test(text);
  return plain ? text : JSON.stringify(text);
}
