/** Files are replaced whole or not at all, and never over somebody else's change. */

import { chmod, lstat, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { realDisk } from "../../src/io/disk.ts";
import { removeLeftovers, replaceFile } from "../../src/io/replace-file.ts";
import { hookedDisk, systemError } from "./hooked-disk.ts";
import { tempFolder } from "./temp-folder.ts";

const OLD = Buffer.from("old\r\n");
const NEW = Buffer.from("new\r\n");

async function withFile(): Promise<{ folder: string; path: string }> {
  const folder = await tempFolder();
  const path = join(folder, "a.md");
  await writeFile(path, OLD);
  return { folder, path };
}

test("replaces the bytes, keeps the mode, leaves no other file", async () => {
  const { folder, path } = await withFile();
  await chmod(path, 0o664);
  expect(await replaceFile(realDisk(), path, OLD, NEW)).toEqual({ ok: true });
  expect(await readFile(path)).toEqual(NEW);
  expect((await lstat(path)).mode & 0o777).toBe(0o664);
  expect(await readdir(folder)).toEqual(["a.md"]);
});

test("refuses a file that holds something else", async () => {
  const { folder, path } = await withFile();
  expect(await replaceFile(realDisk(), path, Buffer.from("older"), NEW)).toMatchObject({ ok: false, why: "changed" });
  expect(await readFile(path)).toEqual(OLD);
  expect(await readdir(folder)).toEqual(["a.md"]);
});

test("sees a change made while the new bytes were being written", async () => {
  const { path } = await withFile();
  const disk = hookedDisk(async (_, mutation) => {
    if (mutation === "writeTemp") await writeFile(path, "theirs");
  });
  expect(await replaceFile(disk, path, OLD, NEW)).toMatchObject({ ok: false, why: "changed" });
  expect(await readFile(path, "utf8")).toBe("theirs");
});

test("refuses what is gone, a folder, and a link, also one that leads to the same bytes", async () => {
  const { folder, path } = await withFile();
  await symlink(path, join(folder, "link.md"));
  await mkdir(join(folder, "folder.md"));
  expect(await replaceFile(realDisk(), join(folder, "none.md"), OLD, NEW)).toMatchObject({ ok: false, why: "changed", message: "is gone" });
  expect(await replaceFile(realDisk(), join(folder, "folder.md"), OLD, NEW)).toMatchObject({ ok: false, why: "changed" });
  expect(await replaceFile(realDisk(), join(folder, "link.md"), OLD, NEW)).toMatchObject({ ok: false, why: "link" });
  expect(await readFile(path)).toEqual(OLD);
});

test("a link put in the file's place while writing is not followed", async () => {
  const { folder, path } = await withFile();
  const victim = join(folder, "victim");
  await writeFile(victim, OLD);
  const disk = hookedDisk(async (_, mutation) => {
    if (mutation !== "writeTemp") return;
    await realDisk().remove(path);
    await symlink(victim, path);
  });
  expect(await replaceFile(disk, path, OLD, NEW)).toMatchObject({ ok: false, why: "link" });
  expect(await readFile(victim)).toEqual(OLD);
});

test("refuses a read-only file, for root too", async () => {
  const { folder, path } = await withFile();
  await chmod(path, 0o444);
  expect(await replaceFile(realDisk(), path, OLD, NEW)).toEqual({ ok: false, why: "read-only", message: "is read-only" });
  expect(await readdir(folder)).toEqual(["a.md"]);
});

test.each([
  ["ENOSPC", "writeTemp", "no-space"],
  ["EDQUOT", "writeTemp", "no-space"],
  ["EROFS", "writeTemp", "read-only"],
  ["EACCES", "rename", "read-only"],
  ["EIO", "rename", "other"],
] as const)("%s at %s: %s, nothing half-written, nothing left over", async (code, at, why) => {
  const { folder, path } = await withFile();
  const disk = hookedDisk((_, mutation) => {
    if (mutation === at) throw systemError(code);
  });
  expect(await replaceFile(disk, path, OLD, NEW)).toMatchObject({ ok: false, why });
  expect(await readFile(path)).toEqual(OLD);
  expect(await readdir(folder)).toEqual(["a.md"]);
});

test("a file that may not grow so large is left as it was, and nothing lies beside it", async () => {
  const { folder, path } = await withFile();
  const child = `
    const { realDisk } = await import(${JSON.stringify(new URL("../../src/io/disk.ts", import.meta.url).href)});
    const { replaceFile } = await import(${JSON.stringify(new URL("../../src/io/replace-file.ts", import.meta.url).href)});
    console.log((await replaceFile(realDisk(), process.argv[1], Buffer.from("old\\r\\n"), Buffer.alloc(500_000))).why);`;
  const limited = spawnSync("sh", ["-c", 'ulimit -f 64; exec "$0" --input-type=module -e "$1" "$2"', process.execPath, child, path], { encoding: "utf8" });
  expect(limited.stdout.trim()).toBe("no-space");
  expect(await readFile(path)).toEqual(OLD);
  expect(await readdir(folder)).toEqual(["a.md"]);
});

test("removes temp files of dead processes, and only those", async () => {
  const { folder } = await withFile();
  const dead = spawnSync(process.execPath, ["-e", "0"]).pid;
  const names = [`.a.md.canon-${dead}-0123abcd.tmp`, `.a.md.canon-${process.pid}-0123abcd.tmp`, ".a.md.tmp", "canon-1-0123abcd.tmp"];
  for (const name of names) await writeFile(join(folder, name), "");
  expect(await removeLeftovers(realDisk(), folder)).toBe(1);
  expect(await readdir(folder)).toEqual(["a.md", ...names.slice(1)].sort());
});

test("append makes the file, adds to it, and follows no link", async () => {
  const folder = await tempFolder();
  const disk = realDisk();
  const path = join(folder, "log");
  await disk.append(path, "a\n");
  await disk.append(path, "b\n");
  expect(await readFile(path, "utf8")).toBe("a\nb\n");
  await symlink(path, join(folder, "link"));
  await expect(disk.append(join(folder, "link"), "c\n")).rejects.toMatchObject({ code: "ELOOP" });
});

test("nothing is null, and an empty list", async () => {
  const folder = await tempFolder();
  const disk = realDisk();
  expect(await disk.read(join(folder, "a"))).toBeNull();
  expect(await disk.facts(join(folder, "a"))).toBeNull();
  expect(await disk.list(join(folder, "a"))).toEqual([]);
  await disk.remove(join(folder, "a"));
});
