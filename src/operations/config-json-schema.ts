/** The JSON Schema of the configuration, made from the one schema that also makes types and messages. */

import { toJSONSchema } from "zod/mini";
import { configSchema } from "../core/config/config-schema.ts";

/** The text of `schema/canon.config.schema.json`. */
export function configJsonSchema(): string {
  const schema = toJSONSchema(configSchema, { io: "input" });
  return `${JSON.stringify({ title: "Canon configuration", description: "canon.config.yaml: specs are the source of truth, tickets follow.", ...schema }, null, 2)}\n`;
}
