/** The steps of a patch in Azure's own form (JSON Patch), and the few that Canon needs. */

import type { Base } from "../../core/model/base.ts";
import { htmlOf } from "./azure-body.ts";
import type { AzureClient } from "./azure-client.ts";
import { readStore, storeRelation, storeUrls, type LastChange } from "./azure-store.ts";
import { isMark, isMarked, joinTags, MARK, tagsOf } from "./azure-tags.ts";
import { utc } from "./azure-map.ts";
import { nameOf, type WireItem, type WireRelation } from "./azure-wire.ts";

export interface Operation {
  readonly op: "add" | "replace" | "remove" | "test";
  readonly path: string;
  readonly value?: unknown;
}

/** Compare and swap: the only guard that Azure has. */
export function testRev(rev: number): Operation {
  return { op: "test", path: "/rev", value: rev };
}

export function setField(name: string, value: unknown): Operation {
  // RFC 6901.
  return { op: "add", path: `/fields/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`, value };
}

/** [F] Without its format in the same patch a text becomes HTML. */
export function setBody(body: string): readonly Operation[] {
  const html = htmlOf(body);
  return [
    setField("System.Description", html ?? body),
    { op: "add", path: "/multilineFieldsFormat/System.Description", value: html === null ? "Markdown" : "Html" },
  ];
}

/** Put to those that are there (example PATCH taskId 9): nobody else's tag is sent. */
export function addTags(names: readonly string[]): readonly Operation[] {
  return names.length === 0 ? [] : [setField("System.Tags", joinTags(names))];
}

/** Tags can be taken away only by writing all that stay: under the guard of the revision that they were read in. `mark`: Canon's own, where it lacks. */
export function changeTags(
  item: WireItem,
  { add, remove }: { readonly add: readonly string[]; readonly remove: readonly string[] },
  mark: readonly string[],
): readonly Operation[] {
  const before = tagsOf(item.fields["System.Tags"]);
  const held = new Set(before.map(lower));
  const wanted = new Set(add.map(lower));
  const added = [...add.filter((tag) => !held.has(lower(tag)) && !isMark(tag)), ...mark];
  const gone = new Set(remove.filter((tag) => !isMark(tag) && !wanted.has(lower(tag))).map(lower));
  if (!before.some((tag) => gone.has(lower(tag)))) return addTags(added);
  const kept = [...before.filter((tag) => !gone.has(lower(tag))), ...added];
  return [{ op: "replace", path: "/fields/System.Tags", value: joinTags(kept) }];
}

function lower(tag: string): string {
  return tag.trim().toLowerCase();
}

export function addRelation(value: WireRelation): Operation {
  return { op: "add", path: "/relations/-", value };
}

export function addParent(client: AzureClient, parent: number): Operation {
  return addRelation({ rel: "System.LinkTypes.Hierarchy-Reverse", url: client.itemUrl(parent) });
}

/** From the last to the first: no removal then moves what another one means. */
export function removeRelations(indexes: readonly number[]): readonly Operation[] {
  return [...indexes].sort((a, b) => b - a).map((index) => ({ op: "remove", path: `/relations/${index}` }));
}

export interface BaseChange {
  readonly remove: readonly number[];
  readonly add: readonly Operation[];
  readonly mark: readonly string[];
}

/** The hyperlinks of a base in place of those before. `alone`: nothing that people see is written with it. */
export function changeBase(item: WireItem, base: Base, alone: boolean): BaseChange {
  const store = readStore(item);
  const mark = isMarked(item.fields["System.Tags"]) ? [] : [MARK];
  if (mark.length === 0 && JSON.stringify(store.base) === JSON.stringify(base)) return { remove: [], add: [], mark };
  const urls = storeUrls(store.token, base, item.rev + 1, alone ? lastChangeOf(item, store.lastChange) : null);
  return { remove: store.links.map(({ index }) => index), add: urls.map((url) => addRelation(storeRelation(url))), mark };
}

function lastChangeOf({ rev, fields }: WireItem, known: LastChange | null): LastChange {
  const next = rev + 1;
  if (known?.rev === rev) return { ...known, rev: next };
  return { rev: next, at: utc(fields["System.ChangedDate"]), by: nameOf(fields["System.ChangedBy"]) };
}
