/** Claims survive crashes, and damage is never taken for "no claims". */

import { mkdir, readdir, readFile, stat, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fc } from "../harness/property.ts";
import { expect, test } from "vitest";
import type { Claim } from "../../src/core/model/claim.ts";
import { realDisk } from "../../src/io/disk.ts";
import { addClaims, dropClaims, readClaims, stateDirOf } from "../../src/io/state.ts";
import { hookedDisk } from "./hooked-disk.ts";
import { tempFolder } from "./temp-folder.ts";

const disk = realDisk();

function claim(token: string, key = "PAY-1"): Claim {
  return { token, target: "oss", identity: "local:x/PAY", key, id: "7", path: "a.md", section: "b", title: "B", body: "f", run: "3f2a" };
}

test("added, read, dropped", async () => {
  const dir = join(await tempFolder(), "state");
  expect(await readClaims(disk, dir)).toEqual([]);
  await addClaims(disk, dir, [claim("a"), claim("b")]);
  await addClaims(disk, dir, [claim("a", "PAY-2"), claim("c")]);
  expect(await readClaims(disk, dir)).toEqual([claim("a", "PAY-2"), claim("b"), claim("c")]);
  await dropClaims(disk, dir, ["b", "nobody"]);
  expect(await readClaims(disk, dir)).toEqual([claim("a", "PAY-2"), claim("c")]);
  await dropClaims(disk, dir, ["a", "c"]);
  expect(await readdir(dir)).toEqual([]);
});

test("reading and dropping nothing write nothing", async () => {
  const root = await tempFolder();
  const dir = join(root, "state");
  await readClaims(disk, dir);
  await addClaims(disk, dir, []);
  await dropClaims(disk, dir, ["a"]);
  expect(await readdir(root)).toEqual([]);
});

test("any sequence, also stopped before any mutation, keeps what a map would hold before or after the step", async () => {
  const step = fc.record({ add: fc.boolean(), tokens: fc.uniqueArray(fc.constantFrom("a", "b", "c"), { maxLength: 3 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), fc.nat(30), async (steps, stopAt) => {
      const dir = join(await tempFolder(), "state");
      const dying = hookedDisk((count) => {
        if (count > stopAt) throw new Error("killed");
      });
      const held = new Set<string>();
      for (const { add, tokens } of steps) {
        const before = new Set(held);
        for (const token of tokens) add ? held.add(token) : held.delete(token);
        const change = add
          ? addClaims(
              dying,
              dir,
              tokens.map((token) => claim(token)),
            )
          : dropClaims(dying, dir, tokens);
        const died = await change.then(
          () => false,
          () => true,
        );
        const now = (await readClaims(disk, dir)).map(({ token }) => token).sort();
        expect(died ? [[...before].sort(), [...held].sort()] : [[...held].sort()]).toContainEqual(now);
        if (died) return;
      }
    }),
    { numRuns: 60 },
  );
});

test("many changes do not make the file grow without end", async () => {
  const dir = await tempFolder();
  await addClaims(disk, dir, [claim("stays")]);
  for (let round = 0; round < 150; round += 1) {
    await addClaims(disk, dir, [claim(`t${round}`)]);
    await dropClaims(disk, dir, [`t${round}`]);
  }
  expect(await readClaims(disk, dir)).toEqual([claim("stays")]);
  expect((await stat(join(dir, "claims.jsonl"))).size).toBeLessThan(30_000);
});

test("a torn end is cut, damage elsewhere is an error that says where and what to do", async () => {
  const dir = await tempFolder();
  const path = join(dir, "claims.jsonl");
  await addClaims(disk, dir, [claim("a")]);
  await addClaims(disk, dir, [claim("b")]);
  await truncate(path, (await stat(path)).size - 3);
  expect(await readClaims(disk, dir)).toEqual([claim("a")]);
  await addClaims(disk, dir, [claim("c")]);
  expect(await readClaims(disk, dir)).toEqual([claim("a"), claim("c")]);
  await writeFile(path, (await readFile(path, "utf8")).replace("PAY-1", "PAY-9"));
  await expect(readClaims(disk, dir)).rejects.toMatchObject({ diagnostic: { code: "claims-damaged", place: { path: ".canon/state/claims.jsonl", line: 1 } } });
  await expect(addClaims(disk, dir, [claim("d")])).rejects.toThrow(".canon/state/claims.jsonl:1: This line is damaged");
});

test("the state stays inside the workspace", async () => {
  const outside = await tempFolder();
  const linked = await tempFolder();
  await symlink(outside, join(linked, ".canon"));
  await expect(stateDirOf(disk, linked)).rejects.toMatchObject({ diagnostic: { code: "state-folder", place: { path: ".canon" } } });
  const deeper = await tempFolder();
  await mkdir(join(deeper, ".canon"));
  await symlink(outside, join(deeper, ".canon", "state"));
  await expect(stateDirOf(disk, deeper)).rejects.toThrow(".canon/state: Canon keeps its state here, and this is a symbolic link");
  const file = await tempFolder();
  await writeFile(join(file, ".canon"), "");
  await expect(stateDirOf(disk, file)).rejects.toThrow(".canon: Canon keeps its state here, and this is no folder");
  const fresh = await tempFolder();
  expect(await stateDirOf(disk, fresh)).toBe(join(fresh, ".canon", "state"));
  expect(await readdir(fresh)).toEqual([]);
});
