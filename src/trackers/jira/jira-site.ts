/** Which Jira it is and who asks: the address and the credential, from the configuration and the environment. */

import { isSafeAddress } from "../../io/http/safe-address.ts";
import { credential, neededCredential, type RemoteOptions } from "../remote-options.ts";
import { invalid } from "./jira-error-client.ts";

export interface JiraSite {
  /** Scheme, host and path, without a slash at the end. */
  readonly root: string;
  /** Host and path: what people know it by. */
  readonly host: string;
  readonly authorization: string;
  /** What the names of its variables begin with. */
  readonly envPrefix: string;
  /** Known without asking; null: the server must say. */
  readonly isCloud: boolean | null;
}

export function jiraSite(options: Pick<RemoteOptions, "target" | "env">): JiraSite {
  const { target } = options;
  const address =
    target.baseUrl ?? neededCredential(options, "JIRA_HOST", "Set it to the address of your Jira (acme.atlassian.net), or give the target a base_url.");
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `https://${address}`);
  if (url === null || !isUsable(url) || url.username !== "" || url.password !== "") {
    throw invalid(`The address of Jira for ${target.name} cannot be used.`, "Give base_url or JIRA_HOST as https://host or host, without user and password.");
  }
  const path = url.pathname.replace(/\/+$/, "");
  const token = neededCredential(
    options,
    "JIRA_API_TOKEN",
    "Make one at https://id.atlassian.com/manage-profile/security/api-tokens, or a personal access token on Data Center.",
  );
  const email = credential(options, "JIRA_EMAIL");
  return {
    root: url.origin + path,
    host: url.host + path,
    authorization: email === null ? `Bearer ${token}` : `Basic ${Buffer.from(`${email}:${token}`, "utf8").toString("base64")}`,
    envPrefix: target.envPrefix,
    isCloud: email === null ? false : isCloudHost(url.hostname) ? true : null,
  };
}

/** Within companies a Data Center on plain http is common; the Cloud never is. */
function isUsable(url: URL): boolean {
  return isSafeAddress(url) || (url.protocol === "http:" && !isCloudHost(url.hostname));
}

/** The Cloud knows no token without an e-mail; api.atlassian.com is where its scoped tokens are taken. */
function isCloudHost(host: string): boolean {
  return host === "api.atlassian.com" || host.endsWith(".atlassian.net") || host.endsWith(".jira.com");
}
