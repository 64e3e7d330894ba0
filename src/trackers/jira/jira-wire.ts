/** What Jira's answers must look like: only the fields that are read, the same in Cloud and Data Center unless it says so. */

import { array, boolean, looseObject, nullish, number, object, optional, record, string, union, unknown, type ZodMiniType } from "zod/mini";

export interface WireNamed {
  readonly id: string;
  readonly name: string;
}
const named: ZodMiniType<WireNamed> = object({ id: string(), name: string() });

export interface WireStatus extends WireNamed {
  /** new, indeterminate, done; undefined where nobody chose. */
  readonly statusCategory: { readonly key: string };
}
const status: ZodMiniType<WireStatus> = object({ id: string(), name: string(), statusCategory: object({ key: string() }) });

export interface WireFields {
  readonly summary: string;
  readonly issuetype: WireNamed;
  readonly status: WireStatus;
  readonly labels: readonly string[];
  readonly created: string;
  readonly updated: string;
  readonly parent?: { readonly key: string } | null | undefined;
  readonly resolution?: { readonly name: string } | null | undefined;
  /** Of a copy: who copied. */
  readonly creator?: WirePerson | null | undefined;
  /** Epic Link and its like stand under ids that each instance makes up. */
  readonly [field: string]: unknown;
}

export interface WireIssue {
  readonly id: string;
  readonly key: string;
  readonly fields: WireFields;
  readonly properties?: Readonly<Record<string, unknown>> | undefined;
}
export const issueSchema: ZodMiniType<WireIssue> = object({
  id: string(),
  key: string(),
  fields: looseObject({
    summary: string(),
    issuetype: named,
    status,
    labels: array(string()),
    created: string(),
    updated: string(),
    parent: nullish(object({ key: string() })),
    resolution: nullish(object({ name: string() })),
    creator: nullish(object({ accountId: optional(string()), name: optional(string()) })),
  }),
  properties: optional(record(string(), unknown())),
});

/** Cloud. */
export interface WireIssues {
  readonly issues: readonly WireIssue[];
  readonly issueErrors?: readonly { readonly id: string; readonly errorMessage?: string | undefined }[] | undefined;
}
export const issuesSchema: ZodMiniType<WireIssues> = object({
  issues: array(issueSchema),
  issueErrors: optional(array(object({ id: string(), errorMessage: optional(string()) }))),
});

/** Cloud: pages by token. */
export interface WireIds {
  readonly issues: readonly { readonly id: string; readonly key?: string | undefined }[];
  readonly nextPageToken?: string | null | undefined;
  readonly isLast?: boolean | undefined;
}
export const idsSchema: ZodMiniType<WireIds> = object({
  issues: array(object({ id: string(), key: optional(string()) })),
  nextPageToken: nullish(string()),
  isLast: optional(boolean()),
});

/** Data Center: pages by number. */
export interface WirePage<T> {
  readonly issues: readonly T[];
  readonly startAt: number;
  readonly total: number;
  /** What the query asked for and could not be read. */
  readonly warningMessages?: readonly string[] | null | undefined;
}
const page = { startAt: number(), total: number(), warningMessages: nullish(array(string())) };
export const pageSchema: ZodMiniType<WirePage<WireIssue>> = object({ ...page, issues: array(issueSchema) });
export const updatedPageSchema: ZodMiniType<WirePage<{ readonly id: string; readonly key: string; readonly fields: { readonly updated: string } }>> = object({
  ...page,
  issues: array(object({ id: string(), key: string(), fields: object({ updated: string() }) })),
});

export interface WireCreated {
  readonly issues?: readonly { readonly id: string; readonly key: string }[] | undefined;
  readonly errors?: readonly { readonly failedElementNumber: number; readonly status?: number | undefined; readonly elementErrors?: unknown }[] | undefined;
}
export const createdSchema: ZodMiniType<WireCreated> = object({
  issues: optional(array(object({ id: string(), key: string() }))),
  errors: optional(array(object({ failedElementNumber: number(), status: optional(number()), elementErrors: unknown() }))),
});

/** As far as it tells people apart. */
export interface WirePerson {
  /** Cloud. */
  readonly accountId?: string | undefined;
  /** Data Center. */
  readonly name?: string | undefined;
}
export interface WireUser extends WirePerson {
  readonly displayName: string;
  readonly timeZone?: string | null | undefined;
}
export const userSchema: ZodMiniType<WireUser> = object({
  accountId: optional(string()),
  name: optional(string()),
  displayName: string(),
  timeZone: nullish(string()),
});

export interface WireType extends WireNamed {
  readonly subtask?: boolean | undefined;
  /** Cloud: 1 epics, 0 standard, -1 sub-tasks, more above. */
  readonly hierarchyLevel?: number | undefined;
}
export interface WireProject extends WireNamed {
  readonly key: string;
  readonly issueTypes: readonly WireType[];
}
export const projectSchema: ZodMiniType<WireProject> = object({
  id: string(),
  key: string(),
  name: string(),
  issueTypes: array(object({ id: string(), name: string(), subtask: optional(boolean()), hierarchyLevel: optional(number()) })),
});

