/** `canon init`: looks around without touching anything, then writes one configuration and one line of .gitignore. */

import { lstat, readFile, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { parseConfig } from "../core/config/parse-config.ts";
import { printConfig, type NewConfig } from "../core/config/print-config.ts";
import { githubProject, suggestId, suggestProjectKey, suggestSections } from "../core/config/suggest-config.ts";
import type { Diagnostic } from "../core/model/diagnostic.ts";
import type { System } from "../core/model/system.ts";
import { configNamesIn, findConfig } from "../io/config-file.ts";
import { presentCredentials } from "../io/credentials.ts";
import { errorCode } from "../io/error-code.ts";
import { systemReason } from "../io/system-refusal.ts";
import { readGitFiles } from "../io/git-files.ts";
import { normaliseRemote } from "../io/git-url.ts";
import { loadParser } from "../io/parse-markdown.ts";
import { runGh } from "../io/run-gh.ts";
import { findSpecFolders, type SpecFolder } from "./init-folders.ts";

const CONFIG_NAME = "canon.config.yaml";
const IGNORED = ".canon/";

export interface InitFindings {
  /** Where the configuration would go: the working directory. */
  readonly root: string;
  /** A configuration that holds for this folder already, here or above. */
  readonly existing: string | null;
  readonly git: InitRepository | null;
  readonly folders: readonly SpecFolder[];
  /** Names of environment variables that are set; never their values. */
  readonly credentials: readonly string[];
  readonly ghLoggedIn: boolean;
  readonly suggested: { readonly id: string; readonly projectKey: string; readonly githubProject: string | null };
}

export interface InitRepository {
  readonly top: string;
  /** Normalised, without credentials: `github.com/acme/pay`; null where there is none. */
  readonly remote: string | null;
}

/** What flags or prompts fill in. */
export interface InitAnswers extends NewConfig {
  readonly root: string;
}

export interface InitReport {
  /** Files that were written, relative to the root; empty where it was refused. */
  readonly written: readonly string[];
  /** Absolute path of the configuration. */
  readonly file: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads only, and starts nothing but `gh auth status`. */
export async function inspectForInit(cwd: string, env: Readonly<Record<string, string | undefined>> = process.env): Promise<InitFindings> {
  const root = resolve(cwd);
  const [found, git, folders, status] = await Promise.all([
    findConfig(root),
    readGitFiles(root, noHead),
    loadParser().then((parser) => findSpecFolders(root, parser)),
    runGh(["auth", "status"], env),
  ]);
  const remote = git?.remote ? normaliseRemote(git.remote.url) : null;
  return {
    root,
    existing: found?.file ?? null,
    git: git === null ? null : { top: git.top, remote },
    folders,
    credentials: presentCredentials(env),
    ghLoggedIn: status !== null,
    suggested: {
      id: suggestId(basename(root), remote, git?.prefix ?? ""),
      projectKey: suggestProjectKey(basename(root)),
      githubProject: githubProject(remote),
    },
  };
}

/** What `--yes` takes, and what prompts begin with: the local tracker on the folder with most specs. */
export function defaultAnswers(findings: InitFindings, system: System = "local"): InitAnswers {
  const { root, suggested, folders } = findings;
  const [folder] = folders;
  const project = system === "github" ? (suggested.githubProject ?? "") : suggested.projectKey;
  return { root, id: suggested.id, include: [folder?.include ?? "specs/**/*.md"], sections: suggestSections(system, folder?.tickets ?? 0), system, project };
}

/** Never overwrites. The configuration comes first: without it, .gitignore is left alone. */
export async function writeInit(answers: InitAnswers): Promise<InitReport> {
  const { root } = answers;
  const file = join(root, CONFIG_NAME);
  const [there] = await configNamesIn(root);
  if (there !== undefined) return { written: [], file: join(root, there), diagnostics: [existsAlready(there)] };
  if (answers.project.trim() === "")
    return {
      written: [],
      file,
      diagnostics: [{ code: "config-project", severity: "error", message: `${answers.system} needs a project: name it with --project.` }],
    };
  const text = printConfig(answers);
  const { config, diagnostics } = parseConfig(text, CONFIG_NAME);
  // A place in a file that is not written helps nobody.
  if (config === null) return { written: [], file, diagnostics: diagnostics.map(({ place: _place, ...problem }) => problem) };
  try {
    await writeFile(file, text, { flag: "wx" });
  } catch (error) {
    return { written: [], file, diagnostics: [errorCode(error) === "EEXIST" ? existsAlready(CONFIG_NAME) : notWritten(CONFIG_NAME, systemReason(error))] };
  }
  const ignored = await ignoreState(root);
  return { written: [CONFIG_NAME, ...ignored.written], file, diagnostics: ignored.diagnostics };
}

async function ignoreState(root: string): Promise<Pick<InitReport, "written" | "diagnostics">> {
  const name = ".gitignore";
  const file = join(root, name);
  try {
    const entry = await lstat(file).catch(() => null);
    // A link may lead out of the repository, and Canon never writes through one.
    if (entry !== null && !entry.isFile()) return { written: [], diagnostics: [notWritten(name, "it is not a plain file")] };
    const text = entry === null ? "" : await readFile(file, "utf8");
    const addition = ignoreLine(text);
    if (addition === null) return { written: [], diagnostics: [] };
    await writeFile(file, addition, { flag: "a" });
    return { written: [name], diagnostics: [] };
  } catch (error) {
    return { written: [], diagnostics: [notWritten(name, systemReason(error))] };
  }
}

/** What to append, in the file's own line ends; null where it is ignored already. */
function ignoreLine(text: string): string | null {
  if (text.split(/\r?\n/).some((line) => /^\/?\.canon\/?$/.test(line.trim()))) return null;
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  return `${text === "" || text.endsWith("\n") ? "" : end}${IGNORED}${end}`;
}

function existsAlready(name: string): Diagnostic {
  return { code: "config-exists", severity: "error", message: "There is a configuration already; nothing was written.", place: { path: name } };
}

function notWritten(name: string, why: string): Diagnostic {
  if (name === CONFIG_NAME) return { code: "config-unwritable", severity: "error", message: `The file cannot be written: ${why}.`, place: { path: name } };
  return {
    code: "config-unwritable",
    severity: "warning",
    message: `The file cannot be written: ${why}.`,
    place: { path: name },
    hint: `Put ${IGNORED} into it by hand.`,
  };
}

/** Suggestions need no commit. */
function noHead(): Promise<{ readonly head: null; readonly branch: null }> {
  return Promise.resolve({ head: null, branch: null });
}
