/** What Linear answers, as far as Canon reads it. */

import * as z from "zod/mini";

const text = z.string();
const maybeText = z.nullable(text);

interface WireError {
  readonly message?: string | undefined;
  readonly path?: readonly (string | number)[] | null | undefined;
  readonly extensions?:
    | { readonly code?: string | undefined; readonly type?: string | undefined; readonly userPresentableMessage?: string | undefined }
    | undefined;
}

/** The envelope of every answer; which of both is there says nothing about the HTTP status (FACTS.md). */
export const answerSchema: z.ZodMiniType<{ data?: Record<string, unknown> | null | undefined; errors?: WireError[] | undefined }> = z.object({
  data: z.optional(z.nullable(z.record(text, z.unknown()))),
  errors: z.optional(
    z.array(
      z.object({
        message: z.optional(text),
        path: z.optional(z.nullable(z.array(z.union([text, z.number()])))),
        extensions: z.optional(z.object({ code: z.optional(text), type: z.optional(text), userPresentableMessage: z.optional(text) })),
      }),
    ),
  ),
});

export interface WirePage<T> {
  readonly nodes: readonly T[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export function pageOf<T>(node: z.ZodMiniType<T>): z.ZodMiniType<WirePage<T>> {
  return z.object({ nodes: z.array(node), pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: maybeText }) });
}

/** The attachment that holds a base. */
export interface WireStore {
  readonly metadata: unknown;
  readonly updatedAt: string;
}
const store = z.object({ metadata: z.unknown(), updatedAt: text });

/** A ticket without what hangs on it. */
export interface WireTicket {
  readonly id: string;
  readonly identifier: string;
  readonly url: string;
  readonly title: string;
  readonly description: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly archivedAt: string | null;
  readonly trashed: boolean | null;
  readonly labelIds: readonly string[];
  readonly state: { readonly name: string; readonly type: string };
  readonly parent: { readonly identifier: string } | null;
}
const bareTicket = z.object({
  id: text,
  identifier: text,
  url: text,
  title: text,
  description: maybeText,
  createdAt: text,
  updatedAt: text,
  archivedAt: maybeText,
  trashed: z.nullable(z.boolean()),
  labelIds: z.array(text),
  state: z.object({ name: text, type: text }),
  parent: z.nullable(z.object({ identifier: text })),
});

export interface WireStoredTicket extends WireTicket {
  readonly attachments: { readonly nodes: readonly WireStore[] };
}
export const ticketSchema: z.ZodMiniType<WireStoredTicket> = z.extend(bareTicket, { attachments: z.object({ nodes: z.array(store) }) });

/** A base that was just written, with its ticket. */
export const storedSchema: z.ZodMiniType<WireStore & { readonly issue: WireTicket }> = z.extend(store, { issue: bareTicket });

/** As much as an outcome needs. */
export interface WirePlace {
  readonly id: string;
  readonly identifier: string;
}
export const placeSchema: z.ZodMiniType<WirePlace> = z.object({ id: text, identifier: text });

export const placeStateSchema: z.ZodMiniType<WirePlace & { readonly archivedAt: string | null }> = z.object({
  id: text,
  identifier: text,
  archivedAt: maybeText,
});

export interface WireLabel {
  readonly id: string;
  readonly name: string;
  /** A group holds labels and cannot be put on a ticket. */
  readonly isGroup: boolean;
  /** null: of the whole workspace. */
  readonly team: { readonly id: string } | null;
}
export const labelSchema: z.ZodMiniType<WireLabel> = z.object({ id: text, name: text, isGroup: z.boolean(), team: z.nullable(z.object({ id: text })) });

export interface WireState {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly position: number;
}

export interface WireTeam {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly defaultIssueState: { readonly id: string } | null;
  readonly states: { readonly nodes: readonly WireState[] };
}

export interface WireProject {
  readonly viewer: { readonly name: string };
  readonly organization: { readonly urlKey: string };
  readonly teams: { readonly nodes: readonly WireTeam[] };
  readonly issueLabels: WirePage<WireLabel>;
}
export const projectSchema: z.ZodMiniType<WireProject> = z.object({
  viewer: z.object({ name: text }),
  organization: z.object({ urlKey: text }),
  teams: z.object({
    nodes: z.array(
      z.object({
        id: text,
        key: text,
        name: text,
        defaultIssueState: z.nullable(z.object({ id: text })),
        states: z.object({ nodes: z.array(z.object({ id: text, name: text, type: text, position: z.number() })) }),
      }),
    ),
  }),
  issueLabels: pageOf(labelSchema),
});

export const teamNamesSchema: z.ZodMiniType<{ readonly teams: { readonly nodes: readonly { readonly key: string; readonly name: string }[] } }> = z.object({
  teams: z.object({ nodes: z.array(z.object({ key: text, name: text })) }),
});
