/** Why Jira made no ticket of a draft, in its words, and which key of the configuration answers it. */

import { TrackerError } from "../tracker-error.ts";
import type { Draft } from "../tracker.ts";
import { elementError, shown } from "./jira-error-client.ts";
import type { JiraType } from "./jira-project.ts";
import type { JiraSession } from "./jira-session.ts";
import type { WireCreated, WireField } from "./jira-wire.ts";
import { wordsOfJson, type JiraWords } from "./jira-words.ts";

/** Fields that a draft fills itself: what is wrong with them, create_fields cannot mend. */
const OURS: ReadonlySet<string> = new Set(["project", "issuetype", "summary", "description", "labels", "parent"]);

type WireFailure = NonNullable<WireCreated["errors"]>[number];

export async function createRefusal(session: JiraSession, type: JiraType, { title }: Draft, failure: WireFailure): Promise<TrackerError> {
  const words: JiraWords = wordsOfJson(failure.elementErrors) ?? { messages: [], fields: new Map<string, string>() };
  const strange = [...words.fields.keys()].filter((field) => !OURS.has(field));
  const named = strange.length === 0 ? [] : await formOf(session, type);
  const nameOf = (id: string): string => named.find(({ fieldId }) => fieldId === id)?.name ?? id;
  const told: JiraWords = { messages: words.messages, fields: new Map([...words.fields].map(([id, problem]) => [nameOf(id), problem])) };
  return elementError(`"${shown(title)}" was not created in ${session.key}`, failure.status ?? 400, told, hintFor(words, strange.map(nameOf)));
}

function hintFor(words: JiraWords, strange: readonly string[]): string {
  if (strange.length > 0) return `Set create_fields: { ${strange.map((name) => `${name}: …`).join(", ")} } in this target.`;
  if (words.fields.has("parent")) return "Check that the parent exists and that its type may have such tickets below it (canon target check).";
  if (words.fields.has("project")) return "The account needs the permission Create issues in this project.";
  return "Change what Jira names, and run the command again.";
}

/** Only for the name: where it cannot be had, the id must do. */
async function formOf({ project }: JiraSession, type: JiraType): Promise<readonly WireField[]> {
  try {
    return await project.form(type.id);
  } catch (error) {
    if (error instanceof TrackerError) return [];
    throw error;
  }
}
