/** What each adapter must be able to do: the committed table. An adapter that answers with less fails its exam. */

import type { System } from "../../src/core/model/system.ts";
import type { Capabilities } from "../../src/trackers/tracker.ts";

/** Flags that make a tracker stronger when true; the others describe it and have no better value. */
export const STRENGTHS = ["hierarchy", "types", "conditionalWrite", "clientIds", "history", "convertsTypes", "baseAlone"] as const;

export interface Required {
  readonly strengths: readonly (typeof STRENGTHS)[number][];
  readonly batch: Capabilities["batch"];
  readonly titleLimit: number;
  readonly bodyLimit: number;
}

export const REQUIRED_CAPABILITIES: Readonly<Record<System, Required>> = {
  local: { strengths: STRENGTHS, batch: { read: 500, create: 100, update: 100 }, titleLimit: 255, bodyLimit: 1_000_000 },
  jira: { strengths: ["hierarchy", "types", "history", "baseAlone"], batch: { read: 100, create: 50, update: 1 }, titleLimit: 255, bodyLimit: 32_767 },
  linear: { strengths: ["hierarchy", "clientIds", "history", "baseAlone"], batch: { read: 250, create: 50, update: 25 }, titleLimit: 255, bodyLimit: 100_000 },
  // GitHub takes 65,536 characters; the hidden line with the base, up to 24 KB before packing, is among them.
  github: { strengths: ["hierarchy", "history"], batch: { read: 100, create: 20, update: 25 }, titleLimit: 255, bodyLimit: 40_000 },
  azure: {
    strengths: ["hierarchy", "types", "conditionalWrite", "history", "baseAlone"],
    batch: { read: 200, create: 200, update: 200 },
    titleLimit: 255,
    bodyLimit: 100_000,
  },
};

/** What `found` lacks, in words; empty when it passes. */
export function shortfalls(required: Required, found: Capabilities): readonly string[] {
  const flags = required.strengths.filter((flag) => !found[flag]).map((flag) => `${flag} must be true`);
  const batches = (["read", "create", "update"] as const)
    .filter((kind) => found.batch[kind] < required.batch[kind])
    .map((kind) => `batch.${kind} must be at least ${required.batch[kind]}`);
  const limits = (["titleLimit", "bodyLimit"] as const)
    .filter((limit) => found[limit] < required[limit])
    .map((limit) => `${limit} must be at least ${required[limit]}`);
  return [...flags, ...batches, ...limits];
}
