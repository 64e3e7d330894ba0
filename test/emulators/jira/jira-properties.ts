/** Entity properties, and what Jira takes for one. */

import { asList, asObject, asText } from "../kit/json-value.ts";
import type { JiraProperties } from "./jira-model.ts";
import { JiraRefusal } from "./jira-refusal.ts";

const LONGEST_KEY = 255;
const LONGEST_VALUE = 32_768;

export function checkProperty(key: string, value: unknown): void {
  if (key === "" || key.length > LONGEST_KEY) throw new JiraRefusal(400, `The property key must have 1 to ${LONGEST_KEY} characters.`);
  if (value === undefined) throw new JiraRefusal(400, "The property value must be valid JSON.");
  if (JSON.stringify(value).length > LONGEST_VALUE)
    throw new JiraRefusal(400, `The property value is too long. The maximum length is ${LONGEST_VALUE} characters.`);
}

/** The `properties` of a create or an edit. */
export function checkProperties(list: unknown): JiraProperties {
  const properties = new Map<string, unknown>();
  for (const one of asList(list).map(asObject)) {
    const key = asText(one["key"]) ?? "";
    checkProperty(key, one["value"]);
    properties.set(key, one["value"]);
  }
  return properties;
}
