/** One routing rule: which specs go to which target. Keys AND, values OR. */

import * as z from "zod/mini";
import { texts } from "./schema-parts.ts";
import type { WrittenRoute } from "./written-config.ts";

const match = z.strictObject({
  tags: texts("Tags of the spec, any of them."),
  team: texts("The team of the spec, any of them."),
  owner: texts("The owner of the spec, any of them."),
  path: texts("Globs of the spec's path, any of them."),
  default: z.optional(z.literal(true).check(z.describe("Takes whatever no rule above took. Stands alone, and last."))),
});

export const routeSchema: z.ZodMiniType<WrittenRoute, WrittenRoute> = z.strictObject({
  match: match.check(z.describe("All keys must hold; of several values one is enough.")),
  target: z.string().check(z.minLength(1), z.describe("A name from ticket_systems, or default for sync.")),
});
