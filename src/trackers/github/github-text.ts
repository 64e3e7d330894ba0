/** Checks of what is to be written, before anything is sent: GitHub would refuse it, or cut the hidden line off. */

import type { Base, BaseFields } from "../../core/model/base.ts";
import { refusal } from "./github-client.ts";
import { INITIAL_STATUS, GITHUB_STATUSES, statusNamed, type GithubStatus } from "./github-statuses.ts";
import type { TrackerError } from "../tracker-error.ts";
import { withLine } from "./github-line.ts";

export const TITLE_LIMIT = 256;
/** What GitHub takes, the hidden line included (FACTS.md, "Body"). */
export const TEXT_LIMIT = 65_536;
/**
 * What is left of it for people. A base of 24 KB (the most that core makes) packs into 23,700 characters where it is
 * fingerprints (measured); one of rarer words may need more, which `textProblem` tells before anything is sent.
 */
export const BODY_LIMIT = 40_000;

/** null: it fits. */
export function titleProblem(title: string): TrackerError | null {
  if (title.trim() === "") return refusal("invalid", "GitHub takes no issue without a title.");
  const { length } = title;
  if (length <= TITLE_LIMIT) return null;
  return refusal("invalid", `Its title has ${length} characters, GitHub takes ${TITLE_LIMIT}.`, "Shorten the heading.");
}

/** null: it fits. `native`: the hidden line that goes below it. */
export function textProblem(body: string, native: string | null): TrackerError | null {
  const { length } = withLine(body, native);
  if (length <= TEXT_LIMIT) return null;
  const parts = native === null ? "" : ` together with Canon's hidden line (${native.length})`;
  return refusal(
    "invalid",
    `Its text has ${body.length} characters, too many for the ${TEXT_LIMIT} that GitHub takes${parts}.`,
    "Split the section with headings that become tickets of their own.",
  );
}

/** The status of that name; an error that names those there are. */
export function findStatus(name: string | null): GithubStatus | TrackerError {
  const found = statusNamed(name ?? INITIAL_STATUS);
  return (
    found ??
    refusal(
      "invalid",
      `GitHub has no status ${name ?? ""}.`,
      `It has ${GITHUB_STATUSES.map((status) => status.name).join(", ")}: name one of them in status_map.`,
    )
  );
}

/** A base that says nothing of these: they are written by a later request, and the base that knows them travels with it. */
export function withoutFields(base: Base, fields: readonly (keyof BaseFields)[]): Base {
  const kept: BaseFields = Object.fromEntries(Object.entries(base.fields).filter(([field]) => !fields.some((one) => one === field)));
  return { ...base, fields: kept };
}
