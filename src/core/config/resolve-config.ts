/** From what people wrote to what it means: defaults filled in, both forms made one, and the faults that only the whole shows. */

import { canonicalJson } from "../canonical-json.ts";
import { fingerprint } from "../fingerprint.ts";
import type { Config, Route, SpecsConfig, TargetConfig } from "../model/config.ts";
import type { SpecStatus } from "../model/status.ts";
import { globProblems, routingProblems } from "./check-routing.ts";
import { DEFAULT_EXCLUDE_HEADINGS } from "./default-exclude-headings.ts";
import { resolveBot } from "./bot-schema.ts";
import { resolveTarget } from "./resolve-target.ts";
import type { ResolvedTarget } from "./resolve-target.ts";
import { listOf } from "./texts.ts";
import { SYNC_TARGET } from "./written-config.ts";
import type { WrittenConfig, WrittenRoute, WrittenSpecs } from "./written-config.ts";
import type { SourceProblem, YamlSource } from "./yaml-source.ts";

const DEFAULT_INCLUDE: readonly string[] = ["specs/**/*.md"];
const DEFAULT_CREATE_WHEN: readonly SpecStatus[] = ["draft", "todo", "in_progress", "blocked"];
const DEFAULT_CLOSE_LIMIT = 5;

export interface ResolvedConfig {
  readonly config: Config;
  readonly problems: readonly SourceProblem[];
}

export function resolveConfig(written: WrittenConfig, source: YamlSource, file: string): ResolvedConfig {
  const resolved = resolveTargets(written, source);
  const targets = resolved.map(({ target }) => target);
  const meaning: Omit<Config, "digest" | "file" | "bot"> = {
    id: written.id ?? null,
    specs: resolveSpecs(written.specs ?? {}),
    targets,
    routing: (written.routing ?? []).map(resolveRoute),
    lock: written.lock ?? null,
    createWhen: written.create_when ?? DEFAULT_CREATE_WHEN,
    verify: typeof written.verify === "object" ? "command" : (written.verify ?? "review"),
    verifyCommand: typeof written.verify === "object" ? written.verify.command : null,
    mentions: written.mentions ?? "neutralise",
    limits: { create: written.limits?.create ?? null, close: written.limits?.close ?? DEFAULT_CLOSE_LIMIT },
    defaultPlatform: written.default_platform ?? null,
    defaultTeam: written.default_team ?? null,
  };
  const problems = [
    ...includeProblems(written.specs ?? {}, source),
    ...globProblems(written.specs?.exclude, ["specs", "exclude"], source),
    ...resolved.flatMap((one) => one.problems),
    ...targetSetProblems(written, targets, source),
    ...routingProblems(
      written.routing ?? [],
      targets.map(({ name }) => name),
      source,
    ),
  ];
  return { config: { ...meaning, bot: resolveBot(written.bot), file, digest: digestOf(meaning) }, problems };
}

function resolveTargets(written: WrittenConfig, source: YamlSource): readonly ResolvedTarget[] {
  const short = written.sync === undefined ? [] : [resolveTarget(SYNC_TARGET, written.sync, ["sync"], source)];
  const named = Object.entries(written.ticket_systems ?? {}).map(([name, target]) => resolveTarget(name, target, ["ticket_systems", name], source));
  return [...short, ...named];
}

function resolveSpecs(written: WrittenSpecs): SpecsConfig {
  return {
    include: written.include === undefined ? DEFAULT_INCLUDE : listOf(written.include),
    exclude: listOf(written.exclude),
    sections: written.sections ?? "all",
    excludeHeadings: written.exclude_headings === undefined ? DEFAULT_EXCLUDE_HEADINGS : listOf(written.exclude_headings),
    defaultStatus: written.default_status ?? null,
    autoTickets: written.auto_tickets ?? true,
  };
}

function includeProblems({ include }: WrittenSpecs, source: YamlSource): readonly SourceProblem[] {
  const path = ["specs", "include"];
  if (include === undefined || listOf(include).length > 0) return globProblems(include, path, source);
  return [
    {
      code: "config-value",
      message: "specs.include is an empty list, so there are no specs.",
      hint: "Write a glob, such as specs/**/*.md, or remove the key.",
      at: source.valueAt(path),
    },
  ];
}

function resolveRoute({ match, target }: WrittenRoute): Route {
  if (match.default === true) return { match: null, target };
  return { match: { tags: listOf(match.tags), team: listOf(match.team), owner: listOf(match.owner), path: listOf(match.path) }, target };
}

function targetSetProblems(written: WrittenConfig, targets: readonly TargetConfig[], source: YamlSource): readonly SourceProblem[] {
  if (targets.length === 0) {
    const key = written.ticket_systems === undefined ? [] : ["ticket_systems"];
    return [{ code: "config-no-target", message: "The configuration names no tracker.", at: source.keyAt(key) }];
  }
  const pathOf = (target: TargetConfig, index: number): readonly string[] =>
    index === 0 && written.sync !== undefined ? ["sync"] : ["ticket_systems", target.name];
  return targets.flatMap((target, index): readonly SourceProblem[] => {
    const earlier = targets.slice(0, index);
    const at = source.keyAt(pathOf(target, index));
    const namesake = earlier.find(({ name }) => name === target.name);
    if (namesake !== undefined)
      return [{ code: "config-target-twice", message: `ticket_systems.${target.name} has the name that sync goes by.`, hint: "Give it another name.", at }];
    const twin = earlier.find((other) => placeOf(other) === placeOf(target));
    return twin === undefined
      ? []
      : [{ code: "config-target-twice", message: `${target.name} and ${twin.name} are the same project: ${target.system} ${target.project}.`, at }];
  });
}

/** Two targets at one place would both own its tickets. Another env_prefix may mean another host. */
function placeOf(target: TargetConfig): string {
  return canonicalJson([target.system, target.project.toLowerCase(), target.baseUrl, target.envPrefix, target.system === "local" ? target.path : null]);
}

/** Of the meaning, not of the text: comments and the order of keys change nothing. */
function digestOf(meaning: Omit<Config, "digest" | "file" | "bot">): string {
  const targets = meaning.targets.map((target) => ({ ...target, hierarchy: target.hierarchy === null ? null : [...target.hierarchy] }));
  return fingerprint(canonicalJson({ ...meaning, targets }));
}
