/** What Linear would refuse anyway, refused before anything is sent: one bad element would take its whole batch with it. */

import type { TrackerError } from "../tracker-error.ts";
import type { LinearClient } from "./linear-client.ts";
import { stateNamed, type LinearProject } from "./linear-project.ts";
import type { WireState } from "./linear-wire.ts";

export const TITLE_LIMIT = 255;
/** Characters of a description as it is sent. */
export const BODY_LIMIT = 100_000;

interface Content {
  readonly title?: string;
  readonly body?: string;
  readonly type?: string | null;
}

/** null where nothing speaks against it. */
export function refusalOf(client: LinearClient, { title, body, type }: Content): TrackerError | null {
  if (title !== undefined && title.trim() === "") return client.error("invalid", "a ticket needs a title.", "Give the heading some words.");
  if (title !== undefined && [...title].length > TITLE_LIMIT)
    return client.error(
      "invalid",
      `the title is ${[...title].length} characters long, and ${TITLE_LIMIT} is the most: "${title.slice(0, 40)}…".`,
      "Shorten the heading.",
    );
  if (body !== undefined && body.length > BODY_LIMIT)
    return client.error("invalid", `the text is ${body.length} characters long, and ${BODY_LIMIT} is the most.`, "Split the section.");
  if (type !== undefined && type !== null)
    return client.error(
      "invalid",
      `tickets of Linear have no type, so none can be of type ${type}.`,
      "Leave hierarchy out of this target: depth becomes plain nesting.",
    );
  return null;
}

/** The state of this name in the team's workflow. */
export function stateFor(client: LinearClient, project: LinearProject, name: string): WireState | TrackerError {
  const names = project.states.map((state) => state.name).join(", ");
  return (
    stateNamed(project, name) ??
    client.error("invalid", `team ${project.team.key} has no status ${name}.`, `There are ${names}: set status_map of this target.`)
  );
}
