/** Addresses that begin with what somebody has typed so far: for shells, so it reads as little as it can and complains about nothing. */

import { isAbsolute, relative, resolve, sep } from "node:path";
import { loadConfig } from "../io/config-file.ts";
import { findSpecs } from "../io/spec-files.ts";

export interface Candidate {
  /** As one would type it from `folder`; a folder ends with `/`. */
  readonly text: string;
  /** Of a section; "" elsewhere. */
  readonly title: string;
}

export interface CompletionPlace {
  /** Where it is typed. */
  readonly folder: string;
  readonly config: string | null;
}

/** One step on: the next folder or file of the path; sections once the file is certain. */
export async function completeAddress({ folder, config }: CompletionPlace, prefix: string): Promise<readonly Candidate[]> {
  const loaded = await loadConfig({ cwd: folder, explicit: config ?? undefined });
  if (!loaded.ok) return [];
  const { root } = loaded;
  const { include, exclude } = loaded.config.specs;
  const paths = (await findSpecs(root, include, exclude)).filter(isTypeable);
  const typed = new Map(paths.map((path) => [typedFrom(folder, root, path, isAbsolute(prefix)), path]));
  const path = typed.get(prefix.slice(0, Math.max(0, prefix.lastIndexOf("#"))));
  if (path !== undefined) return sectionsOf(root, path, prefix);
  const steps = nextSteps([...typed.keys()], prefix.replace(/^\.\//, ""));
  const [only] = steps;
  const whole = only === undefined || steps.length > 1 ? undefined : typed.get(only);
  const found = steps.map((text) => ({ text, title: "" }));
  return whole === undefined || only === undefined ? found : [...found, ...(await sectionsOf(root, whole, `${only}#`))];
}

/** Candidates are lines. */
function isTypeable(path: string): boolean {
  return !/[\u0000-\u001f\u007f]/.test(path);
}

function typedFrom(folder: string, root: string, path: string, isAbsolutePath: boolean): string {
  const whole = resolve(root, path);
  return (isAbsolutePath ? whole : relative(folder, whole)).split(sep).join("/");
}

/** Files and folders right after `prefix`; a folder that is the only one is entered. */
function nextSteps(paths: readonly string[], prefix: string): readonly string[] {
  const steps = new Set(
    paths.flatMap((path) => {
      if (!path.startsWith(prefix)) return [];
      const end = path.indexOf("/", prefix.length);
      return [end < 0 ? path : path.slice(0, end + 1)];
    }),
  );
  const [only] = steps;
  return steps.size === 1 && only?.endsWith("/") ? nextSteps(paths, only) : [...steps];
}

async function sectionsOf(root: string, path: string, prefix: string): Promise<readonly Candidate[]> {
  // Only here: the parser takes longer to load than all of the above.
  const [{ loadParser }, { parseSpec }, { readSpec }] = await Promise.all([
    import("../io/parse-markdown.ts"),
    import("../core/spec/parse-spec.ts"),
    import("../io/spec-files.ts"),
  ]);
  const read = await readSpec(root, path);
  if (!read.ok) return [];
  const at = prefix.lastIndexOf("#");
  const [file, begun] = [prefix.slice(0, at), prefix.slice(at + 1)];
  return parseSpec(path, read.text, await loadParser())
    .sections.filter(({ depth, id, isCriteriaHeading }) => depth > 0 && !isCriteriaHeading && id.startsWith(begun))
    .map(({ id, title }) => ({ text: `${file}#${id}`, title }));
}
