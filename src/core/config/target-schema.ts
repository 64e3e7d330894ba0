/** One target: a tracker, a project in it, and how Canon treats its tickets. The same keys serve `sync:` and `ticket_systems:`. */

import * as z from "zod/mini";
import { SYSTEMS } from "../model/system.ts";
import { flag, text, textLike, word } from "./schema-parts.ts";
import type { WrittenTarget } from "./written-config.ts";

export const OWNERS = ["spec", "shared", "tracker", "ignore"] as const;

const statusMap = z.strictObject({
  draft: text("The tracker's name for draft."),
  todo: text("The tracker's name for todo."),
  in_progress: text("The tracker's name for in_progress."),
  blocked: text("The tracker's name for blocked."),
  done: text("The tracker's name for done."),
  deprecated: text("The tracker's name for deprecated."),
});

const hierarchy = z.strictObject({
  spec: text("The type of the document itself, which becomes a ticket too."),
  "1": text("The type of # headings."),
  "2": text("The type of ## headings."),
  "3": text("The type of ### headings."),
  "4": text("The type of #### headings."),
  "5": text("The type of ##### headings."),
  "6": text("The type of ###### headings."),
});

const fields = z.strictObject({
  title: word(OWNERS, "Default: spec"),
  type: word(OWNERS, "Default: spec"),
  parent: word(OWNERS, "Default: spec"),
  status: word(OWNERS, "Default: shared"),
  labels: word(OWNERS, "Default: shared"),
  criteria: word(OWNERS, "Default: shared"),
  body: word(OWNERS, "Default: spec"),
});

const auth = z.strictObject({
  env_prefix: textLike(
    /^[A-Za-z_][A-Za-z0-9_]*$/,
    "must be letters, digits and _",
    "Put before the names of the environment variables: SEC_ reads SEC_JIRA_API_TOKEN.",
  ),
});

const SETTLE_RULE = 'must be a number of seconds, or a time such as "90s" or "2m"';

const settle = z.optional(
  z
    .union([z.number().check(z.nonnegative(SETTLE_RULE)), z.string().check(z.regex(/^\d+(?:\.\d+)?\s*(?:ms|s|m|h)$/, SETTLE_RULE))], SETTLE_RULE)
    .check(z.describe("How long after its sender's death a request may still land. Default: 120s, 0 where the tracker takes our ids.")),
);

export const targetSchema: z.ZodMiniType<WrittenTarget, WrittenTarget> = z.strictObject({
  system: z.enum(SYSTEMS).check(z.describe("Which tracker.")),
  project: text("The project: a key (jira, local), a team (linear), owner/repo (github), organisation/project (azure)."),
  project_key: text("The same as project."),
  repo: text("The same as project: owner/repo."),
  base_url: text("Data Center, GitHub Enterprise, or another address of the tracker."),
  create_tickets: flag("false: only tickets that exist already are kept up to date. Default: true"),
  reverse_sync: flag("false: nothing is brought back into specs. Default: true"),
  status_map: z.optional(statusMap.check(z.describe("The tracker's own names for the six states."))),
  hierarchy: z.optional(hierarchy.check(z.describe("Heading level → ticket type. Default: 2, 3, 4 as Epic, Story, Sub-task where the tracker has them."))),
  auto_parent: flag("A ticket's parent is that of the section around it. Default: true"),
  fields: z.optional(fields.check(z.describe("Who owns each field: spec, shared, tracker, or ignore."))),
  create_fields: z.optional(z.record(z.string(), z.unknown()).check(z.describe("Further fields, sent once with the create, in the tracker's own words."))),
  settle,
  transitions: word(["direct", "walk"], "walk: reach a status through a strict workflow step by step. Default: direct"),
  inbox: text("A query of the tracker: tickets it finds are asked about."),
  path: text("The local tracker's file. Default: .canon/local.sqlite"),
  auth: z.optional(auth.check(z.describe("Where credentials come from. They never stand here."))),
  public: flag("Allows a public repository that is not the specs' own."),
});
