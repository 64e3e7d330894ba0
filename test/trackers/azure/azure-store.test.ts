/** Token and base in hyperlinks: whatever the base, it comes back; what is damaged is no base and no error. */

import { fc } from "../../harness/property.ts";
import { describe, expect, it } from "vitest";
import { readStore, storeRelation, storeUrls } from "../../../src/trackers/azure/azure-store.ts";
import { base, createOne, done, readOne, writeBase } from "../../conformance/stage.ts";
import { azureStage } from "./azure-stage.ts";

const relationsOf = (urls: readonly string[]): { readonly relations: ReturnType<typeof storeRelation>[] } => ({ relations: urls.map(storeRelation) });

/** As long as the core lets a base grow. */
const big = base("t-big", {
  fields: { body: { spec: { whole: "w", blocks: prints(450) }, echo: { whole: "e", blocks: prints(450) }, agreed: true, runs: null } },
});

function prints(count: number): readonly string[] {
  return fc.sample(fc.stringMatching(/^[\w-]{22}$/), { numRuns: count, seed: 7 });
}

describe("the store", () => {
  it("brings back every base, token and last change, in addresses that Azure takes", () => {
    const token = fc.oneof(
      fc.constant(null),
      fc.string({ minLength: 1, maxLength: 64, unit: "grapheme" }).filter((text) => text !== "-" && text.isWellFormed()),
    );
    const someBase = fc.record({ address: fc.string(), hash: fc.string(), title: fc.string({ maxLength: 5_000 }) });
    fc.assert(
      fc.property(token, someBase, fc.nat(), (owner, { address, hash, title }, rev) => {
        const value = base("t", { address, hash, fields: { title: { spec: title, echo: null, agreed: true } } });
        const last = { rev, at: "2026-01-01T00:00:00.000Z", by: "Dana" };
        const urls = storeUrls(owner, value, rev, last);
        for (const url of urls) expect(url.length).toBeLessThanOrEqual(2_083);
        // Azure keeps no order that Canon could rely on.
        expect(readStore(relationsOf([...urls].reverse()))).toMatchObject({ token: owner, base: value, lastChange: last });
      }),
    );
  });

  it("holds the largest base in several addresses, and shows none of it when one is missing", () => {
    const urls = storeUrls("t", big, 3, null);
    expect(urls.length).toBeGreaterThan(3);
    expect(readStore(relationsOf(urls)).base).toEqual(big);
    expect(readStore(relationsOf(urls.slice(1)))).toMatchObject({ token: "t", base: null });
    expect(readStore(relationsOf([...urls, ...urls])).base).toBeNull();
  });

  it("reads the newest whole base, and lists the links of all", () => {
    const [old, half] = [storeUrls("t", base("old"), 2, null), storeUrls("t", big, 4, null).slice(0, 1)];
    const now = storeUrls("t", base("now"), 3, null);
    const read = readStore(relationsOf([...now, ...old, ...half]));
    expect(read.base?.token).toBe("now");
    expect(read.links.map(({ index }) => index)).toEqual([0, 1, 2]);
  });

  it("takes nothing but its own links for one", () => {
    fc.assert(
      fc.property(fc.webUrl(), fc.string(), (url, tail) => {
        const relations = [
          { rel: "Hyperlink", url: `https://canon.invalid/${tail}` },
          { rel: "Hyperlink", url },
          { rel: "AttachedFile", url: storeUrls("t", base("t"), 1, null)[0] ?? "" },
        ];
        const read = readStore({ relations });
        expect(read.base).toBeNull();
        expect(read.links.map(({ index }) => index)).toEqual([0]);
      }),
    );
  });

  it("is not blown up by a link that somebody packed", async () => {
    const { deflateRawSync } = await import("node:zlib");
    const data = deflateRawSync(Buffer.alloc(50_000_000)).toString("base64url");
    expect(readStore(relationsOf([`https://canon.invalid/t/1/1-1/${data}`]))).toMatchObject({ token: "t", base: null });
  });
});

describe("on a ticket", () => {
  it("a base alone is nobody's change: who was last stays", async () => {
    const stage = await azureStage();
    const { key, id } = await createOne(stage);
    const edited = await stage.person.edit(key, { title: "Robin's" });
    for (const hash of ["one", "two"]) await writeBase(stage, key, base("t", { ticket: id, hash }));
    expect(await readOne(stage, key)).toMatchObject({ updatedBy: edited.updatedBy, updatedAt: edited.updatedAt, base: { hash: "two" } });
    await stage.person.edit(key, { title: "Again" });
    expect((await readOne(stage, key)).updatedAt).not.toBe(edited.updatedAt);
    await stage.end();
  });

  it("the same base is not written again, and only the newest stays", async () => {
    const stage = await azureStage();
    const { key, id } = await createOne(stage);
    for (const hash of ["one", "two", "two"]) await writeBase(stage, key, base("t", { ticket: id, hash }));
    const { links } = stage.emulator.people.show(key);
    expect(links.filter((link) => link.includes("canon.invalid"))).toHaveLength(1);
    expect(stage.emulator.requests.filter(({ operation }) => operation === "update")).toHaveLength(2);
    await stage.end();
  });

  it("the token outlives every base", async () => {
    const stage = await azureStage();
    const { key, id } = await createOne(stage, { token: "t-first" });
    done((await stage.tracker.update([{ key, expectRevision: null, base: base("t-other", { ticket: id }) }]))[0]);
    expect(await readOne(stage, key)).toMatchObject({ token: "t-first", base: { token: "t-other" } });
    await stage.end();
  });

  it("the largest base is created, read and replaced", async () => {
    const stage = await azureStage();
    const { key, id } = await createOne(stage, { base: big });
    expect((await readOne(stage, key)).base).toEqual(big);
    await writeBase(stage, key, base("t-small", { ticket: id }));
    expect(stage.emulator.people.show(key).links).toHaveLength(1);
    await stage.end();
  });
});
