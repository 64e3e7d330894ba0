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

/** Characters of specs from which on a workspace counts as large. */
const LARGE = 1_000_000;

export async function readSpecs(workspace: Workspace, onProgress?: (read: number, of: number) => void): Promise<ReadSpecs> {
  const { root, config } = workspace;
  const docs: SpecDocument[] = [];
  const diagnostics: Diagnostic[] = [];
  let size = 0;
  const realRoot = realPathOf(root);
  const paths = await findSpecs(root, config.specs.include, config.specs.exclude, (problem) => void diagnostics.push(problem));
  for (const [index, path] of paths.entries()) {
    const read = await readSpec(root, path, realRoot);
    if (read.ok) {
      docs.push(parseWithKeys(path, read.text, workspace));
      if (size < LARGE && size + read.text.length >= LARGE) keepHeapLean();
      size += read.text.length;
    } else diagnostics.push(read.diagnostic);
    onProgress?.(index + 1, paths.length);
    // satteri gives the memory of a tree back only when the event loop turns: 100,000 sections take 30 MB more where it turns for every sixteenth file.
    await nextTurn();
  }
  const isRefused = diagnostics.some(({ severity }) => severity === "error") || docs.some(({ sections }) => sections[0]?.stopped);
  return { docs, diagnostics, allRead: !isRefused };
}
