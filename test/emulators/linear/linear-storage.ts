/** What programs keep on issues: the metadata of attachments, by their addresses. */

import type { EmulatedStorage } from "../kit/emulated-storage.ts";
import type { AttachmentState, IssueState } from "./linear-state.ts";
import { NOW, type LinearWorld } from "./linear-world.ts";
import type { LinearWrites } from "./linear-writes.ts";

export function linearStorage(world: LinearWorld, writes: LinearWrites): EmulatedStorage {
  const issue = (key: string): IssueState => {
    const found = world.issue(key, NOW);
    if (!found) throw new Error(`there is no issue ${key}`);
    return found;
  };
  const named = (key: string, name: string): AttachmentState | undefined => issue(key).attachments.find(({ url }) => url === name);
  return {
    text: (key) => issue(key).description ?? "",
    stored: (key, name) => named(key, name)?.metadata ?? null,
    lose: (key, name) => {
      const attachment = named(key, name);
      if (attachment) writes.replaceAttachment(issue(key), attachment, null);
    },
  };
}
