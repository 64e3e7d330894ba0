/** Patterns of the configuration that name a folder. They match no file, and what they should take or keep out goes elsewhere unnoticed. */

import { statSync } from "node:fs";
import { join } from "node:path";
import { readYaml } from "../core/config/yaml-source.ts";
import type { Config } from "../core/model/config.ts";
import type { Diagnostic } from "../core/model/diagnostic.ts";
import { isGlob } from "../core/text/glob.ts";

interface Pattern {
  readonly glob: string;
  readonly name: string;
  readonly path: readonly PropertyKey[];
  /** What it should say to take what is in the folder. */
  readonly inside: string;
}

/** `text`: the configuration as written, for the places. */
export function folderGlobs(root: string, config: Config, text: string): readonly Diagnostic[] {
  const found = patternsOf(config).filter(({ glob }) => !isGlob(glob) && isFolder(join(root, glob)));
  const read = found.length === 0 ? null : readYaml(text);
  if (read === null || !read.ok) return [];
  return found.map(({ glob, name, path, inside }) => ({
    code: "config-glob",
    severity: "error",
    message: `${name} "${glob}" is a folder and so matches no file.`,
    place: { path: config.file, ...read.source.valueAt(path) },
    hint: `Write ${glob === "." ? inside : `${glob}/${inside}`}.`,
  }));
}

function patternsOf({ specs, routing }: Config): readonly Pattern[] {
  return [
    ...specs.include.map((glob, at) => ({ glob, name: "specs.include", path: ["specs", "include", at], inside: "**/*.md" })),
    ...specs.exclude.map((glob, at) => ({ glob, name: "specs.exclude", path: ["specs", "exclude", at], inside: "**" })),
    ...routing.flatMap(({ match }, rule) =>
      (match?.path ?? []).map((glob, at) => ({ glob, name: `routing[${rule}].match.path`, path: ["routing", rule, "match", "path", at], inside: "**" })),
    ),
  ];
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
