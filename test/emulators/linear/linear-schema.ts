/** Linear's schema as the emulator executes it: built once per process, with scalars that refuse what is none of theirs. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSchema, GraphQLError, isScalarType, type GraphQLSchema } from "graphql";
import { schemaFromTypings } from "./schema-from-typings.ts";

const TYPINGS = fileURLToPath(new URL("../../../node_modules/@linear/sdk/dist", import.meta.url));

let built: GraphQLSchema | undefined;

export function linearSchema(): GraphQLSchema {
  built ??= withScalars(buildSchema(linearSdl(), { assumeValidSDL: true, noLocation: true }));
  return built;
}

export function linearSdl(): string {
  // The file with the types has a name that changes with each release, and it is the larger one.
  for (const name of readdirSync(TYPINGS).filter((one) => /^index-.*\.d\.mts$/.test(one))) {
    const text = readFileSync(join(TYPINGS, name), "utf8");
    if (text.includes("\ntype Query = {")) return schemaFromTypings(text);
  }
  throw new Error(`${TYPINGS} holds no typings with a Query: has the SDK changed its layout?`);
}

const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
const DURATION = /^-?P(?:\d+[YMWD])*(?:T(?:\d+[HMS])+)?$/;
/** Typings say so: "accepts shortcuts like `2021`". */
const SHORT_DATE = /^\d{4}(?:-\d\d(?:-\d\d)?)?$/;

const READS: Readonly<Record<string, (value: unknown) => boolean>> = {
  DateTime: (value) => typeof value === "string" && (DATE.test(value) || SHORT_DATE.test(value)),
  DateTimeOrDuration: (value) => typeof value === "string" && (DATE.test(value) || SHORT_DATE.test(value) || DURATION.test(value)),
  UUID: (value) => typeof value === "string" && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value),
  JSONObject: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};

function withScalars(schema: GraphQLSchema): GraphQLSchema {
  for (const [name, fits] of Object.entries(READS)) {
    const type = schema.getType(name);
    if (!isScalarType(type)) throw new Error(`the schema has no scalar ${name}`);
    const check = (value: unknown): unknown => {
      if (fits(value)) return value;
      throw new GraphQLError(`${JSON.stringify(value)} is no ${name}`);
    };
    type.coerceInputValue = check;
    type.coerceOutputValue = check;
  }
  return schema;
}
