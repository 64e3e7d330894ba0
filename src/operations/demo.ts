/** `canon demo`: writes a small project that plans and applies on the local tracker, without anything else. */

import { dirname, join } from "node:path";
import type { Diagnostic } from "../core/model/diagnostic.ts";
import { realDisk, type Disk } from "../io/disk.ts";
import { DEMO_FILES } from "./demo-files.ts";

export type DemoResult = { readonly ok: true; readonly files: readonly string[] } | { readonly ok: false; readonly diagnostic: Diagnostic };

/** Writes into `folder` only when it is empty or not there: nobody's files are touched. */
export async function writeDemo(folder: string, disk: Disk = realDisk()): Promise<DemoResult> {
  const there = await disk.list(folder);
  if (there.length > 0) {
    return {
      ok: false,
      diagnostic: { code: "demo-exists", severity: "error", message: `${folder} is not empty.`, hint: "Remove it, or run canon demo in another folder." },
    };
  }
  for (const [path, text] of DEMO_FILES) {
    const file = join(folder, path);
    await disk.makeDir(dirname(file));
    await disk.rename(await disk.writeTemp(file, new TextEncoder().encode(text)), file);
  }
  return { ok: true, files: DEMO_FILES.map(([path]) => path) };
}

/** One line of a spec that apply added. */
export interface AddedLine {
  readonly path: string;
  /** From 1, in the file as it is now. */
  readonly line: number;
  readonly text: string;
  /** The line before it. */
  readonly after: string;
}

/** The marker lines that are in the specs now: all that Canon changed in them. */
export async function addedLines(folder: string, disk: Disk = realDisk()): Promise<readonly AddedLine[]> {
  const added: AddedLine[] = [];
  for (const [path, before] of DEMO_FILES) {
    const bytes = await disk.read(join(folder, path));
    const lines = bytes ? new TextDecoder().decode(bytes).split("\n") : [];
    const known = before.split("\n");
    let at = 0;
    lines.forEach((text, index) => {
      if (text === known[at]) at += 1;
      else added.push({ path, line: index + 1, text, after: lines[index - 1] ?? "" });
    });
  }
  return added;
}
