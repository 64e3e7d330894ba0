/** `canon track` and `canon skip`: writes into the specs which sections are tickets and which are not. */

import { addressMatcher, printAddress } from "../core/address.ts";
import type { Diagnostic } from "../core/model/diagnostic.ts";
import type { Section } from "../core/model/section.ts";
import type { SpecDocument } from "../core/model/spec-document.ts";
import type { SectionEdit } from "../core/spec/section-edit.ts";
import { takeLock } from "../io/lock.ts";
import { stateDirOf } from "../io/state.ts";
import { MarkerWriter } from "./apply/marker-writer.ts";
import { checkAddresses } from "./check-addresses.ts";
import { readSpecs } from "./read-specs.ts";
import type { Workspace } from "./workspace.ts";

export interface MarkReport {
  /** Addresses whose markers were written, and those that were so already. */
  readonly marked: readonly string[];
  readonly already: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** `track` writes a system marker, which selects a section whatever `specs.sections` says; `skip` takes it and all below it out. */
export async function markSections(workspace: Workspace, addresses: readonly string[], as: "track" | "skip"): Promise<MarkReport> {
  const lock = await takeLock(workspace.disk, await stateDirOf(workspace.disk, workspace.root), { command: `canon ${as}`, now: workspace.clock.now() });
  if (!lock.ok) return { marked: [], already: [], diagnostics: [{ code: "locked", severity: "error", message: lock.message, hint: lock.hint }] };
  try {
    return await writeMarks(workspace, addresses, as);
  } finally {
    await lock.lock.release();
  }
}

async function writeMarks(workspace: Workspace, addresses: readonly string[], as: "track" | "skip"): Promise<MarkReport> {
  const specs = await readSpecs(workspace);
  await checkAddresses(workspace, { addresses, exclude: [] }, specs);
  const { docs } = specs;
  const writer = new MarkerWriter(workspace, new Map(docs.map((doc) => [doc.path, doc] as const)));
  const marked: string[] = [];
  const already: string[] = [];
  const isAsked = addressMatcher(addresses);
  const problems: Diagnostic[] = specs.diagnostics.filter(({ place }) => place !== undefined && isAsked({ path: place.path, id: "" }));
  for (const doc of docs) {
    const chosen = sectionsOf(doc, addresses);
    const open = chosen.filter((section) => !isMarked(section, as) && !isRefused(section, doc, as));
    if (chosen.some((section) => isRefused(section, doc, as))) problems.push(...doc.diagnostics.filter(({ severity }) => severity === "error"));
    already.push(...chosen.filter((section) => isMarked(section, as)).map((section) => addressIn(doc, section)));
    const problem =
      open.length === 0
        ? null
        : await writer.edit(
            doc.path,
            open.map((section) => editFor(section, workspace, doc, as)),
          );
    if (problem === null) marked.push(...open.map((section) => addressIn(doc, section)));
    else problems.push({ code: "spec-not-written", severity: "error", place: { path: doc.path }, message: `The file ${problem}.` });
  }
  return { marked, already, diagnostics: problems };
}

function sectionsOf(doc: SpecDocument, addresses: readonly string[]): readonly Section[] {
  const matches = addressMatcher(addresses);
  return doc.sections.filter((section) => section.depth > 0 && !section.isCriteriaHeading && matches({ path: doc.path, id: section.id }));
}

/** Nothing is written into a file that is refused as a whole; a section that is stopped may still be skipped. */
function isRefused(section: Section, doc: SpecDocument, as: "track" | "skip"): boolean {
  return doc.sections[0]?.stopped === true || (as === "track" && section.stopped);
}

function isMarked(section: Section, as: "track" | "skip"): boolean {
  return section.markers.some(({ value }) => (as === "skip" ? value.kind === "skip" : value.kind === "system" || value.kind === "ticket"));
}

function editFor(section: Section, { config }: Workspace, { frontMatter }: SpecDocument, as: "track" | "skip"): SectionEdit {
  if (as === "skip") return { section: section.index, skip: true };
  const status = section.status ?? frontMatter.status ?? config.specs.defaultStatus ?? "draft";
  return { section: section.index, system: { id: section.id, status, generation: section.generation } };
}

function addressIn(doc: SpecDocument, section: Section): string {
  return printAddress({ path: doc.path, id: section.id });
}
