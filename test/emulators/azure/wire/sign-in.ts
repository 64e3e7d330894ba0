/** Who may come in: personal access tokens as Basic with an empty user, each with its scopes and its end. */

import type { WireAnswer, WireRequest } from "../../kit/wire.ts";
import { AzureRefusal, refusalAnswer } from "./azure-refusal.ts";

/** `work` reads, `work-write` reads and writes work items. */
export type Scope = "work" | "work-write" | "project" | "code";

export interface PersonalToken {
  readonly secret: string;
  readonly scopes: readonly Scope[];
  readonly hasExpired: boolean;
}

/** The tokens of the account; each test takes the one it is about. */
export const AZURE_TOKENS: Readonly<Record<"good" | "readOnly" | "otherScope" | "expired", PersonalToken>> = {
  good: { secret: "azpatgood0000000000000000000000000000000000000000000", scopes: ["work-write", "project"], hasExpired: false },
  readOnly: { secret: "azpatread0000000000000000000000000000000000000000000", scopes: ["work", "project"], hasExpired: false },
  otherScope: { secret: "azpatcode0000000000000000000000000000000000000000000", scopes: ["code"], hasExpired: false },
  expired: { secret: "azpatpast0000000000000000000000000000000000000000000", scopes: ["work-write", "project"], hasExpired: true },
};

const CHALLENGE = {
  "www-authenticate": 'Bearer authorization_uri=https://login.example.invalid/, Basic realm="https://tfsprodcus3.example.invalid/", TFS-Federated',
};

const PAGE = '<!DOCTYPE html>\n<html lang="en-US"><head><title>Azure DevOps Services | Sign In</title></head><body><h1>Sign in</h1></body></html>\n';

/** The token that came along; an answer where it opens nothing. */
export function signIn({ headers }: WireRequest, wrongToken: 203 | 401): PersonalToken | WireAnswer {
  const [, encoded = ""] = /^Basic\s+(\S+)$/i.exec(headers.authorization ?? "") ?? [];
  // The user's part is ignored by the vendor; only the secret after the colon counts.
  const secret = Buffer.from(encoded, "base64").toString("utf8").split(":").slice(1).join(":");
  const token = Object.values(AZURE_TOKENS).find((one) => one.secret === secret);
  if (token?.hasExpired === true)
    return { status: 401, headers: { ...CHALLENGE, "content-type": "text/plain" }, body: "Access Denied: The Personal Access Token used has expired." };
  if (token !== undefined) return token;
  if (wrongToken === 401) return { status: 401, headers: { ...CHALLENGE, "content-type": "text/html" }, body: "" };
  return { status: 203, headers: { "content-type": "text/html; charset=utf-8" }, body: PAGE };
}

/** A token without the scope is told apart from a person without the permission: 401, not 403. */
export function outOfScope(account: string): WireAnswer {
  const refusal = new AzureRefusal(401, "UnauthorizedRequestException", `TF400813: The user '${account}' is not authorized to access this resource.`);
  return { ...refusalAnswer(refusal), headers: CHALLENGE };
}
