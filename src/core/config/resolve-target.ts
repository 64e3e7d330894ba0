/** One written target with its defaults filled in, and what only its system can tell is wrong with it. */

import type { Hierarchy, Owner, TargetConfig } from "../model/config.ts";
import type { FieldName } from "../model/item.ts";
import type { SpecStatus } from "../model/status.ts";
import type { System } from "../model/system.ts";
import { fileFault } from "./config-glob.ts";
import { printPath } from "./schema-problems.ts";
import { secretHint } from "./secret-keys.ts";
import { HIERARCHY_KEYS } from "./written-config.ts";
import type { WrittenTarget } from "./written-config.ts";
import type { SourceProblem, ValuePath, YamlSource } from "./yaml-source.ts";

export const DEFAULT_LOCAL_PATH = ".canon/local.sqlite";

const DEFAULT_OWNERS: Readonly<Record<FieldName, Owner>> = {
  title: "spec",
  type: "spec",
  parent: "spec",
  status: "shared",
  labels: "shared",
  criteria: "shared",
  body: "spec",
};

const PROJECT_RULES: Readonly<Record<System, { readonly pattern: RegExp; readonly rule: string; readonly example: string }>> = {
  jira: { pattern: /^[A-Z][A-Z0-9_]*$/, rule: "a project key: capital letters, digits and _", example: "ENG" },
  local: { pattern: /^[A-Z][A-Z0-9_]*$/, rule: "a project key: capital letters, digits and _", example: "PAY" },
  linear: { pattern: /\S/, rule: "a team key or name", example: "ENG" },
  github: { pattern: /^[\w.-]+\/[\w.-]+$/, rule: "owner/repo", example: "acme/payments" },
  azure: { pattern: /^[^/]+(?:\/[^/]+)?$/, rule: "organisation/project", example: "acme/payments" },
};

const PROJECT_KEYS = ["project", "project_key", "repo"] as const;

const SECOND = 1_000;
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: SECOND, m: 60 * SECOND, h: 3_600 * SECOND };

export interface ResolvedTarget {
  readonly target: TargetConfig;
  readonly problems: readonly SourceProblem[];
}

/** `path` is where it stands: ["sync"] or ["ticket_systems", name]. */
export function resolveTarget(name: string, written: WrittenTarget, path: ValuePath, source: YamlSource): ResolvedTarget {
  const target: TargetConfig = {
    name,
    system: written.system,
    project: written.project ?? written.project_key ?? written.repo ?? "",
    baseUrl: written.base_url?.replace(/\/+$/, "") ?? null,
    createTickets: written.create_tickets ?? true,
    reverseSync: written.reverse_sync ?? true,
    statusMap: statusMapOf(written),
    hierarchy: hierarchyOf(written),
    autoParent: written.auto_parent ?? true,
    owners: ownersOf(written),
    createFields: written.create_fields ?? {},
    settle: written.settle === undefined ? null : milliseconds(written.settle),
    transitions: written.transitions ?? "direct",
    inbox: written.inbox ?? null,
    path: written.path ?? DEFAULT_LOCAL_PATH,
    envPrefix: written.auth?.env_prefix ?? "",
    public: written.public ?? false,
  };
  const checks = [projectProblems, hierarchyProblems, baseUrlProblems, pathProblems];
  return { target, problems: checks.flatMap((check) => check(written, path, source)) };
}

function statusMapOf(written: WrittenTarget): TargetConfig["statusMap"] {
  const map: Partial<Record<SpecStatus, string>> = {};
  for (const [status, name] of entries(written.status_map ?? {})) if (name !== undefined) map[status] = name;
  return map;
}

function ownersOf(written: WrittenTarget): TargetConfig["owners"] {
  const owners: Record<FieldName, Owner> = { ...DEFAULT_OWNERS };
  for (const [field, owner] of entries(written.fields ?? {})) if (owner !== undefined) owners[field] = owner;
  return owners;
}

/** The schema has refused all keys but these, so the keys of the value are those of its type. */
function entries<K extends string, V>(value: { [key in K]?: V | undefined }): readonly [K, V | undefined][] {
  const keys: K[] = [];
  for (const key in value) keys.push(key);
  return keys.map((key) => [key, value[key]]);
}

