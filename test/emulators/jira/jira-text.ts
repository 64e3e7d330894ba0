/** Rich text at the door of the emulated Jira: ADF in the Cloud, wiki markup in Data Center. */

import { isObject } from "../kit/json-value.ts";
import { adfMarkup, adfText, mediaIn, rewriteAdf } from "./adf-document.ts";
import { adfProblem } from "./adf-schema.ts";
import type { JiraText } from "./jira-model.ts";
import { fieldRefusal, JiraRefusal } from "./jira-refusal.ts";
import type { JiraWorld } from "./jira-world.ts";

/** What a program sent for a text field that held `before`, as Jira keeps it. Refuses what Jira refuses. */
export function acceptText(world: JiraWorld, field: string, value: unknown, before: JiraText = null): JiraText {
  const { flavour, textLimit, textCounted, serverIds } = world.settings;
  if (value === null || value === undefined) return null;
  if (flavour === "data-center") {
    if (typeof value !== "string") throw fieldRefusal(field, "Operation value must be a string");
    checkLength(field, value.length, textLimit);
    return value.trimEnd() || null;
  }
  if (!isObject(value) || value["type"] !== "doc")
    throw fieldRefusal(field, "Operation value must be an Atlassian Document (see the Atlassian Document Format)");
  if (adfProblem(value) !== null) throw new JiraRefusal(400, "INVALID_INPUT");
  // A program cannot attach: media must be those that the text had.
  const known = new Set(mediaIn(before));
  if (mediaIn(value).some((id) => !known.has(id))) throw new JiraRefusal(400, "ATTACHMENT_VALIDATION_ERROR");
  checkLength(field, (textCounted === "document" ? JSON.stringify(value) : adfText(value)).length, textLimit);
  return rewriteAdf(value, { id: serverIds ? () => localId(world) : null, smartLinks: false });
}

/** What a person's editor makes of what they typed. */
export function editedText(world: JiraWorld, text: string): JiraText {
  // A form in a browser sends CRLF.
  if (world.settings.flavour === "data-center") return text.trimEnd().replaceAll(/\r?\n/g, "\r\n") || null;
  const document: unknown = text === "" ? { type: "doc", version: 1, content: [] } : JSON.parse(text);
  const problem = adfProblem(document);
  if (!isObject(document) || problem !== null) throw new Error(`a person's text is no ADF: ${problem}`);
  return rewriteAdf(document, { id: () => localId(world), smartLinks: world.settings.smartLinks });
}

/** As history and people see it. */
export function shownText(text: JiraText): string {
  return typeof text === "string" ? text : adfMarkup(text);
}

function checkLength(field: string, length: number, limit: number): void {
  if (length > limit) throw fieldRefusal(field, `The entered text is too long. It exceeds the allowed limit of ${limit.toLocaleString("en")} characters.`);
}

function localId(world: JiraWorld): string {
  return (world.nextLocalId() * 2_654_435_761).toString(16).padStart(12, "0").slice(-12);
}
