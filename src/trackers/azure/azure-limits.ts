/** What Canon refuses before anything is sent, because Azure would refuse or cut it. */

import type { TrackerError } from "../tracker-error.ts";
import type { AzureClient } from "./azure-client.ts";
import { wrongTag } from "./azure-tags.ts";

/** UTF-16 units. */
export const TITLE_LIMIT = 255;
/** Azure takes a million; nobody reads that much in a ticket. */
export const BODY_LIMIT = 100_000;

export function refusalOf(
  client: AzureClient,
  about: string,
  { body, labels }: { readonly body?: string | undefined; readonly labels: readonly string[] },
): TrackerError | null {
  if (body !== undefined && body.length > BODY_LIMIT)
    return client.error(
      "invalid",
      `${about}: its text has ${body.length} characters, Azure takes ${BODY_LIMIT}.`,
      "Split the section with headings that become tickets of their own.",
    );
  const tag = wrongTag(labels);
  if (tag !== null) return client.error("invalid", `${about}: "${tag}" cannot be a tag.`, "A tag of Azure has a name without commas and semicolons.");
  return null;
}
