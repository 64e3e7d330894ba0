/** Cuts a list into GitHub's pages: 30 unless told, never more than 100 (more is taken as 100), with Link headers. */

import type { WireAnswer } from "../../kit/wire.ts";
import type { Call } from "../github-call.ts";
import { GithubRefusal } from "../github-refusal.ts";

const USUAL = 30;
const MOST = 100;

/** Lists whose next page fails: that is how a list ends early at GitHub. One failure each. */
const broken = new WeakMap<Call["world"], Set<string>>();

export interface Page {
  readonly size: number;
  readonly number: number;
}

export function pageOf({ request }: Call): Page {
  const asked = (name: string, usual: number): number => {
    const value = Number.parseInt(request.query.get(name) ?? "", 10);
    return Number.isFinite(value) && value > 0 ? value : usual;
  };
  return { size: Math.min(MOST, asked("per_page", USUAL)), number: asked("page", 1) };
}

/** `wrap` makes the body of what stands on the page. */
export function paged<Item>(call: Call, all: readonly Item[], wrap: (items: readonly Item[]) => unknown): WireAnswer {
  const { size, number } = pageOf(call);
  const { path } = call.request;
  if (number > 1 && broken.get(call.world)?.delete(path) === true) throw new GithubRefusal("broken", "Server Error");
  const items = all.slice((number - 1) * size, number * size);
  if (!call.strike.partial) return { status: 200, headers: links(call, number, Math.ceil(all.length / size)), body: wrap(items) };
  const set = broken.get(call.world) ?? new Set<string>();
  broken.set(call.world, set.add(path));
  return { status: 200, headers: links(call, number, Math.max(number + 1, Math.ceil(all.length / size))), body: wrap(items.slice(0, items.length >> 1)) };
}

function links({ api, request }: Call, number: number, last: number): Readonly<Record<string, string>> {
  const to = (page: number, rel: string): string => {
    const query = new URLSearchParams(request.query);
    query.set("page", String(page));
    return `<${api}${request.path}?${query.toString()}>; rel="${rel}"`;
  };
  const parts = [
    ...(number > 1 ? [to(number - 1, "prev")] : []),
    ...(number < last ? [to(number + 1, "next"), to(last, "last")] : []),
    ...(number > 1 ? [to(1, "first")] : []),
  ];
  return parts.length === 0 ? {} : { link: parts.join(", ") };
}
