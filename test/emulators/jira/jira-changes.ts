/** What Jira's history says of an edit: its own names of fields, with ids and with texts. */

import type { JiraChangeItem, JiraTicket } from "./jira-model.ts";
import { shownText } from "./jira-text.ts";
import type { JiraWorld } from "./jira-world.ts";

export function changeItems(world: JiraWorld, before: JiraTicket, after: JiraTicket): readonly JiraChangeItem[] {
  const items: JiraChangeItem[] = [];
  const add = (
    field: string,
    from: readonly [string | null, string | null],
    to: readonly [string | null, string | null],
    given: Partial<JiraChangeItem> = {},
  ): void => {
    const [, fromText] = from;
    const [, toText] = to;
    if (from[0] !== to[0] || fromText !== toText) items.push({ field, fieldId: field, custom: false, from: from[0], fromText, to: to[0], toText, ...given });
  };
  if (before.project.id !== after.project.id) add("project", [before.project.id, before.project.name], [after.project.id, after.project.name]);
  if (before.key !== after.key) add("Key", [null, before.key], [null, after.key], { fieldId: "" });
  add("issuetype", [before.type.id, before.type.name], [after.type.id, after.type.name]);
  add("summary", [null, before.summary], [null, after.summary]);
  const [described, describes] = [shownText(before.description), shownText(after.description)];
  // A change that the markup does not show (a smart link, an id) is a change all the same.
  if (JSON.stringify(before.description) !== JSON.stringify(after.description)) {
    items.push({ field: "description", fieldId: "description", custom: false, from: null, fromText: described || null, to: null, toText: describes || null });
  }
  add("labels", [null, before.labels.join(" ")], [null, after.labels.join(" ")]);
  const components = (ticket: JiraTicket): string => ticket.components.map(({ name }) => name).join(", ");
  add("Component", [null, components(before)], [null, components(after)], { fieldId: "components" });
  add("status", [before.status.id, before.status.name], [after.status.id, after.status.name]);
  add("resolution", [null, before.resolution], [null, after.resolution]);
  if (before.parent !== after.parent) {
    const isCloud = world.settings.flavour === "cloud";
    const [was, is] = [parentIn(world, before), parentIn(world, after)];
    if (isCloud) add("IssueParentAssociation", was, is, { fieldId: "" });
    else add("Epic Link", was, is, { fieldId: world.fields.epicLink, custom: true });
  }
  for (const [id, value] of after.custom) {
    const name = id === world.fields.epicName ? "Epic Name" : "Team Name";
    add(name, [null, before.custom.get(id) ?? null], [null, value], { fieldId: id, custom: true });
  }
  return items;
}

function parentIn(world: JiraWorld, { parent }: JiraTicket): readonly [string | null, string | null] {
  const found = parent === null ? null : world.find(parent);
  return [found?.id ?? null, found?.key ?? null];
}
