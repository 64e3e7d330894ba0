/** Where a target's project is: the address of its organisation, from `project:`, `base_url:` and AZURE_DEVOPS_ORG_URL. */

import { isSafeAddress } from "../../io/http/safe-address.ts";
import { credential, type RemoteOptions } from "../remote-options.ts";
import { TrackerError } from "../tracker-error.ts";

export interface AzurePlace {
  /** Address of the organisation, without a slash at its end: all paths hang below it. */
  readonly collection: string;
  /** As configured; Azure reads it in any case. */
  readonly project: string;
  /** The same for every spelling of the same project. */
  readonly identity: string;
}

const SERVICE = "https://dev.azure.com";

/** Throws TrackerError. */
export function placeOf(options: Pick<RemoteOptions, "target" | "env">): AzurePlace {
  const { target } = options;
  const [first = "", ...rest] = target.project.split("/").map((part) => part.trim());
  const [organization, project] = rest.length === 0 ? [null, first] : [first, rest.join("/")];
  if (project === "" || organization === "") throw wrong(`project of ${target.name} is "${target.project}".`, "Write project: organisation/project.");
  const variable = `${target.envPrefix}AZURE_DEVOPS_ORG_URL`;
  const written = target.baseUrl ?? credential(options, "AZURE_DEVOPS_ORG_URL") ?? (organization === null ? null : SERVICE);
  if (written === null) throw wrong(`project of ${target.name} names no organisation.`, `Write project: organisation/${project}, or set ${variable}.`);
  const source = target.baseUrl === null ? variable : `base_url of ${target.name}`;
  const url = URL.parse(written.includes("://") ? written : `https://${written}`);
  if (url === null || url.username !== "" || !isSafeAddress(url)) throw wrong(`${source} is no address to send a token to.`, "It must begin with https://.");
  const segments = url.pathname.split("/").filter((segment) => segment !== "");
  // The older form of an organisation's address: https://fabrikam.visualstudio.com.
  const own = /^([^.]+)\.visualstudio\.com$/i.exec(url.hostname)?.[1] ?? segments.at(-1);
  if (own === undefined && organization === null) throw wrong(`${source} names no organisation.`, `Write project: organisation/${project}.`);
  if (own !== undefined && organization !== null && decodeURIComponent(own).toLowerCase() !== organization.toLowerCase())
    throw wrong(`project of ${target.name} is in the organisation ${organization}, and ${source} leads to ${own}.`, "Let both name the same organisation.");
  if (own === undefined && organization !== null) segments.push(encodeURIComponent(organization));
  const path = segments.map((segment) => `/${segment}`).join("");
  return { collection: `${url.origin}${path}`, project, identity: `azure:${url.host}${path}/${project}`.toLowerCase() };
}

function wrong(message: string, hint: string): TrackerError {
  return new TrackerError("invalid", message, { hint });
}
