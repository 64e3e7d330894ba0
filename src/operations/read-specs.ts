/** Reads and parses every spec of a workspace; a file that cannot be read stops only itself. */

import { setImmediate as nextTurn } from "node:timers/promises";
import type { Diagnostic } from "../core/model/diagnostic.ts";
import type { SpecDocument } from "../core/model/spec-document.ts";
import { keepHeapLean } from "../io/lean-heap.ts";
import { findSpecs, readSpec, realPathOf } from "../io/spec-files.ts";
import { parseWithKeys } from "./parse-with-keys.ts";
import type { Workspace } from "./workspace.ts";

export interface ReadSpecs {
  readonly docs: readonly SpecDocument[];
  readonly diagnostics: readonly Diagnostic[];
  /** False where a file or a folder was refused, or a merge in one is not finished: what they hold is unknown. */
  readonly allRead: boolean;
}

/** Files read between two turns of the event loop. */
const AT_ONCE = 16;

/** Characters of specs from which on a workspace counts as large. */
const LARGE = 1_000_000;

export async function readSpecs(workspace: Workspace, onProgress?: (read: number, of: number) => void): Promise<ReadSpecs> {
  const { root, config } = workspace;
  const docs: SpecDocument[] = [];
  const diagnostics: Diagnostic[] = [];
  let size = 0;
  const realRoot = realPathOf(root);
  const paths = await findSpecs(root, config.specs.include, config.specs.exclude, (problem) => void diagnostics.push(problem));
  for (let start = 0; start < paths.length; start += AT_ONCE) {
    const batch = paths.slice(start, start + AT_ONCE);
    const texts = await Promise.all(batch.map((path) => readSpec(root, path, realRoot)));
    texts.forEach((read, index) => {
      if (!read.ok) return void diagnostics.push(read.diagnostic);
      docs.push(parseWithKeys(batch[index] ?? "", read.text, workspace));
      if (size < LARGE && size + read.text.length >= LARGE) keepHeapLean();
      size += read.text.length;
    });
    onProgress?.(Math.min(start + AT_ONCE, paths.length), paths.length);
    // satteri gives the memory of a tree back only when the event loop turns; without it 30 MB of specs hold 140 MB more.
    await nextTurn();
  }
  const isRefused = diagnostics.some(({ severity }) => severity === "error") || docs.some(({ sections }) => sections[0]?.stopped);
  return { docs, diagnostics, allRead: !isRefused };
}
