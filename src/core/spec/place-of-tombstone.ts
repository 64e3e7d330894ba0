/** Where a tombstone stands in its file: looked for only when there is something to tell about it. */

import type { Place } from "../model/diagnostic.ts";
import type { RemovedMarker } from "../model/marker.ts";
import type { SpecDocument } from "../model/spec-document.ts";
import { parseMarker } from "./parse-marker.ts";

export function placeOfTombstone({ path, text }: Pick<SpecDocument, "path" | "text">, { system, key, mode }: RemovedMarker): Place {
  const at = text.split(/\r\n|\r|\n/).findIndex((line) => {
    const reading = line.includes("canon:removed:") ? parseMarker(line) : null;
    const value = reading?.ok === true ? reading.value : null;
    return value?.kind === "removed" && value.system === system && value.key === key && value.mode === mode;
  });
  return at < 0 ? { path } : { path, line: at + 1 };
}
