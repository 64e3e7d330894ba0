/** `create_fields` in the vendor's own words: fields by name or id, values by what people call them, put in the form that each field wants. */

import { nearestWord } from "../../core/text/nearest-word.ts";
import { invalid, shown } from "./jira-error-client.ts";
import type { JiraType } from "./jira-project.ts";
import type { JiraSession } from "./jira-session.ts";
import type { WireField } from "./jira-wire.ts";

export async function extraFields(session: JiraSession, type: JiraType, extra: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>> {
  const entries = Object.entries(extra);
  if (entries.length === 0) return {};
  const form = await session.project.form(type.id);
  return Object.fromEntries(
    entries.map(([name, value]) => {
      const field = form.find(({ fieldId }) => fieldId === name) ?? form.find((one) => one.name.toLowerCase() === name.toLowerCase());
      if (field === undefined) throw noField(session, type, name, form);
      return [field.fieldId, valueFor(field, value, session.isCloud)];
    }),
  );
}

function noField(session: JiraSession, type: JiraType, name: string, form: readonly WireField[]): Error {
  const names = form.map((field) => field.name);
  const near = nearestWord(name, names);
  return invalid(
    `The form of ${session.key} for a new ${type.name} has no field ${shown(name)}, which create_fields names.`,
    `${near === null ? "" : `Did you mean ${near}? `}It has ${names.join(", ")}.`,
  );
}

/** Objects are taken as they stand: whoever writes one knows the form. */
export function valueFor({ schema }: Pick<WireField, "schema">, value: unknown, isCloud: boolean): unknown {
  if (schema.type !== "array") return single(schema.type, schema.custom, value, isCloud);
  const all = Array.isArray(value) ? value : [value];
  return all.map((one) => single(schema.items ?? "string", schema.custom, one, isCloud));
}

function single(type: string, custom: string | undefined, value: unknown, isCloud: boolean): unknown {
  if (typeof value !== "string") return value;
  switch (type) {
    case "component":
    case "version":
    case "priority":
    case "group":
    case "securitylevel":
      return { name: value };
    case "option":
      return { value };
    case "user":
      return isCloud ? { accountId: value } : { name: value };
    case "project":
      return { key: value };
    case "issuelink":
      return { key: value };
    default:
      // Texts of several lines are documents in the Cloud, also in fields of one's own.
      return isCloud && custom?.endsWith(":textarea") === true
        ? { type: "doc", version: 1, content: value === "" ? [] : [{ type: "paragraph", content: [{ type: "text", text: value }] }] }
        : value;
  }
}
