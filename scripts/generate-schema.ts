/** Writes schema/canon.config.schema.json, from which editors complete and check canon.config.yaml; `--check` only tells whether it is up to date. */

import { readFileSync, writeFileSync } from "node:fs";
import { configJsonSchema } from "../src/operations/config-json-schema.ts";

export const SCHEMA_FILE: URL = new URL("../schema/canon.config.schema.json", import.meta.url);

if (import.meta.main) {
  if (!process.argv.includes("--check")) writeFileSync(SCHEMA_FILE, configJsonSchema());
  else if (readFileSync(SCHEMA_FILE, "utf8") !== configJsonSchema()) {
    console.error("schema/canon.config.schema.json is out of date: node scripts/generate-schema.ts");
    process.exitCode = 1;
  }
}
