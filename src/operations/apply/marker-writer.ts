/** Writes marker lines into specs, file by file, with the post-condition checked before a byte is replaced. */

import { dirname, join } from "node:path";
import type { Diagnostic } from "../../core/model/diagnostic.ts";
import type { SpecStatus } from "../../core/model/status.ts";
import type { SpecDocument } from "../../core/model/spec-document.ts";
import { markerEdit } from "../../core/plan/marker-edit.ts";
import type { CompiledItem } from "../../core/plan/compile-items.ts";
import { checkSplice } from "../../core/spec/check-splice.ts";
import { withDocumentItem } from "../../core/spec/document-item.ts";
import { parseWithKeys } from "../parse-with-keys.ts";
import { ticketToken } from "../../core/spec/print-marker.ts";
import type { SectionEdit } from "../../core/spec/section-edit.ts";
import { spliceSpec } from "../../core/spec/splice-section.ts";
import { removeLeftovers, replaceFile } from "../../io/replace-file.ts";
import type { Workspace } from "../workspace.ts";

export interface MarkerWish {
  readonly item: CompiledItem;
  readonly key: string;
  /** The ticket's immutable id. */
  readonly id: string;
  /** The state that the marker gets from an adopted ticket; null where it keeps its own. */
  readonly status: SpecStatus | null;
}

export interface MarkerOutcome {
  readonly path: string;
  readonly wishes: readonly MarkerWish[];
  /** null: written. Otherwise why not; the tickets are kept by claims. */
  readonly problem: string | null;
}

export class MarkerWriter {
  readonly #workspace: Workspace;
  /** The files as this run last saw or wrote them. */
  readonly #docs: Map<string, SpecDocument>;
  readonly #tidied = new Set<string>();

  constructor(workspace: Workspace, docs: ReadonlyMap<string, SpecDocument>) {
    this.#workspace = workspace;
    this.#docs = new Map(docs);
  }

  async write(wishes: readonly MarkerWish[]): Promise<readonly MarkerOutcome[]> {
    const byPath = new Map<string, MarkerWish[]>();
    for (const wish of wishes) byPath.set(wish.item.address.path, [...(byPath.get(wish.item.address.path) ?? []), wish]);
    const outcomes: MarkerOutcome[] = [];
    for (const [path, group] of byPath) {
      const edits = group.map(({ item, key, status }) => markerEdit(item, key, status));
      outcomes.push({ path, wishes: group, problem: await this.edit(path, edits) });
    }
    return outcomes;
  }

  /** All specs, as they are by now. */
  docs(): readonly SpecDocument[] {
    return [...this.#docs.values()];
  }

  /** The spec that names each ticket by now, by `ticketToken`. */
  paths(): ReadonlyMap<string, string> {
    return new Map(
      [...this.#docs.values()].flatMap((doc) =>
        doc.sections.flatMap(({ ticket }) => (ticket ? [[ticketToken(ticket.system, ticket.key), doc.path] as const] : [])),
      ),
    );
  }

  /** Temp files that a killed run left beside the specs. */
  async #tidy(folder: string): Promise<void> {
    if (this.#tidied.has(folder)) return;
    this.#tidied.add(folder);
    await removeLeftovers(this.#workspace.disk, folder);
  }

  /** Why the file could not be written, in words that follow its name; null when it was. */
  async edit(path: string, edits: readonly SectionEdit[]): Promise<string | null> {
    const before = this.#docs.get(path);
    if (!before) return "is not among the specs any more";
    const text = spliceSpec(before, edits, this.#workspace.parser);
    if (text === before.text) return null;
    const after = parseWithKeys(path, text, this.#workspace);
    const broken: Diagnostic | null = checkSplice(before, after, edits);
    if (broken) return `would read differently with the marker in it (${broken.message})`;
    await this.#tidy(dirname(join(this.#workspace.root, path)));
    const result = await replaceFile(this.#workspace.disk, join(this.#workspace.root, path), bytes(before.text), bytes(text));
    if (!result.ok) return result.message;
    this.#docs.set(path, before.sections[0]?.heading ? withDocumentItem(after, new Set([0])) : after);
    return null;
  }
}

/** Specs are UTF-8 by the time they get here, a byte-order mark is part of the text. */
function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
