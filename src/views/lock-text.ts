/** Who is writing to what, for people: the lock of this clone, then the lease of each target. */

import type { Lease, LeaseHolder } from "../core/plan/lease.ts";
import { cleanLine } from "../core/text/terminal-text.ts";
import { ago } from "../core/text/ago.ts";
import type { Page } from "./paint.ts";
import { count } from "./words.ts";
import { wrapText } from "./wrap.ts";

export interface LocksView {
  readonly clone: { readonly pid: number; readonly host: string; readonly command: string; readonly since: string } | null;
  readonly leases: readonly { readonly target: string; readonly remote: string; readonly ref: string; readonly lease: Lease }[];
  readonly unleased: readonly string[];
}

export function locksText({ clone, leases, unleased }: LocksView, now: string, page: Page): string {
  const here =
    clone === null ? "nobody is writing" : `${cleanLine(clone.command)} (process ${clone.pid} on ${cleanLine(clone.host)}), since ${ago(clone.since, now)}`;
  const lines = [
    ...entry("This clone", here, page),
    ...leases.flatMap((one) => ["", ...leaseLines(one, now, page)]),
    ...(unleased.length === 0 ? [] : ["", ...indented(`Only the lock of this clone guards ${unleased.map(cleanLine).join(", ")}.`, 2, page)]),
  ];
  return `${lines.join("\n")}\n`;
}

function leaseLines({ target, remote, ref, lease }: LocksView["leases"][number], now: string, page: Page): readonly string[] {
  const { holder, intents, claims } = lease;
  return [
    ...entry(cleanLine(target), holder === null ? "nobody is writing" : holderText(holder, now), page),
    ...told(intents.length, `${count(intents.length, "create")} in doubt; the next canon apply settles ${intents.length === 1 ? "it" : "them"} first`, page),
    ...intents.flatMap(({ address, title }) => indented(`${cleanLine(address)}  ${cleanLine(title)}`, 6, page)),
    ...told(claims.length, `${count(claims.length, "ticket")} whose ${claims.length === 1 ? "marker is" : "markers are"} not merged yet`, page),
    ...claims.flatMap(({ key, path, section }) => indented(`${cleanLine(key)}  ${cleanLine(path)}#${cleanLine(section)}`, 6, page)),
    ...indented(`${cleanLine(ref)} of ${cleanLine(remote)}`, 4, page).map((line) => page.paint("quiet", line)),
  ];
}

/** The end is by the clock of that machine, and so told apart from ours. */
function holderText({ command, host, pid, since, until }: LeaseHolder, now: string): string {
  return `${cleanLine(command)} (process ${pid} on ${cleanLine(host)}), since ${ago(since, now)}, until ${until.slice(11, 19)} UTC by its clock unless renewed`;
}

function entry(name: string, text: string, page: Page): readonly string[] {
  return [`  ${page.paint("heading", name)}`, ...indented(text, 4, page)];
}

function told(number: number, text: string, page: Page): readonly string[] {
  return number === 0 ? [] : indented(text, 4, page);
}

function indented(text: string, by: number, page: Page): readonly string[] {
  return wrapText(text, page.columns - by).map((line) => " ".repeat(by) + line);
}
