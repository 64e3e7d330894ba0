/** A refusal as GitHub words it; REST and GraphQL each give it their own form. */

/**
 * unprocessable: the values are wrong. scopes: a classic token lacks a scope (REST hides that behind "Not Found").
 * too-quick: the limit on creating content, met in the middle of a request. node-limit and the like: GraphQL's own.
 */
export type RefusalKind = "not-found" | "gone" | "forbidden" | "unprocessable" | "scopes" | "too-quick" | "bad-request" | "graphql" | "conflict" | "broken";

export interface FieldProblem {
  readonly resource: string;
  readonly field?: string;
  readonly code: string;
  readonly message?: string;
  readonly value?: string | null;
}

export class GithubRefusal extends Error {
  readonly kind: RefusalKind;
  readonly problems: readonly FieldProblem[];
  /** The permission that a token of its kind would need, as GitHub names it in a header. */
  readonly accepted: string | null;
  /** The type in GraphQL's `errors[]`, where it is not the one of its kind. */
  readonly type: string | null;

  constructor(
    kind: RefusalKind,
    message: string,
    options: { readonly problems?: readonly FieldProblem[]; readonly type?: string; readonly accepted?: string } = {},
  ) {
    super(message);
    this.name = "GithubRefusal";
    this.kind = kind;
    this.problems = options.problems ?? [];
    this.type = options.type ?? null;
    this.accepted = options.accepted ?? null;
  }
}

export function invalidField(resource: string, field: string, message: string, code = "custom"): GithubRefusal {
  return new GithubRefusal("unprocessable", message, { problems: [{ resource, field, code, ...(code === "custom" ? { message } : {}) }] });
}
