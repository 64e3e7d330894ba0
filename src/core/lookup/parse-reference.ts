/** Reads what people paste or type to name a ticket: an address of any platform, a key, a number. */

import type { System } from "../model/system.ts";

export interface TicketReference {
  /** null: the form does not say. */
  readonly system: System | null;
  /** Host with port, of an address; null where only a key was typed. */
  readonly host: string | null;
  /** Team, project, `owner/repo` or `organisation/project`, as far as the form says it. */
  readonly place: string | null;
  /** As the platform writes it: ENG-123, 42. */
  readonly key: string;
}

export type ParsedReference = { readonly ok: true; readonly reference: TicketReference } | { readonly ok: false; readonly why: string };

const KEY = /^[A-Za-z][A-Za-z0-9_]{0,30}-\d{1,12}$/;
const NUMBER = /^#?(\d{1,12})$/;
const GITHUB = /^((?:[\w.-]{1,100}\/)?[\w.-]{1,100})#(\d{1,12})$/;
const AZURE = /^AB#(\d{1,12})$/i;
/** Longer than any address that a browser shows. */
const LONGEST = 2_000;

/** `hosts`: those that the configuration and the environment name, each with its platform; others are known by their names. */
export function parseReference(text: string, hosts: ReadonlyMap<string, System> = new Map()): ParsedReference {
  const typed = text.trim();
  if (typed.length > LONGEST) return { ok: false, why: "it is too long" };
  if (/^https?:\/\//i.test(typed)) return parseAddress(typed, hosts);
  const azure = AZURE.exec(typed)?.[1];
  if (azure !== undefined) return named("azure", null, null, azure);
  const github = GITHUB.exec(typed);
  if (github) return named("github", null, github[1]?.includes("/") === true ? github[1] : null, typed);
  if (KEY.test(typed)) return named(null, null, placeOfKey(typed), typed.toUpperCase());
  const number = NUMBER.exec(typed)?.[1];
  if (number !== undefined) return named(null, null, null, number);
  return { ok: false, why: "it is neither an address nor a key such as ENG-123, owner/repo#42 or 42" };
}

function named(system: System | null, host: string | null, place: string | null, key: string): ParsedReference {
  return { ok: true, reference: { system, host, place, key } };
}

function placeOfKey(key: string): string {
  return key.slice(0, key.lastIndexOf("-")).toUpperCase();
}

function parseAddress(typed: string, hosts: ReadonlyMap<string, System>): ParsedReference {
  const url = URL.parse(typed);
  if (url === null) return { ok: false, why: "the address cannot be read" };
  const parts = url.pathname
    .split("/")
    .filter((part) => part !== "")
    .map(decoded);
  const system = hosts.get(url.host) ?? systemOfHost(url.hostname, parts);
  if (system === null) return { ok: false, why: `${url.host} is no platform that Canon knows` };
  const found = ticketIn(system, url, parts);
  return found === null ? { ok: false, why: `the address of ${url.host} leads to no ticket` } : named(system, url.host, found.place, found.key);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function systemOfHost(host: string, parts: readonly string[]): System | null {
  if (host === "linear.app") return "linear";
  if (host === "github.com" || host === "www.github.com") return "github";
  if (host === "dev.azure.com" || host.endsWith(".visualstudio.com")) return "azure";
  if (host.endsWith(".atlassian.net") || parts.includes("browse")) return "jira";
  return null;
}

interface Found {
  readonly place: string | null;
  readonly key: string;
}

function ticketIn(system: System, url: URL, parts: readonly string[]): Found | null {
  switch (system) {
    case "jira":
      return keyOf(parts[parts.indexOf("browse") + 1] ?? "") ?? keyOf(url.searchParams.get("selectedIssue") ?? "");
    case "linear":
      return keyOf(parts[parts.indexOf("issue") + 1] ?? "");
    case "github": {
      const at = parts.findIndex((part) => part === "issues" || part === "pull");
      const [owner, repository, number] = [parts[at - 2], parts[at - 1], parts[at + 1] ?? ""];
      return owner !== undefined && repository !== undefined && NUMBER.test(number) ? { place: `${owner}/${repository}`, key: number } : null;
    }
    case "azure":
      return azureTicket(url, parts);
    case "local":
      return null;
  }
}

function keyOf(text: string): Found | null {
  return KEY.test(text) ? { place: placeOfKey(text), key: text.toUpperCase() } : null;
}

/** `/org/project/_workitems/edit/42`; on the older hosts the organisation is the name of the host. */
function azureTicket(url: URL, parts: readonly string[]): Found | null {
  const at = parts.findIndex((part) => part.startsWith("_"));
  const number = parts[at] === "_workitems" ? (parts.at(-1) ?? "") : (url.searchParams.get("workitem") ?? "");
  if (at < 1 || !NUMBER.test(number)) return null;
  const before = parts.slice(0, at);
  const organisation = url.hostname.endsWith(".visualstudio.com") ? url.hostname.slice(0, url.hostname.indexOf(".")) : (before[0] ?? "");
  const project = before.length > 1 || url.hostname.endsWith(".visualstudio.com") ? before.at(-1) : undefined;
  return { place: project === undefined ? organisation : `${organisation}/${project}`, key: number };
}
