/** `specs:` which files are specs, and which of their sections become tickets. */

import * as z from "zod/mini";
import { SPEC_STATUSES } from "../model/status.ts";
import { flag, texts, word } from "./schema-parts.ts";
import type { WrittenSpecs } from "./written-config.ts";

export const SECTION_RULES = ["all", "marked", "numbered", "criteria"] as const;

export const specsSchema: z.ZodMiniType<WrittenSpecs, WrittenSpecs> = z.strictObject({
  include: texts("Globs of the specs, relative to this file. Default: specs/**/*.md"),
  exclude: texts("Globs of files that are no specs, taken out of include."),
  sections: word(SECTION_RULES, "Which headings become tickets: all (default), only those marked, numbered ones, or those with criteria."),
  exclude_headings: texts("Titles that never become tickets; replaces the built-in list. [] turns it off."),
  default_status: word(SPEC_STATUSES, "The status of sections that name none."),
  auto_tickets: flag("false: no tickets are created for any target. Default: true"),
});
