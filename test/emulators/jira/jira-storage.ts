/** What programs keep on tickets: entity properties, by their keys. */

import type { EmulatedStorage } from "../kit/emulated-storage.ts";
import type { JiraTicket } from "./jira-model.ts";
import type { JiraWorld } from "./jira-world.ts";

export function jiraStorage(world: JiraWorld): EmulatedStorage {
  const ticket = (key: string): JiraTicket => {
    const found = world.find(key);
    if (found === null) throw new Error(`there is no ticket ${key}`);
    return found;
  };
  return {
    text: (key) => {
      const { description } = ticket(key);
      return description === null ? "" : typeof description === "string" ? description : JSON.stringify(description);
    },
    stored: (key, name) => ticket(key).properties.get(name) ?? null,
    lose: (key, name) => {
      const before = ticket(key);
      const properties = new Map([...before.properties].filter(([one]) => one !== name));
      world.put({ ...before, properties }, world.robin, [], false);
    },
  };
}
