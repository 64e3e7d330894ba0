/** Routing rules that could never do what they say: dangling targets, empty matches, rules in the shadow of earlier ones. */

import { globMatcher, isGlob } from "../text/glob.ts";
import { globFault } from "./config-glob.ts";
import { didYouMean, printPath } from "./schema-problems.ts";
import { listOf } from "./texts.ts";
import { SYNC_TARGET } from "./written-config.ts";
import type { WrittenMatch, WrittenRoute } from "./written-config.ts";
import type { SourceProblem, YamlSource } from "./yaml-source.ts";

export const MATCH_KEYS = ["tags", "team", "owner", "path"] as const;

export function routingProblems(routes: readonly WrittenRoute[], targets: readonly string[], source: YamlSource): readonly SourceProblem[] {
  return routes.flatMap((route, index) => [
    ...danglingTarget(route, index, targets, source),
    ...badMatch(route.match, index, source),
    ...pathProblems(route.match, index, source),
    ...shadowed(routes, index, source),
  ]);
}

function danglingTarget(route: WrittenRoute, index: number, targets: readonly string[], source: YamlSource): readonly SourceProblem[] {
  if (targets.includes(route.target)) return [];
  const path = ["routing", index, "target"];
  const hint =
    route.target === "sync" && targets.includes(SYNC_TARGET)
      ? `Write ${SYNC_TARGET}: so is sync called in routing.`
      : (didYouMean(route.target, targets).hint ?? `Targets: ${targets.join(", ")}.`);
  return [{ code: "route-target-unknown", message: `${printPath(path)} is "${route.target}", which is not configured.`, hint, at: source.valueAt(path) }];
}

function badMatch(match: WrittenMatch, index: number, source: YamlSource): readonly SourceProblem[] {
  const keys = MATCH_KEYS.filter((key) => match[key] !== undefined);
  const path = ["routing", index, "match"];
  const name = printPath(path);
  if (match.default === true && keys.length > 0)
    return [{ code: "route-empty", message: `${name} has default and ${keys.join(", ")}; default stands alone.`, at: source.keyAt([...path, "default"]) }];
  if (match.default !== true && keys.length === 0) return [{ code: "route-empty", message: `${name} matches nothing.`, at: source.keyAt(path) }];
  return keys
    .filter((key) => listOf(match[key]).length === 0)
    .map((key) => ({ code: "route-empty", message: `${printPath([...path, key])} is an empty list and matches nothing.`, at: source.valueAt([...path, key]) }));
}

function pathProblems(match: WrittenMatch, index: number, source: YamlSource): readonly SourceProblem[] {
  return globProblems(match.path, ["routing", index, "match", "path"], source);
}

const LONGEST_SHOWN = 80;

/** Faults of the globs at one key, each at its own place. */
export function globProblems(globs: WrittenMatch["path"], path: readonly PropertyKey[], source: YamlSource): readonly SourceProblem[] {
  return listOf(globs).flatMap((glob, at) => {
    const fault = globFault(glob);
    if (fault === null) return [];
    return [
      {
        code: "config-glob",
        message: `${printPath(path)} "${glob.length > LONGEST_SHOWN ? `${glob.slice(0, LONGEST_SHOWN)}…` : glob}" ${fault}.`,
        at: source.valueAt(Array.isArray(globs) ? [...path, at] : path),
      },
    ];
  });
}

function shadowed(routes: readonly WrittenRoute[], index: number, source: YamlSource): readonly SourceProblem[] {
  const match = routes[index]?.match;
  if (match === undefined) return [];
  const earlier = routes.slice(0, index).findIndex((route) => covers(route.match, match));
  if (earlier < 0) return [];
  const line = source.valueAt(["routing", earlier]).line;
  return [
    {
      code: "route-unreachable",
      message: `routing[${index}] never applies: the rule at line ${line} takes all that it matches.`,
      at: source.valueAt(["routing", index]),
    },
  ];
}

/** True when whatever `narrow` matches is matched by `wide` already. Says no where it cannot tell (two globs). */
function covers(wide: WrittenMatch, narrow: WrittenMatch): boolean {
  if (wide.default === true) return true;
  if (narrow.default === true) return false;
  const keys = MATCH_KEYS.filter((key) => wide[key] !== undefined);
  return keys.length > 0 && keys.every((key) => narrow[key] !== undefined && listOf(narrow[key]).every((value) => takes(key, listOf(wide[key]), value)));
}

function takes(key: (typeof MATCH_KEYS)[number], values: readonly string[], value: string): boolean {
  if (values.includes(value)) return true;
  return key === "path" && !isGlob(value) && values.some((glob) => globMatcher(glob)(value));
}
