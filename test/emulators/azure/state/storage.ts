/** What programs keep on work items: hyperlinks, by how their addresses begin. */

import type { EmulatedStorage } from "../../kit/emulated-storage.ts";
import { ROBIN } from "./identity.ts";
import { newest, type WorkItem } from "./work-item.ts";
import type { AzureWorld } from "./world.ts";

export function azureStorage(world: AzureWorld): EmulatedStorage {
  const find = (key: string): WorkItem => {
    const item = world.items.get(Number(key));
    if (item === undefined) throw new Error(`there is no work item ${key}`);
    return item;
  };
  const linksTo = (key: string, address: string): readonly string[] =>
    newest(find(key)).resources.flatMap(({ rel, url }) => (rel === "Hyperlink" && url.startsWith(address) ? [url] : []));
  return {
    text: (key) => String(newest(find(key)).fields["System.Description"] ?? ""),
    stored: (key, name) => linksTo(key, name),
    lose: (key, name) => {
      const gone = new Set(linksTo(key, name));
      world.write(find(key), { resources: newest(find(key)).resources.filter(({ url }) => !gone.has(url)) }, ROBIN);
    },
  };
}
