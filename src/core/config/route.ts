/** Which target a spec belongs to: its own `ticket_project` first, then the first routing rule that matches. */

import type { Config, Route, RouteMatch, TargetConfig } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { FrontMatter } from "../model/front-matter.ts";
import { nearestWord } from "../text/nearest-word.ts";
import { globMatcher } from "../text/glob.ts";
import { SYNC_TARGET } from "./written-config.ts";

export interface RoutedSpec {
  readonly path: string;
  readonly frontMatter: FrontMatter;
}

export type Routing = { readonly target: TargetConfig } | { readonly target: null; readonly diagnostic: Diagnostic };

export function routeSpec(config: Config, spec: RoutedSpec): Routing {
  const { ticketProject } = spec.frontMatter;
  if (ticketProject !== null) return byProject(config, spec, ticketProject);
  const rule = config.routing.find((route) => applies(route, spec));
  const name = rule?.target ?? (config.routing.length === 0 ? withoutRules(config) : null);
  const target = config.targets.find((one) => one.name === name);
  return target === undefined ? unrouted(config, spec) : { target };
}

/** A single target takes all; beside others the short form does. */
function withoutRules({ targets }: Config): string | null {
  const [only, second] = targets;
  return only !== undefined && second === undefined ? only.name : SYNC_TARGET;
}

function applies({ match }: Route, spec: RoutedSpec): boolean {
  return match === null || matches(match, spec);
}

/** A key that is not written holds for every spec; of the values of one key, one is enough. */
function matches(match: RouteMatch, { path, frontMatter }: RoutedSpec): boolean {
  const holds = (wanted: readonly string[], test: (value: string) => boolean): boolean => wanted.length === 0 || wanted.some(test);
  return (
    holds(match.tags, (tag) => frontMatter.tags.includes(tag)) &&
    holds(match.team, (team) => team === frontMatter.team) &&
    holds(match.owner, (owner) => owner === frontMatter.owner) &&
    holds(match.path, (glob) => globMatcher(glob)(path))
  );
}

function byProject({ targets }: Config, { path, frontMatter }: RoutedSpec, wanted: string): Routing {
  const named = targets.find(({ name }) => name === wanted);
  const [target, rival] = named === undefined ? targets.filter(({ project }) => project === wanted) : [named];
  if (target !== undefined && rival === undefined) return { target };
  const line = frontMatter.lines["ticket_project"];
  const place = { path, ...(line === undefined ? {} : { line }) };
  if (target !== undefined && rival !== undefined) {
    const message = `ticket_project "${wanted}" is a project of both ${target.name} and ${rival.name}.`;
    return { target: null, diagnostic: { code: "route-project-unknown", severity: "error", message, place, hint: `Write ${target.name} or ${rival.name}.` } };
  }
  const known = [...new Set(targets.flatMap(({ project, name }) => (name === SYNC_TARGET ? [project] : [project, name])))];
  const nearest = nearestWord(wanted, known);
  const hint = nearest === null ? `Configured: ${known.join(", ")}.` : `Did you mean ${nearest}?`;
  return {
    target: null,
    diagnostic: { code: "route-project-unknown", severity: "error", message: `ticket_project "${wanted}" is no configured project or target.`, place, hint },
  };
}

function unrouted({ routing, targets }: Config, { path }: RoutedSpec): Routing {
  const names = targets.map(({ name }) => name).join(", ");
  const message = routing.length === 0 ? `There are several targets (${names}) and no routing.` : "No routing rule matches this spec.";
  return { target: null, diagnostic: { code: "route-missing", severity: "error", message, place: { path } } };
}
