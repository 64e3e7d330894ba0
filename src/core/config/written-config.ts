/** The configuration as people write it: keys in snake case, almost all optional, two forms for targets. `Config` is what it means. */

import type { Owner, SectionRule } from "../model/config.ts";
import type { FieldName } from "../model/item.ts";
import type { SpecStatus } from "../model/status.ts";
import type { System } from "../model/system.ts";

/** One text, or several of which any may hold. */
export type Texts = string | string[];

/** The name that the short form, `sync:`, has in routing. */
export const SYNC_TARGET = "default";

export interface WrittenSpecs {
  include?: Texts | undefined;
  exclude?: Texts | undefined;
  sections?: SectionRule | undefined;
  exclude_headings?: Texts | undefined;
  default_status?: SpecStatus | undefined;
  auto_tickets?: boolean | undefined;
}

export const HIERARCHY_KEYS = ["spec", "1", "2", "3", "4", "5", "6"] as const;

export type HierarchyKey = (typeof HIERARCHY_KEYS)[number];

export interface WrittenTarget {
  system: System;
  /** The same three words for one thing: `project_key` in the short form, `repo` as GitHub says. Exactly one is written. */
  project?: string | undefined;
  project_key?: string | undefined;
  repo?: string | undefined;
  base_url?: string | undefined;
  create_tickets?: boolean | undefined;
  reverse_sync?: boolean | undefined;
  status_map?: { [status in SpecStatus]?: string | undefined } | undefined;
  hierarchy?: { [key in HierarchyKey]?: string | undefined } | undefined;
  auto_parent?: boolean | undefined;
  fields?: { [field in FieldName]?: Owner | undefined } | undefined;
  create_fields?: Record<string, unknown> | undefined;
  settle?: string | number | undefined;
  transitions?: "direct" | "walk" | undefined;
  inbox?: string | undefined;
  path?: string | undefined;
  auth?: { env_prefix?: string | undefined } | undefined;
  public?: boolean | undefined;
}

export interface WrittenMatch {
  tags?: Texts | undefined;
  team?: Texts | undefined;
  owner?: Texts | undefined;
  path?: Texts | undefined;
  default?: true | undefined;
}

export interface WrittenRoute {
  match: WrittenMatch;
  target: string;
}

export interface WrittenBot {
  enabled?: boolean | undefined;
  markers?: "commit" | "pull-request" | undefined;
  on_moved?: "stop" | "apply" | undefined;
  show_live?: boolean | undefined;
  status_every?: string | undefined;
  limits?: { open?: number | undefined; per_hour?: number | undefined } | undefined;
  notify?: { ticket?: boolean | undefined } | undefined;
}

export interface WrittenConfig {
  $schema?: string | undefined;
  id?: string | undefined;
  specs?: WrittenSpecs | undefined;
  sync?: WrittenTarget | undefined;
  ticket_systems?: Record<string, WrittenTarget> | undefined;
  routing?: WrittenRoute[] | undefined;
  lock?: "local" | "git" | undefined;
  create_when?: SpecStatus[] | undefined;
  verify?: "review" | "off" | { command: string } | undefined;
  mentions?: "neutralise" | "keep" | undefined;
  limits?: { create?: number | undefined; close?: number | undefined } | undefined;
  default_platform?: System | undefined;
  default_team?: string | undefined;
  bot?: WrittenBot | undefined;
}
