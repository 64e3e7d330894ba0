/** Writes a tombstone at the end of the spec whose section is gone: anywhere in it means the same, and there it is between nothing. */

import { parseAddress } from "../../core/address.ts";
import { canonicalJson } from "../../core/canonical-json.ts";
import type { RemovedMarker } from "../../core/model/marker.ts";
import { printMarker } from "../../core/spec/print-marker.ts";
import { parseWithKeys } from "../parse-with-keys.ts";
import { readSpecs } from "../read-specs.ts";
import type { Workspace } from "../workspace.ts";

export type WrittenTombstone = { readonly ok: true; readonly path: string; readonly text: string } | { readonly ok: false; readonly why: string };

/** `address`: what the section had. */
export async function writeTombstone(address: string, marker: RemovedMarker, workspace: Workspace): Promise<WrittenTombstone> {
  const path = parseAddress(address)?.path ?? address;
  const line = printMarker(marker);
  const doc = (await readSpecs(workspace)).docs.find((one) => one.path === path);
  if (doc === undefined) return { ok: false, why: `${path} is gone: write ${line} into another spec.` };
  if (doc.removed.some((one) => one.system === marker.system && one.key === marker.key)) return { ok: true, path, text: doc.text };
  const eol = doc.text.includes("\r\n") ? "\r\n" : "\n";
  const text = `${doc.text}${gapAfter(doc.text, eol)}${line}${eol}`;
  const after = parseWithKeys(path, text, workspace);
  // Behind a fence or a comment that is never closed it would be text.
  const isRead = after.removed.length === doc.removed.length + 1;
  if (!isRead || canonicalJson(after.sections) !== canonicalJson(doc.sections))
    return { ok: false, why: `It cannot be written at the end of ${path}: write ${line} where the section was.` };
  return { ok: true, path, text };
}

/** What stands there stays, also blank lines too many. */
function gapAfter(text: string, eol: string): string {
  if (/\n\r?\n$/.test(text)) return "";
  return text.endsWith("\n") ? eol : eol + eol;
}
