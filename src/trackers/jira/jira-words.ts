/** What Jira says when it refuses, out of the three forms in which it says so. */

import { array, nullish, object, optional, record, string, union, type ZodMiniType } from "zod/mini";

export interface JiraWords {
  readonly messages: readonly string[];
  /** By field. */
  readonly fields: ReadonlyMap<string, string>;
}

interface WireErrors {
  readonly errorMessages?: readonly string[] | null | undefined;
  /** Bulk operations list messages here, everything else names fields. */
  readonly errors?: Readonly<Record<string, string>> | readonly { readonly message?: string | undefined }[] | null | undefined;
  /** Gateways of the Cloud. */
  readonly message?: string | null | undefined;
}

const errorsSchema: ZodMiniType<WireErrors> = object({
  errorMessages: nullish(array(string())),
  errors: nullish(union([array(object({ message: optional(string()) })), record(string(), string())])),
  message: nullish(string()),
});

/** null where the text is nothing of that kind: a page of a gateway, half an answer. */
export function wordsOfText(text: string): JiraWords | null {
  try {
    return wordsOfJson(JSON.parse(text));
  } catch {
    return null;
  }
}

export function wordsOfJson(value: unknown): JiraWords | null {
  const parsed = errorsSchema.safeParse(value);
  if (!parsed.success) return null;
  const { errorMessages, errors, message } = parsed.data;
  const listed = isList(errors) ? errors.flatMap((error) => error.message ?? []) : [];
  const messages = [...(errorMessages ?? []), ...listed, ...(message ? [message] : [])];
  const fields = new Map(errors && !isList(errors) ? Object.entries(errors) : []);
  return messages.length + fields.size === 0 ? null : { messages, fields };
}

function isList(errors: WireErrors["errors"]): errors is readonly { readonly message?: string | undefined }[] {
  return Array.isArray(errors);
}
