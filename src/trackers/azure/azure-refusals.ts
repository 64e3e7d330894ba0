/** What Azure's refusals mean, told by its exceptions' names, and what a person can do about them. */

import type { HttpAnswer } from "../../io/http/rate-rules.ts";
import { kindOfStatus } from "../../io/http/remote-error.ts";
import type { TrackerErrorKind } from "../tracker-error.ts";
import type { WireRefusal } from "./azure-wire.ts";

export const SIGN_IN = "The personal access token is not accepted: Azure answered with its sign-in page.";

/** A refusal at the door has no exception, at most a line of text. */
export function notAccepted({ headers, text }: HttpAnswer): string {
  const words = headers.get("content-type")?.startsWith("text/plain") === true ? text.trim() : "";
  return words === "" ? "The personal access token is not accepted." : `The personal access token is not accepted: ${words}`;
}

export function kindOfRefusal(status: number, refusal: WireRefusal | null, writes: boolean): TrackerErrorKind {
  // A token without the scope answers 401 as a wrong one does, with this exception (TF400813).
  if (status === 401 && refusal?.typeKey === "UnauthorizedRequestException") return "forbidden";
  return kindOfStatus(status, writes);
}

/** The vendor's own words; where a rule of the process refuses fields, all of them. */
export function wordsOf({ message, customProperties }: WireRefusal): { readonly words: string; readonly hint: string | null } {
  const broken = customProperties?.RuleValidationErrors ?? [];
  // Fields that Canon fills are not for the configuration to set.
  const missing = broken.filter(
    ({ fieldReferenceName: name, fieldStatusFlags: flags }) => !OWN_FIELDS.has(name) && /required/i.test(flags ?? "") && /empty/i.test(flags ?? ""),
  );
  const words =
    broken.length === 0 ? message : [...new Set(broken.map(({ errorMessage, fieldReferenceName }) => errorMessage ?? fieldReferenceName))].join(" ");
  if (missing.length === 0) return { words, hint: null };
  const names = missing.map(({ fieldReferenceName }) => fieldReferenceName);
  const fields = names.map((name) => `${JSON.stringify(name)}: …`).join(", ");
  return {
    words: `${words} (${names.join(", ")})`,
    hint: `This project demands ${names.length === 1 ? "a field" : "fields"} that Canon does not fill: set create_fields: { ${fields} } in the target.`,
  };
}

const OWN_FIELDS: ReadonlySet<string> = new Set(["System.Title", "System.State", "System.Description", "System.Tags", "System.WorkItemType"]);

export function hintFor(kind: TrackerErrorKind, variable: string): string {
  switch (kind) {
    case "auth":
      return `Check ${variable}: make a new personal access token in Azure DevOps (User settings, Personal access tokens) for this organisation if it has expired or was revoked.`;
    case "forbidden":
      return `The token in ${variable} needs the scope Work Items (Read & write), and its account "Edit work items in this node" for the project's area.`;
    case "not-found":
      return "It was deleted, or the account may not see it: check the permissions of its area path.";
    case "conflict":
      return "Somebody changed it meanwhile: run the command again.";
    case "invalid":
      return "Change what Azure refuses, then run the command again.";
    case "rate-limited":
      return "Azure limits the load of each user, whatever the program: run the command again then.";
    case "unavailable":
    case "unknown-outcome":
      return "Run the command again; status.dev.azure.com tells of trouble on Azure's side.";
  }
}
