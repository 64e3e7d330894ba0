/** Reads a file that somebody named: whole, within bounds, and never a folder, a pipe or a device. */

import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { errorCode } from "./error-code.ts";
import { systemReason } from "./system-refusal.ts";

/** `why` is a phrase: "there is no such file". */
export type PlainFile = { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly isMissing: boolean; readonly why: string };

export async function readPlainFile(path: string, maxBytes: number): Promise<PlainFile> {
  try {
    // Without O_NONBLOCK opening a pipe waits for somebody to write into it.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stat = await file.stat();
      if (!stat.isFile()) return refuse(stat.isDirectory() ? "it is a folder" : "it is no regular file");
      if (stat.size > maxBytes) return refuse(`it is larger than ${Math.floor(maxBytes / 1024 / 1024)} MB`);
      return { ok: true, bytes: await file.readFile() };
    } finally {
      await file.close();
    }
  } catch (error) {
    const isMissing = ["ENOENT", "ENOTDIR"].includes(errorCode(error));
    return { ok: false, isMissing, why: isMissing ? "there is no such file" : systemReason(error) };
  }
}

function refuse(why: string): PlainFile {
  return { ok: false, isMissing: false, why };
}
