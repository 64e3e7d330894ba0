/** Who a request comes from: personal keys go raw into `Authorization`, OAuth tokens behind "Bearer". */

import { unauthenticated } from "./linear-problem.ts";

export interface LinearKey {
  readonly token: string;
  readonly kind: "personal" | "oauth";
  readonly scopes: ReadonlySet<string>;
  /** Keys of the teams that it reaches. */
  readonly teams: ReadonlySet<string>;
  readonly expired: boolean;
}

const READ_WRITE = new Set(["read", "write"]);
const VISIBLE = new Set(["ENG", "OPS"]);

/** Tokens of one account, Canon's; every one is a case that a person can get wrong. */
export const LINEAR_KEYS: Readonly<Record<"full" | "oauth" | "readOnly" | "otherTeam" | "expired", LinearKey>> = {
  full: { token: "lin_api_emulated_full", kind: "personal", scopes: READ_WRITE, teams: VISIBLE, expired: false },
  oauth: { token: "lin_oauth_emulated_full", kind: "oauth", scopes: READ_WRITE, teams: VISIBLE, expired: false },
  readOnly: { token: "lin_api_emulated_read", kind: "personal", scopes: new Set(["read"]), teams: VISIBLE, expired: false },
  otherTeam: { token: "lin_api_emulated_ops", kind: "personal", scopes: READ_WRITE, teams: new Set(["OPS"]), expired: false },
  expired: { token: "lin_api_emulated_expired", kind: "personal", scopes: READ_WRITE, teams: VISIBLE, expired: true },
};

/** Throws Linear's refusal. `authorization`: the header as it came. */
export function keyOf(authorization: string | undefined): LinearKey {
  if (authorization === undefined || authorization === "") throw unauthenticated("You need to authenticate to access this operation.");
  const bearer = /^Bearer (.*)$/i.exec(authorization);
  // [F] answered with 400, not 401.
  if (bearer?.[1]?.startsWith("lin_api_")) throw unauthenticated("An API key is no Bearer token: send it without the word Bearer.", 400);
  const key = Object.values(LINEAR_KEYS).find(({ token, kind }) => (kind === "oauth" ? bearer?.[1] === token : authorization === token));
  if (!key || key.expired) throw unauthenticated("Authentication failed: the token is not valid, or is no longer.");
  return key;
}
