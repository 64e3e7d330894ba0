/** The stage of the GitHub forge: an emulated GitHub, new for each test, people who push to its bare repository with git. */

import type { CheckRun, Forge } from "../../src/forges/forge.ts";
import { openGithubForge } from "../../src/forges/github/github-forge.ts";
import type { Clock } from "../../src/io/clock.ts";
import { systemClock } from "../../src/io/clock.ts";
import { silentLog } from "../../src/io/log.ts";
import type { StoredCheck } from "../emulators/github/code/code-world.ts";
import type { CodePerson } from "../emulators/github/code/code-people.ts";
import { startGithubEmulator } from "../emulators/github/github-emulator.ts";
import type { GithubEmulator, GithubEmulatorOptions } from "../emulators/github/github-emulator.ts";
import { emulatorClock } from "../emulators/kit/emulator-clock.ts";
import { commitInto, deleteRef, refIn } from "./bare-repository.ts";
import { START, type ForgePerson, type ForgeStage } from "./stage.ts";

export interface GithubStage extends ForgeStage {
  readonly github: GithubEmulator;
  /** A forge with another token. */
  forgeWith(token: string, clock?: Clock): Promise<Forge>;
}

/** The exam asks quicker than any bot; limits have tests of their own. */
const LIMITS = { core: 1e6, graphql: 1e6, restPoints: 1e6, graphqlPoints: 1e6, contentPerMinute: 1e6, contentPerHour: 1e6 };

export async function githubStage(options: GithubEmulatorOptions = {}): Promise<GithubStage> {
  // It stands still between the tests' own steps: GitHub counts whole seconds.
  const clock = emulatorClock(() => Date.parse("2026-01-05T09:00:00Z"));
  const github = await startGithubEmulator({ visibility: "private", browserCrlf: false, limits: LIMITS, clock, ...options });
  const { code } = github;
  const by = (name: string): { readonly name: string; readonly email: string; readonly at: string } => ({
    name,
    email: `${name}@example.com`,
    at: clock.iso(),
  });
  code.person("olga", "admin");
  const first = commitInto(
    code.remote,
    { ref: "refs/heads/main", parent: null, files: Object.entries(START).map(([path, content]) => ({ path, content })), message: "First" },
    by("olga"),
  );
  // Tests pass more than the hour that such a token lasts.
  const token = github.addToken({ kind: "installation", expiresAt: null });
  const account = "canon[bot]";
  const forgeAt = (baseUrl: string, value: string, given: Clock = { ...systemClock, now: () => new Date(clock.now()) }): Promise<Forge> =>
    openGithubForge({ repository: github.project, baseUrl, env: { GITHUB_TOKEN: value, CANON_REQUEST_TIMEOUT: "5" }, clock: given, log: silentLog });

  const personOf = (person: CodePerson): ForgePerson => ({
    name: person.login,
    push: async (branch, files, { message = "By hand", onto, times = 1 } = {}) => {
      const ref = `refs/heads/${branch}`;
      const parent = onto ?? refIn(code.remote, ref) ?? refIn(code.remote, "refs/heads/main");
      const commit = commitInto(code.remote, { ref, parent, files, message, times }, by(person.login));
      person.pushed();
      return commit;
    },
    deleteBranch: async (branch) => {
      deleteRef(code.remote, `refs/heads/${branch}`);
      person.pushed();
    },
    open: async (wish) => person.open(wish),
    openFromFork: async ({ branch, files, ...wish }) => {
      const fork = person.fork();
      commitInto(fork, { ref: `refs/heads/${branch}`, parent: refIn(code.remote, "refs/heads/main"), files, message: wish.title }, by(person.login));
      return person.openFromFork({ ...wish, branch });
    },
    merge: async (number, how) => person.merge(number, how),
    close: async (number) => person.setState(number, "closed"),
    reopen: async (number) => person.setState(number, "open"),
    edit: async (number, edit) => person.edit(number, edit),
    label: async (number, add, remove = []) => person.label(number, add, remove),
    comment: async (number, body) => String(person.comment(number, body)),
    editComment: async (id, body) => person.editComment(Number(id), body),
    deleteComment: async (id) => person.deleteComment(Number(id)),
    openThread: async ({ labels = [], ...thread }) => person.openThread({ ...thread, labels }),
    deleteThread: async (number) => person.deleteThread(number),
  });

  const known = new Set<string>();
  return {
    github,
    forge: await forgeAt(github.url, token),
    account,
    first,
    forgeWith: (value, given) => forgeAt(github.url, value, given),
    again: () => forgeAt(github.url, token),
    // Nothing listens on port 9 of this machine.
    unreachable: () => forgeAt("http://127.0.0.1:9", token),
    person: async (name, permission = "write") => {
      const person = code.person(name, known.has(name) ? undefined : permission);
      known.add(name);
      return personOf(person);
    },
    permit: async (name, permission) => code.setRole(name, permission),
    setVisibility: async (visibility) => code.setVisibility(visibility),
    protect: async (branch) => code.protect(branch),
    checks: async (commit) => code.checks(commit).map(checkOf),
    reviewers: async (number) => code.reviewers(number),
    now: () => clock.iso(),
    pass: async (ms) => clock.advance(ms),
    end: () => github.close(),
  };
}

function checkOf({ name, commit, conclusion, title, summary, annotations }: StoredCheck): CheckRun {
  const known = (["success", "neutral", "failure", "action_required"] as const).find((one) => one === conclusion);
  if (known === undefined) throw new Error(`the check ${name} has no conclusion`);
  return {
    ...{ name, commit, conclusion: known, title: title ?? "", summary: summary ?? "" },
    annotations: annotations.map(({ path, start_line: line, annotation_level: level, message }) => ({ path, line, level: levelOf(level), message })),
  };
}

function levelOf(level: string): "notice" | "warning" | "failure" {
  return level === "failure" || level === "warning" ? level : "notice";
}
