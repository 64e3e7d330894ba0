/** What only the tracker can tell to be wrong in the configuration of a target: names of statuses and types that its project lacks, readers that nobody allowed. */

import type { Diagnostic } from "../core/model/diagnostic.ts";
import { nearestWord } from "../core/text/nearest-word.ts";
import { placeInConfig } from "../io/config-file.ts";
import { viewOf, type OpenTarget } from "./read-targets.ts";
import type { Workspace } from "./workspace.ts";

/** `remote`: the repository of the specs, as `normaliseRemote` calls it; null where they are in none. */
export async function targetProblems(target: OpenTarget, workspace: Pick<Workspace, "root" | "config">, remote: string | null): Promise<readonly Diagnostic[]> {
  const found = [...unallowedReaders(target, remote), ...unknownStatuses(target), ...unknownTypes(target)];
  return Promise.all(found.map(async ({ path, ...problem }) => ({ ...problem, place: await placeInConfig(workspace, target.config.name, path) })));
}

/** A diagnostic without its place, and where in the target that is. */
type Problem = Omit<Diagnostic, "place"> & { readonly path: readonly string[] };

/** What stands in specs was written for those who may read them (semantics 4). */
function unallowedReaders({ config, project, tracker }: OpenTarget, remote: string | null): readonly Problem[] {
  if (project.isPublic !== true || config.public || tracker.identity === `${tracker.system}:${remote ?? ""}`) return [];
  const message = `${config.name}: anybody may read ${config.project}, and it is not the repository of the specs: their text would be published there.`;
  return [{ code: "repository-public", severity: "error", message, path: ["project"] }];
}

function unknownStatuses(target: OpenTarget): readonly Problem[] {
  const known = target.project.statuses.map(({ name }) => name);
  return viewOf(target).statuses.unknown.map(({ state, name }) => unknownName("status-unknown", target, ["status_map", state], name, known));
}

function unknownTypes(target: OpenTarget): readonly Problem[] {
  const { config, project } = target;
  if (config.hierarchy === null || project.types.length === 0) return [];
  const strange = [...config.hierarchy].filter(([, type]) => !project.types.includes(type));
  return strange.map(([level, type]) => unknownName("type-unknown", target, ["hierarchy", level === 0 ? "spec" : String(level)], type, project.types));
}

function unknownName(code: Diagnostic["code"], { config }: OpenTarget, path: readonly string[], name: string, known: readonly string[]): Problem {
  const near = nearestWord(name, known);
  const message = `${config.name}: ${path[0] ?? ""} says ${path[1] ?? ""}: "${name}", which ${config.project} does not have. It has: ${known.join(", ")}.`;
  return { code, severity: "error", message, path, ...(near === null ? {} : { hint: `Did you mean ${near}?` }) };
}
