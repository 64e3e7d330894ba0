/** Work items and the answers about them: what Canon reads of Azure DevOps. */

import * as z from "zod/mini";

const maybeText = z.optional(z.nullable(z.string()));

/** A person: an object, or (in answers of old versions) `Name <mail>`. */
export type WireIdentity = string | { readonly displayName: string };
export const identity: z.ZodMiniType<WireIdentity> = z.union([z.string(), z.object({ displayName: z.string() })]);

export function nameOf(person: WireIdentity | undefined): string | null {
  if (person === undefined) return null;
  const name = typeof person === "string" ? person.replace(/\s*<[^<>]*>$/, "") : person.displayName;
  return name === "" ? null : name;
}

export interface WireRelation {
  readonly rel: string;
  readonly url: string;
  readonly attributes?: { readonly comment?: string | null | undefined; readonly name?: string | null | undefined } | null | undefined;
}

const relation: z.ZodMiniType<WireRelation> = z.object({
  rel: z.string(),
  url: z.string(),
  attributes: z.optional(z.nullable(z.object({ comment: maybeText, name: maybeText }))),
});

export interface WireItem {
  readonly id: number;
  readonly rev: number;
  readonly fields: {
    readonly "System.Title"?: string | undefined;
    readonly "System.Description"?: string | undefined;
    readonly "System.State": string;
    readonly "System.WorkItemType": string;
    readonly "System.TeamProject": string;
    readonly "System.Tags"?: string | undefined;
    readonly "System.Parent"?: number | undefined;
    readonly "System.CreatedDate": string;
    readonly "System.ChangedDate": string;
    readonly "System.ChangedBy"?: WireIdentity | undefined;
    readonly "System.AssignedTo"?: WireIdentity | undefined;
    readonly "Microsoft.VSTS.Common.Priority"?: number | undefined;
  };
  /** Only from version 7.2 on; a field that it lacks is HTML. */
  readonly multilineFieldsFormat?: Readonly<Record<string, string>> | undefined;
  /** Only where they were asked for; absent also where there are none. */
  readonly relations?: readonly WireRelation[] | undefined;
}

export const workItem: z.ZodMiniType<WireItem> = z.object({
  id: z.number(),
  rev: z.number(),
  fields: z.object({
    "System.Title": z.optional(z.string()),
    "System.Description": z.optional(z.string()),
    "System.State": z.string(),
    "System.WorkItemType": z.string(),
    "System.TeamProject": z.string(),
    "System.Tags": z.optional(z.string()),
    "System.Parent": z.optional(z.number()),
    "System.CreatedDate": z.string(),
    "System.ChangedDate": z.string(),
    "System.ChangedBy": z.optional(identity),
    "System.AssignedTo": z.optional(identity),
    "Microsoft.VSTS.Common.Priority": z.optional(z.number()),
  }),
  multilineFieldsFormat: z.optional(z.record(z.string(), z.string())),
  relations: z.optional(z.array(relation)),
});

/** `count` says how many there should be. What cannot be read is null or left out. */
export interface WireItems {
  readonly count: number;
  readonly value: readonly (WireItem | null)[];
}
export const itemList: z.ZodMiniType<WireItems> = z.object({ count: z.number(), value: z.array(z.nullable(workItem)) });

export const idList: z.ZodMiniType<{ readonly workItems: readonly { readonly id: number }[] }> = z.object({ workItems: z.array(z.object({ id: z.number() })) });

export const binList: z.ZodMiniType<{ readonly value: readonly { readonly id: number | null }[] }> = z.object({
  value: z.array(z.object({ id: z.nullable(z.number()) })),
});
export const binned: z.ZodMiniType<{ readonly resource: WireItem }> = z.object({ resource: workItem });

/** Each answer stands in that of the batch as text, as if it had come alone. */
export interface WireElement {
  readonly code: number;
  readonly body: string;
}
export const batchAnswer: z.ZodMiniType<{ readonly value: readonly WireElement[] }> = z.object({
  value: z.array(z.object({ code: z.number(), body: z.string() })),
});

export interface WireUpdate {
  readonly id: number;
  readonly rev: number;
  readonly revisedBy?: WireIdentity | undefined;
  readonly revisedDate?: string | undefined;
  readonly fields?: Readonly<Record<string, { readonly oldValue?: unknown; readonly newValue?: unknown }>> | null | undefined;
  readonly relations?:
    | { readonly added?: readonly WireRelation[] | null | undefined; readonly removed?: readonly WireRelation[] | null | undefined }
    | null
    | undefined;
}

export const updateList: z.ZodMiniType<{ readonly value: readonly WireUpdate[] }> = z.object({
  value: z.array(
    z.object({
      id: z.number(),
      rev: z.number(),
      revisedBy: z.optional(identity),
      revisedDate: z.optional(z.string()),
      fields: z.optional(z.nullable(z.record(z.string(), z.object({ oldValue: z.optional(z.unknown()), newValue: z.optional(z.unknown()) })))),
      relations: z.optional(z.nullable(z.object({ added: z.optional(z.nullable(z.array(relation))), removed: z.optional(z.nullable(z.array(relation))) }))),
    }),
  ),
});

export interface WireComment {
  readonly id: number;
  readonly text?: string | null | undefined;
  readonly createdBy?: { readonly id?: string | undefined } | undefined;
}
const comment: z.ZodMiniType<WireComment> = z.object({ id: z.number(), text: maybeText, createdBy: z.optional(z.object({ id: z.optional(z.string()) })) });

export interface WireComments {
  readonly comments: readonly WireComment[];
  readonly continuationToken?: string | null | undefined;
}
export const commentList: z.ZodMiniType<WireComments> = z.object({ comments: z.array(comment), continuationToken: maybeText });
export const writtenComment: z.ZodMiniType<{ readonly id: number }> = z.object({ id: z.number() });

export interface WireRefusal {
  readonly message: string;
  readonly typeKey?: string | undefined;
  readonly customProperties?:
    | {
        readonly RuleValidationErrors?:
          | readonly { readonly fieldReferenceName: string; readonly fieldStatusFlags?: string | undefined; readonly errorMessage?: string | undefined }[]
          | null
          | undefined;
      }
    | null
    | undefined;
}

const brokenRule = z.object({ fieldReferenceName: z.string(), fieldStatusFlags: z.optional(z.string()), errorMessage: z.optional(z.string()) });

export const refusal: z.ZodMiniType<WireRefusal> = z.object({
  message: z.string(),
  typeKey: z.optional(z.string()),
  customProperties: z.optional(z.nullable(z.object({ RuleValidationErrors: z.optional(z.nullable(z.array(brokenRule))) }))),
});
