/** Compiled sections → items: fields, token and hash of everything that should be in a tracker. */

import { printAddress } from "../address.ts";
import { fingerprintOf } from "../fingerprint.ts";
import type { Address } from "../model/address.ts";
import type { TargetConfig } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Item, ItemFields } from "../model/item.ts";
import type { Section } from "../model/section.ts";
import { bodyDigest } from "../spec/body.ts";
import { withoutControls } from "../text/terminal-text.ts";
import type { CompiledSection, CompiledSpec } from "./compile-spec.ts";
import { placeType, type Nesting } from "./nesting.ts";
import { createToken } from "./token.ts";

/** What compiling must know of a target that has been asked. */
export interface TargetShape {
  readonly identity: string;
  /** null: its tickets have none, whatever `hierarchy` calls the depths. */
  readonly types: readonly string[] | null;
  /** Those that serve depths, from the largest to the smallest. */
  readonly typeOrder: readonly string[];
  readonly nesting: Nesting;
  /** The label that stands for a blocked section where the project has no such status; null where it has one. */
  readonly blockedLabel: string | null;
  readonly titleLimit: number;
  readonly bodyLimit: number;
}

export interface CompiledItem extends Item {
  /** Its address as text: made once, because plans, maps and journals name it by that. */
  readonly addressText: string;
  readonly spec: CompiledSpec;
  readonly entry: CompiledSection;
}

