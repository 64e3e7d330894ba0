/** The hand-made check of a base takes exactly what the schema takes. */

import { fc } from "../harness/property.ts";
import * as z from "zod/mini";
import { expect, it } from "vitest";
import { isBase } from "../../src/trackers/local/local-base.ts";
import { baseSchema as schema } from "../../src/io/base-schema.ts";
import { base } from "../conformance/stage.ts";

const print = { whole: "w", blocks: ["a", "b"] };

const FULL = base("t", {
  ticket: "id",
  text: "p",
  commit: "c",
  fields: {
    title: { spec: "A", echo: "B", agreed: true },
    type: { spec: "Story", echo: null, agreed: true },
    parent: { spec: null, echo: "PAY-1", agreed: false },
    status: { spec: "todo", echo: "Todo", agreed: true },
    labels: { spec: ["a"], echo: [], agreed: true },
    criteria: { spec: "s", echo: "e", list: [{ spec: "a", echo: null, checked: true }], agreed: true },
    body: { spec: print, echo: print, agreed: true, runs: [{ spec: 1, echo: 2, agreed: true }] },
  },
});

it("takes a full and an empty base", () => {
  expect(isBase(FULL)).toBe(true);
  expect(isBase(base("t", { fields: {} }))).toBe(true);
});

it("agrees with the schema on every base with one value exchanged or missing", () => {
  const paths = pathsOf(FULL);
  const value = fc.constantFrom<unknown>(undefined, null, 1, 2, "x", "", true, [], ["a"], [1], {}, { whole: "w" }, { text: "x", checked: true });
  fc.assert(
    fc.property(fc.constantFrom(...paths), value, (path, exchanged) => {
      const changed: unknown = withValue(FULL, path, exchanged);
      expect(isBase(changed), `${path.join(".")} = ${JSON.stringify(exchanged)}`).toBe(z.safeParse(schema, changed).success);
    }),
    { numRuns: 2000 },
  );
});

function pathsOf(value: unknown, at: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [at];
  return [...(at.length > 0 ? [at] : []), ...Object.entries(value).flatMap(([key, member]) => pathsOf(member, [...at, key]))];
}

function withValue(root: unknown, path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const copy: Record<string, unknown> = { ...(root as Record<string, unknown>) };
  const next = withValue(copy[key], rest, value);
  if (next === undefined) delete copy[key];
  else copy[key] = next;
  return Array.isArray(root) ? Object.values(copy) : copy;
}
