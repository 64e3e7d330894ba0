/** Links tickets to the ticket of the section above them where that is in another target: no tracker nests across (semantics 1). */

import type { Diagnostic } from "../../core/model/diagnostic.ts";
import { TrackerError } from "../../trackers/tracker-error.ts";
import type { OpenTarget } from "../read-targets.ts";
import { attemptInTurn } from "./attempt-in-turn.ts";
import type { RunContext } from "./run-context.ts";

/**
 * Called for sections whose tickets are there, before their markers are written: what a crash leaves out, the next run
 * finds unmarked and links then. A link that stands already is not put again. One that is refused is told, and stops nothing.
 */
export async function linkAcross(addresses: readonly string[], context: RunContext): Promise<void> {
  const mine = new Set(addresses);
  const wanted = context.across.filter(({ child, parent }) => mine.has(child) || mine.has(parent));
  if (wanted.length === 0) return;
  const urls = await urlsOf([...new Set(wanted.map(({ parent }) => parent))], context);
  const links = wanted.flatMap(({ child, parent }) => {
    const [key, above, url] = [keyOf(child, context), keyOf(parent, context), urls.get(parent)];
    return key === null || above === null || url === undefined ? [] : [{ child, link: { key, url, title: above, kind: "parent" as const } }];
  });
  for (const [name, group] of Map.groupBy(links, ({ child }) => targetOf(child, context))) {
    const target = context.gathered.targets.get(name);
    if (target) await send(group, target, context);
  }
}

function targetOf(address: string, { gathered }: RunContext): string {
  return gathered.made.items.get(address)?.item.target ?? "";
}

function keyOf(address: string, { gathered, ledger }: RunContext): string | null {
  return ledger.keyOf(address) ?? gathered.made.items.get(address)?.item.key ?? null;
}

/** By address; absent where the tracker has no pages for tickets, or did not tell. */
async function urlsOf(addresses: readonly string[], context: RunContext): Promise<ReadonlyMap<string, string>> {
  const urls = new Map<string, string>();
  for (const [name, group] of Map.groupBy(addresses, (address) => targetOf(address, context))) {
    const tracker = context.gathered.targets.get(name)?.tracker;
    const byKey = new Map(group.flatMap((address): [string, string][] => (keyOf(address, context) === null ? [] : [[keyOf(address, context) ?? "", address]])));
    if (!tracker || byKey.size === 0) continue;
    try {
      for (const { key, url } of (await tracker.read({ keys: [...byKey.keys()] })).tickets) {
        const address = byKey.get(key);
        if (address !== undefined && url !== null) urls.set(address, url);
      }
    } catch (error) {
      if (!(error instanceof TrackerError)) throw error;
    }
  }
  return urls;
}

interface ParentLink {
  readonly child: string;
  readonly link: { readonly key: string; readonly url: string; readonly title: string; readonly kind: "parent" };
}

async function send(links: readonly ParentLink[], { tracker, config }: OpenTarget, context: RunContext): Promise<void> {
  const outcomes = await attemptInTurn(
    links,
    { size: tracker.capabilities.batch.update, target: config.name, send: (some) => tracker.link(some.map(({ link }) => link)) },
    context,
  );
  links.forEach(({ child, link }, index) => {
    const outcome = outcomes[index];
    if (outcome?.state === "done") return;
    const why = outcome?.error.message ?? "the tracker did not answer for it";
    const notice: Diagnostic = { code: "parent-elsewhere", severity: "notice", message: `${link.key} (${child}) has no link to ${link.title}: ${why}` };
    context.notices.push(notice);
  });
}