export type WireProjectNames = readonly { readonly key: string; readonly name: string }[];
export const projectNamesSchema: ZodMiniType<WireProjectNames> = array(object({ key: string(), name: string() }));
export const projectPageSchema: ZodMiniType<{ readonly values: WireProjectNames }> = object({ values: projectNamesSchema });

export interface WireTypeStatuses extends WireNamed {
  readonly statuses: readonly WireStatus[];
}
export const typeStatusesSchema: ZodMiniType<readonly WireTypeStatuses[]> = array(object({ id: string(), name: string(), statuses: array(status) }));

export interface WirePermissions {
  readonly permissions: Readonly<Record<string, { readonly havePermission: boolean }>>;
}
export const permissionsSchema: ZodMiniType<WirePermissions> = object({ permissions: record(string(), object({ havePermission: boolean() })) });

/** A field of the form that creates a ticket. */
export interface WireField {
  readonly fieldId: string;
  readonly name: string;
  readonly required: boolean;
  readonly schema: { readonly type: string; readonly items?: string | undefined; readonly custom?: string | undefined };
}
const field: ZodMiniType<WireField> = object({
  fieldId: string(),
  name: string(),
  required: boolean(),
  schema: object({ type: string(), items: optional(string()), custom: optional(string()) }),
});
/** Cloud says `fields`, Data Center `values`. */
export interface WireFormPage {
  readonly fields?: readonly WireField[] | undefined;
  readonly values?: readonly WireField[] | undefined;
}
export const formSchema: ZodMiniType<WireFormPage> = object({ fields: optional(array(field)), values: optional(array(field)) });

export type WireFieldNames = readonly { readonly id: string; readonly name: string; readonly schema?: { readonly custom?: string | undefined } | undefined }[];
export const fieldNamesSchema: ZodMiniType<WireFieldNames> = array(
  object({ id: string(), name: string(), schema: optional(object({ custom: optional(string()) })) }),
);

export interface WireTransition extends WireNamed {
  readonly to: WireStatus;
}
export const transitionsSchema: ZodMiniType<{ readonly transitions: readonly WireTransition[] }> = object({
  transitions: array(object({ id: string(), name: string(), to: status })),
});

export interface WireProperty {
  readonly key: string;
  readonly value: unknown;
}
const property: ZodMiniType<WireProperty> = object({ key: string(), value: unknown() });
export const propertySchema: ZodMiniType<WireProperty> = property;

export interface WireComment {
  readonly id: string;
  readonly author?: WireUser | undefined;
  readonly created: string;
  readonly body: unknown;
  readonly properties?: readonly WireProperty[] | undefined;
}
const comment: ZodMiniType<WireComment> = object({
  id: string(),
  author: optional(userSchema),
  created: string(),
  body: unknown(),
  properties: optional(array(property)),
});
export interface WireComments {
  readonly comments: readonly WireComment[];
  readonly total: number;
}
export const commentsSchema: ZodMiniType<WireComments> = object({ comments: array(comment), total: number() });
export const commentListSchema: ZodMiniType<{ readonly values: readonly WireComment[] }> = object({ values: array(comment) });

export interface WireChange {
  readonly author?: { readonly displayName: string } | undefined;
  /** Cloud's bulk form counts milliseconds, everything else writes the date. */
  readonly created: string | number;
  readonly items: readonly WireChangeItem[];
}
export interface WireChangeItem {
  readonly field: string;
  readonly from?: string | null | undefined;
  readonly fromString?: string | null | undefined;
  readonly to?: string | null | undefined;
  /** Every object has a method of this name, so it is read with care. */
  readonly toString?: unknown;
}
const words = nullish(string());
const change: ZodMiniType<WireChange> = object({
  author: optional(object({ displayName: string() })),
  created: union([string(), number()]),
  items: array(object({ field: string(), from: words, fromString: words, to: words, toString: unknown() })),
});
export interface WireBulkChanges {
  readonly issueChangeLogs?: readonly { readonly issueId: string; readonly changeHistories: readonly WireChange[] }[] | undefined;
  readonly nextPageToken?: string | null | undefined;
}
export const bulkChangesSchema: ZodMiniType<WireBulkChanges> = object({
  issueChangeLogs: optional(array(object({ issueId: string(), changeHistories: array(change) }))),
  nextPageToken: nullish(string()),
});

/** A ticket with what was said and, on Data Center, what was changed. */
export interface WireLogged {
  readonly id: string;
  readonly key: string;
  readonly fields: { readonly comment?: WireComments | undefined };
  readonly changelog?: { readonly histories: readonly WireChange[] } | undefined;
}
const logged: ZodMiniType<WireLogged> = object({
  id: string(),
  key: string(),
  fields: object({ comment: optional(commentsSchema) }),
  changelog: optional(object({ histories: array(change) })),
});
export const loggedSchema: ZodMiniType<WireLogged> = logged;
export const allLoggedSchema: ZodMiniType<{ readonly issues: readonly WireLogged[] }> = object({ issues: array(logged) });

/** Where only who it is counts. */
export const keySchema: ZodMiniType<{ readonly id: string; readonly key: string }> = object({ id: string(), key: string() });
