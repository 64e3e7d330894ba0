/** Atlassian's own JSON schema of rich text, compiled once: Jira refuses documents that break it. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv } from "ajv";
import type { ValidateFunction } from "ajv";
import { isObject } from "../kit/json-value.ts";

let compiled: ValidateFunction | null = null;

/** Why a document is no ADF; null when it is. */
export function adfProblem(document: unknown): string | null {
  compiled ??= compile();
  if (compiled(document)) return null;
  const [first] = compiled.errors ?? [];
  return `${first?.instancePath ?? ""} ${first?.message ?? "is no ADF"}`;
}

function compile(): ValidateFunction {
  const path = createRequire(import.meta.url).resolve("@atlaskit/adf-schema/dist/json-schema/v1/full.json");
  const schema: unknown = JSON.parse(readFileSync(path, "utf8"));
  if (!isObject(schema)) throw new Error(`${path} is no schema`);
  // It is written for draft 4, but uses nothing that later drafts read differently.
  const { $schema: _draft, ...rest } = schema;
  return new Ajv({ strict: false, validateSchema: false, logger: false }).compile(rest);
}
