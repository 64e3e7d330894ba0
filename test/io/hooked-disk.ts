/** A disk that calls a hook before every mutation: tests stop, fail or tear it there. */

import { realDisk, type Disk } from "../../src/io/disk.ts";

export type Mutation = "writeTemp" | "rename" | "append" | "truncate" | "remove" | "makeDir";

/** `count` counts from 1. What the hook throws, the operation throws. */
export function hookedDisk(hook: (count: number, mutation: Mutation, path: string) => Promise<void> | void, disk: Disk = realDisk()): Disk {
  let count = 0;
  const before = async (mutation: Mutation, path: string): Promise<void> => {
    count += 1;
    await hook(count, mutation, path);
  };
  return {
    read: (path) => disk.read(path),
    facts: (path) => disk.facts(path),
    list: (folder) => disk.list(folder),
    writeTemp: async (path, bytes) => {
      await before("writeTemp", path);
      return disk.writeTemp(path, bytes);
    },
    rename: async (from, to) => {
      await before("rename", to);
      await disk.rename(from, to);
    },
    append: async (path, text) => {
      await before("append", path);
      await disk.append(path, text);
    },
    truncate: async (path, bytes) => {
      await before("truncate", path);
      await disk.truncate(path, bytes);
    },
    remove: async (path) => {
      await before("remove", path);
      await disk.remove(path);
    },
    makeDir: async (path) => {
      await before("makeDir", path);
      await disk.makeDir(path);
    },
  };
}

/** An error as the system throws it. */
export function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: as the test wants it`), { code });
}
