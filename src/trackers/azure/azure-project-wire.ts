/** Projects, types and backlogs: what Canon reads of them. */

import * as z from "zod/mini";

export interface WireConnection {
  readonly authenticatedUser: { readonly id: string; readonly providerDisplayName?: string | undefined; readonly customDisplayName?: string | undefined };
}
export const connection: z.ZodMiniType<WireConnection> = z.object({
  authenticatedUser: z.object({ id: z.string(), providerDisplayName: z.optional(z.string()), customDisplayName: z.optional(z.string()) }),
});

interface Named {
  readonly name: string;
}
const named: z.ZodMiniType<Named> = z.object({ name: z.string() });

export interface WireState extends Named {
  readonly category: string;
}
const state: z.ZodMiniType<WireState> = z.object({ name: z.string(), category: z.string() });

export const stateList: z.ZodMiniType<{ readonly value: readonly WireState[] }> = z.object({ value: z.array(state) });

export interface WireType extends Named {
  readonly isDisabled?: boolean | undefined;
  readonly states?: readonly WireState[] | null | undefined;
  /** From → the states that it leads to; "" is what a new work item may begin in. */
  readonly transitions?: Readonly<Record<string, readonly { readonly to: string }[] | null>> | null | undefined;
}

export const typeList: z.ZodMiniType<{ readonly value: readonly WireType[] }> = z.object({
  value: z.array(
    z.object({
      name: z.string(),
      isDisabled: z.optional(z.boolean()),
      states: z.optional(z.nullable(z.array(state))),
      transitions: z.optional(z.nullable(z.record(z.string(), z.nullable(z.array(z.object({ to: z.string() })))))),
    }),
  ),
});

export interface WireCategory {
  readonly referenceName: string;
  readonly defaultWorkItemType?: Named | null | undefined;
  readonly workItemTypes?: readonly Named[] | null | undefined;
}

export const categoryList: z.ZodMiniType<{ readonly value: readonly WireCategory[] }> = z.object({
  value: z.array(
    z.object({ referenceName: z.string(), defaultWorkItemType: z.optional(z.nullable(named)), workItemTypes: z.optional(z.nullable(z.array(named))) }),
  ),
});

export interface WireLevel {
  /** The category that it shows. */
  readonly id: string;
  /** The higher, the nearer to the top. */
  readonly rank?: number | undefined;
  readonly workItemTypes: readonly Named[];
}
const level: z.ZodMiniType<WireLevel> = z.object({ id: z.string(), rank: z.optional(z.number()), workItemTypes: z.array(named) });

export interface WireBacklogs {
  readonly portfolioBacklogs: readonly WireLevel[];
  readonly requirementBacklog?: WireLevel | null | undefined;
  readonly taskBacklog?: WireLevel | null | undefined;
}
export const backlogs: z.ZodMiniType<WireBacklogs> = z.object({
  portfolioBacklogs: z.array(level),
  requirementBacklog: z.optional(z.nullable(level)),
  taskBacklog: z.optional(z.nullable(level)),
});

export const projectList: z.ZodMiniType<{ readonly value: readonly Named[] }> = z.object({ value: z.array(named) });