export interface Compilation {
  readonly items: readonly CompiledItem[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The label that marks managed tickets. */
const MARK = "canon";

/** Sections of targets that `shapeOf` does not know (not asked, not reachable) are left out. */
export function compileItems(spec: CompiledSpec, workspace: string, shapeOf: (target: TargetConfig) => TargetShape | null): Compilation {
  const items = new Map<number, CompiledItem>();
  const diagnostics: Diagnostic[] = [];
  // Canon's own mark is on every ticket, and no tracker shows it among the labels of people.
  const labels = [...new Set(spec.doc.frontMatter.tags)].filter((tag) => tag.toLowerCase() !== MARK).sort();
  for (const entry of spec.sections) {
    const shape = entry.target && entry.reason === null ? shapeOf(entry.target) : null;
    if (!shape || !entry.target) continue;
    const { type, parent } = place(spec, entry, shape, items, diagnostics);
    const tooLong = lengthWarning(spec, entry, shape);
    if (tooLong) diagnostics.push(tooLong);
    if (entry.foreignParent >= 0) diagnostics.push(foreignNotice(spec, entry));
    const address: Address = { path: spec.doc.path, id: entry.section.id };
    // The old ticket keeps its token, so what takes its place must not be found by it, nor refused because of it.
    const generation = entry.section.generation + (entry.left ? 1 : 0);
    const fields = fieldsOf(spec, entry, { labels: labelsOf(entry, labels, shape), type, parent, title: titleOf(spec, entry, shape, diagnostics) });
    items.set(entry.section.index, {
      spec,
      entry,
      address,
      addressText: printAddress(address),
      line: entry.section.heading?.line ?? 1,
      depth: entry.section.depth,
      target: entry.target.name,
      key: entry.left ? null : (entry.section.ticket?.key ?? null),
      generation,
      token: createToken(workspace, shape.identity, address, generation),
      fields,
      hash: itemHash(entry.target.name, fields),
      sections: entry.body,
    });
  }
  return { items: [...items.values()], diagnostics };
}

function fieldsOf(
  spec: CompiledSpec,
  { section, status, criteria, body }: CompiledSection,
  { title, type, parent, labels }: Pick<ItemFields, "title" | "type" | "parent" | "labels">,
): ItemFields {
  // Nobody has said anything of a section that has a ticket and no status: then the ticket's counts.
  const isUnsaid = section.ticket !== null && !namesStatus(spec, section);
  return { title, type, parent, status: isUnsaid ? null : status, labels, criteria, body: bodyDigest(spec.doc, body) };
}

/**
 * The same item without the status that it would have by default: it was found to have a ticket. Its hash stays that of
 * the section, or a plan that was saved before the ticket was there would not know it again.
 */
export function withTicketStatus<T extends CompiledItem>(item: T): T {
  if (item.fields.status === null || namesStatus(item.spec, item.entry.section)) return item;
  return { ...item, fields: { ...item.fields, status: null } };
}

function namesStatus({ doc }: CompiledSpec, { status }: Section): boolean {
  return (status ?? doc.frontMatter.status) !== null;
}

/** The same list for all sections of a spec: few of them are blocked. */
function labelsOf({ status }: CompiledSection, tags: readonly string[], { blockedLabel }: TargetShape): readonly string[] {
  if (status !== "blocked" || blockedLabel === null) return tags;
  return [...new Set([...tags, blockedLabel])].sort();
}

/** Markers are not part of it, so writing them makes no plan stale; the status is, because people edit it. */
function itemHash(target: string, fields: ItemFields): string {
  return fingerprintOf([
    target,
    fields.title,
    fields.type ?? "",
    fields.parent ? printAddress(fields.parent) : "",
    fields.status ?? "",
    JSON.stringify(fields.labels),
    JSON.stringify(fields.criteria.map(({ text, checked }) => [text, checked])),
    fields.body.whole,
  ]);
}

interface Place {
  readonly type: string | null;
  readonly parent: Address | null;
}

/** Below the nearest enclosing item that takes anything, as the type it takes; alone where none does. */
function place(spec: CompiledSpec, entry: CompiledSection, shape: TargetShape, placed: ReadonlyMap<number, CompiledItem>, diagnostics: Diagnostic[]): Place {
  const wanted = entry.type;
  const itemOf = ({ section }: CompiledSection): CompiledItem | undefined => placed.get(section.index);
  const above = spec.sections[entry.parent];
  const parentAddress = (above && itemOf(above)?.address) ?? null;
  if (shape.types === null) return { type: null, parent: parentAddress };
  if (wanted === null || shape.types.length === 0) return { type: wanted, parent: parentAddress };
  // A type that the project lacks is an error of its own: where it would stand is nothing to tell besides.
  const tell = shape.types.includes(wanted) ? (notice: Diagnostic): void => void diagnostics.push(notice) : (): void => undefined;
  for (let parent = above; parent; parent = spec.sections[parent.parent]) {
    const placement = placeType(wanted, itemOf(parent)?.fields.type ?? "", shape.nesting, shape.typeOrder);
    if (!placement.nested) continue;
    if (placement.type !== wanted || parent !== above)
      tell(
        nestingNotice(
          spec,
          entry,
          `below ${(above && itemOf(above)?.fields.type) ?? "its parent"}`,
          `becomes ${placement.type} below "${parent.section.name}"`,
        ),
      );
    return { type: placement.type, parent: itemOf(parent)?.address ?? null };
  }
  const { type } = placeType(wanted, null, shape.nesting, shape.typeOrder);
  if (type !== wanted || above)
    tell(nestingNotice(spec, entry, above ? `below ${itemOf(above)?.fields.type ?? "its parent"}` : "on its own", `becomes ${type} without a parent`));
  return { type, parent: null };
}

function foreignNotice(spec: CompiledSpec, entry: CompiledSection): Diagnostic {
  const above = spec.sections[entry.foreignParent];
  const where = above?.target?.name ?? "another target";
  return {
    code: "parent-elsewhere",
    severity: "notice",
    place: { path: spec.doc.path, line: entry.section.heading?.line ?? 1 },
    message: `"${entry.section.name}" is not nested below "${above?.section.name ?? ""}", whose ticket is in ${where}.${above?.target?.system === "local" ? "" : " It gets a link to it."}`,
  };
}

function nestingNotice(spec: CompiledSpec, entry: CompiledSection, where: string, instead: string): Diagnostic {
  return {
    code: "nesting-refused",
    severity: "notice",
    place: { path: spec.doc.path, line: entry.section.heading?.line ?? 1 },
    message: `${entry.target?.name ?? "The target"} takes no ${entry.type ?? "ticket"} ${where}: "${entry.section.name}" ${instead}.`,
  };
}

/** Characters of a body as it stands in the spec. */
export function sourceLength({ doc }: CompiledSpec, body: readonly number[]): number {
  return body.reduce((sum, index) => sum + (doc.sections[index]?.blocks.reduce((all, { start, end }) => all + end - start, 0) ?? 0), 0);
}

/** By its source, because rendering waits; what grows beyond the limit only in the tracker's form is told where it is to be sent. */
function lengthWarning(spec: CompiledSpec, { section, body, target }: CompiledSection, { bodyLimit }: TargetShape): Diagnostic | null {
  const { doc } = spec;
  const length = sourceLength(spec, body);
  if (length <= bodyLimit) return null;
  return {
    code: "body-too-long",
    severity: "warning",
    place: { path: doc.path, line: section.heading?.line ?? 1 },
    message: `The text has about ${length} characters; ${target?.name ?? "the target"} takes ${bodyLimit}, so it will not be sent.`,
  };
}

function titleOf(spec: CompiledSpec, entry: CompiledSection, shape: TargetShape, diagnostics: Diagnostic[]): string {
  // What acts on a terminal stays in the spec; no tracker has a use for it.
  const title = withoutControls(entry.section.name || entry.section.title) || "Untitled";
  if (title.length <= shape.titleLimit) return title;
  diagnostics.push({
    code: "title-cut",
    severity: "warning",
    place: { path: spec.doc.path, line: entry.section.heading?.line ?? 1 },
    message: `The title has ${title.length} characters; ${entry.target?.name ?? "the target"} takes ${shape.titleLimit}, the rest is cut.`,
  });
  // A cut between the halves of a surrogate pair would leave an invalid character behind.
  const cut = title
    .slice(0, shape.titleLimit - 1)
    .replace(/[\uD800-\uDBFF]$/, "")
    .trimEnd();
  return `${cut}…`;
}