function hierarchyOf(written: WrittenTarget): Hierarchy | null {
  if (written.hierarchy === undefined) return null;
  const levels = new Map<number, string>();
  for (const key of HIERARCHY_KEYS) {
    const type = written.hierarchy[key];
    if (type !== undefined) levels.set(key === "spec" ? 0 : Number(key), type);
  }
  return levels;
}

/** A bare number counts seconds. */
function milliseconds(settle: string | number): number {
  if (typeof settle === "number") return Math.round(settle * SECOND);
  const [, amount, unit] = /^([\d.]+)\s*(\w+)$/.exec(settle) ?? [];
  return Math.round(Number(amount) * (UNITS[unit ?? "s"] ?? SECOND));
}

function projectProblems(written: WrittenTarget, path: ValuePath, source: YamlSource): readonly SourceProblem[] {
  const used = PROJECT_KEYS.filter((key) => written[key] !== undefined);
  const [first, second] = used;
  const { pattern, rule, example } = PROJECT_RULES[written.system];
  if (first === undefined)
    return [{ code: "config-project", message: `${printPath(path)} names no project.`, hint: `Add project: ${example}`, at: source.keyAt(path) }];
  if (second !== undefined) {
    return [
      {
        code: "config-project",
        message: `${printPath(path)} has both ${first} and ${second}, which mean the same.`,
        hint: "Keep one of them.",
        at: source.keyAt([...path, second]),
      },
    ];
  }
  const project = written[first] ?? "";
  if (pattern.test(project)) return [];
  const upper = project.toUpperCase();
  return [
    {
      code: "config-project",
      message: `${printPath([...path, first])} cannot be "${project}"; ${written.system} wants ${rule}.`,
      hint: pattern.test(upper) ? `Did you mean ${upper}?` : `For example: ${example}`,
      at: source.valueAt([...path, first]),
    },
  ];
}

/** The markers of both would stand under the h1, where only one of them can be read again. */
function hierarchyProblems({ hierarchy }: WrittenTarget, path: ValuePath, source: YamlSource): readonly SourceProblem[] {
  if (hierarchy?.spec === undefined || hierarchy["1"] === undefined) return [];
  const name = printPath([...path, "hierarchy"]);
  return [
    {
      code: "config-value",
      message: `${name} has both spec and 1, and a document's markers stand under its # heading.`,
      hint: "Keep spec for one ticket a file, or 1 for one a # heading.",
      at: source.keyAt([...path, "hierarchy", "1"]),
    },
  ];
}

function baseUrlProblems(written: WrittenTarget, path: ValuePath, source: YamlSource): readonly SourceProblem[] {
  if (written.base_url === undefined) return [];
  const name = printPath([...path, "base_url"]);
  const at = source.valueAt([...path, "base_url"]);
  const url = URL.parse(written.base_url);
  if (url === null || !/^https?:$/.test(url.protocol))
    return [{ code: "config-value", message: `${name} must be an address that begins with https:// or http://.`, at }];
  if (url.username !== "" || url.password !== "")
    return [
      { code: "config-secret", message: `${name} holds a user or password, and secrets never stand in a configuration.`, hint: secretHint(written.system), at },
    ];
  if (url.search !== "" || url.hash !== "") return [{ code: "config-value", message: `${name} must end before "?" and "#".`, at }];
  return [];
}

function pathProblems(written: WrittenTarget, path: ValuePath, source: YamlSource): readonly SourceProblem[] {
  if (written.path === undefined) return [];
  const name = printPath([...path, "path"]);
  if (written.system !== "local")
    return [{ code: "config-unknown-key", message: `${name} is for system: local only.`, hint: "Remove it.", at: source.keyAt([...path, "path"]) }];
  const fault = fileFault(written.path);
  const hint = `Leave it out for ${DEFAULT_LOCAL_PATH}, or name a file inside the workspace.`;
  return fault === null ? [] : [{ code: "config-value", message: `${name} ${fault}.`, hint, at: source.valueAt([...path, "path"]) }];
}
