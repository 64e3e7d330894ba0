/** The one schema of canon.config.yaml: it checks what people wrote, and the JSON Schema that editors complete from is made of it. */

import * as z from "zod/mini";
import { SPEC_STATUSES } from "../model/status.ts";
import { SYSTEMS } from "../model/system.ts";
import { botSchema } from "./bot-schema.ts";
import { routeSchema } from "./routing-schema.ts";
import { count, text, textLike, word } from "./schema-parts.ts";
import { specsSchema } from "./specs-schema.ts";
import { targetSchema } from "./target-schema.ts";
import type { WrittenConfig } from "./written-config.ts";

/** A name stands in commands and in git refs. */
const targetName = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/, "must be letters, digits, _ and -"));

const verify = z.union([z.enum(["review", "off"]), z.strictObject({ command: z.string().check(z.minLength(1)) })], 'must be review, off, or { command: "…" }');

const limits = z.strictObject({
  create: count("So many creates in one target need no extra yes. Default: 25; local: no limit."),
  close: count("So many closings need no extra yes. Default: 5"),
});

export const configSchema: z.ZodMiniType<WrittenConfig, WrittenConfig> = z.strictObject({
  $schema: text("For editors; Canon does not read it."),
  id: textLike(
    /^\S{1,200}$/,
    "must be one word of at most 200 characters",
    "Names this workspace on the tickets it makes. Never change it. Default: the git remote.",
  ),
  specs: z.optional(specsSchema.check(z.describe("Which files are specs, and which sections become tickets."))),
  sync: z.optional(targetSchema.check(z.describe("The short form for a single tracker; in routing its name is default."))),
  ticket_systems: z.optional(z.record(targetName, targetSchema).check(z.describe("Trackers by name."))),
  routing: z.optional(z.array(routeSchema).check(z.describe("Which specs go where: the first rule that matches wins."))),
  lock: word(["local", "git"], "Where runs exclude each other. Default: local for local targets, git where there is a remote."),
  create_when: z.optional(
    z.array(z.enum(SPEC_STATUSES)).check(z.describe("States in which a section gets a new ticket. Default: draft, todo, in_progress, blocked")),
  ),
  verify: z.optional(verify.check(z.describe("How a ticket that was closed is checked before its section is done. Default: review"))),
  mentions: word(["neutralise", "keep"], "What happens to @names in tickets. Default: neutralise"),
  limits: z.optional(limits.check(z.describe("How much one run may do without an extra yes."))),
  default_platform: word(SYSTEMS, "The tracker that a bare ENG-123 belongs to."),
  default_team: text("The team that a bare number belongs to."),
  bot: z.optional(botSchema.check(z.describe("How canon bot works on pull requests."))),
});
