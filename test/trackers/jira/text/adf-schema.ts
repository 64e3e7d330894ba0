/** Atlassian's own schema of a document, as a check that names what is wrong. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";

const PATH = join(import.meta.dirname, "../../../../node_modules/@atlaskit/adf-schema/dist/json-schema/v1/full.json");

const { $schema: _draft4, ...schema }: Record<string, unknown> = JSON.parse(readFileSync(PATH, "utf8"));

const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);

/** [] where the document is valid. */
export function schemaErrors(doc: unknown): readonly string[] {
  return validate(doc) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
