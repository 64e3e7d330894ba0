/** The JSON Schema for editors: up to date, described, and of one mind with the parser. */

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { SCHEMA_FILE } from "../../scripts/generate-schema.ts";
import { configJsonSchema } from "../../src/operations/config-json-schema.ts";
import { FIELD_NAMES } from "../../src/core/model/item.ts";
import { SPEC_STATUSES } from "../../src/core/model/status.ts";
import { CODES } from "../../src/core/codes.ts";

interface SchemaNode {
  readonly description?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: boolean | SchemaNode;
  readonly items?: SchemaNode;
}

const schema: SchemaNode = JSON.parse(configJsonSchema());

/** Every object of the schema that has named keys. */
function objectsOf(node: SchemaNode, path: string): readonly (readonly [string, SchemaNode])[] {
  const inner = Object.entries(node.properties ?? {}).flatMap(([key, child]) => objectsOf(child, `${path}.${key}`));
  const more = typeof node.additionalProperties === "object" ? objectsOf(node.additionalProperties, `${path}.*`) : [];
  const items = node.items === undefined ? [] : objectsOf(node.items, `${path}[]`);
  return [...(node.properties === undefined ? [] : [[path, node] as const]), ...inner, ...more, ...items];
}

describe("schema/canon.config.schema.json", () => {
  it("is what `node scripts/generate-schema.ts` writes", () => {
    expect(readFileSync(SCHEMA_FILE, "utf8")).toBe(configJsonSchema());
  });

  it.each(objectsOf(schema, "config"))("%s knows its keys and describes each", (path, object) => {
    expect(object.additionalProperties).toBe(false);
    const silent = Object.entries(object.properties ?? {}).filter(([, child]) => child.description === undefined);
    expect(silent.map(([key]) => `${path}.${key}`)).toEqual([]);
  });

  it("has a key for every status and every field", () => {
    const target = schema.properties?.["sync"]?.properties;
    expect(Object.keys(target?.["status_map"]?.properties ?? {})).toEqual([...SPEC_STATUSES]);
    expect(Object.keys(target?.["fields"]?.properties ?? {})).toEqual([...FIELD_NAMES]);
  });
});

describe("the codes of configuration", () => {
  it("each say what they mean and what to do, in sentences", () => {
    const codes = Object.entries(CODES).filter(([code]) => /^(config|route)-/.test(code));
    expect(codes.length).toBeGreaterThan(10);
    for (const [, { summary, hint }] of codes) {
      expect(summary).toMatch(/^[A-Z].*\.$/);
      expect(hint).toMatch(/^[A-Z].*[.}]$/);
    }
  });
});
