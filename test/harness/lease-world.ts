/** Two clones of one bare remote that write to one tracker, and a git whose starts are counted and whose pushes may kill. */

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, cp, mkdir, readFile, realpath, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freeLease, type Lease } from "../../src/core/plan/lease.ts";
import { findProgram } from "../../src/io/find-program.ts";
import type { LocalBehaviour, LocalDesk } from "../../src/trackers/local-desk.ts";
import { openLocalDesk } from "../../src/wiring.ts";
import { commit, git, world } from "../io/git-world.ts";
import { tempFolder } from "../io/temp-folder.ts";
import { sharedTracker, SHARED_TRACKER } from "./lease-tracker.ts";
import { projectAt, type Project, type World } from "./project-at.ts";

export const LEASE_REF = "refs/canon/lock/main";
export const LEASE_BRANCH = "refs/heads/canon/lock/main";

export const CONFIG = `specs: { include: ["specs/**/*.md"], exclude_headings: [] }
ticket_systems:
  main: { system: local, project: PAY, settle: 60s }
`;

/** A parent and its child are two batches of creates. */
export const SPEC = "# Pay\n\n## Keys\n\nText of keys.\n\n### Rotation\n\nEvery day.\n";

export interface LeaseWorld {
  readonly root: string;
  readonly remote: string;
  readonly a: Project;
  readonly b: Project;
  readonly desk: () => Promise<LocalDesk>;
  /** The words of every git that Canon started since this was asked last. */
  readonly started: () => Promise<readonly string[]>;
  /** For processes: kills Canon before or after its nth push. */
  readonly killing: (push: number, when: "before" | "after") => Readonly<Record<string, string>>;
}

export async function leaseWorld(behaviour: Partial<LocalBehaviour> = {}, config: string = CONFIG): Promise<LeaseWorld> {
  const { root, a, b } = await world();
  await mkdir(join(root, "bin"));
  await writeFile(join(root, "bin", "git"), WRAPPER.replaceAll("REAL", findProgram("git", process.env) ?? "git"));
  await chmod(join(root, "bin", "git"), 0o755);
  await commit(a, "canon.config.yaml", config);
  await commit(a, ".gitignore", ".canon/\n");
  await commit(a, "specs/pay.md", SPEC);
  git(a, "push", "-q");
  git(b, "pull", "-q");
  const made = worldAt(root);
  const desk = await made.desk();
  await desk.behave({ embedded: false, clientIds: false, ...behaviour });
  await desk.end();
  return made;
}

/** The same world once more, to be ruined by another test. */
export async function copyOfWorld({ root }: Pick<LeaseWorld, "root">): Promise<LeaseWorld> {
  const copy = join(await tempFolder(), "world");
  await cp(root, copy, { recursive: true });
  for (const clone of ["a", "b"]) git(join(copy, clone), "remote", "set-url", "origin", join(copy, "remote.git"));
  return worldAt(copy);
}

export function worldAt(root: string): LeaseWorld {
  const log = join(root, "git.log");
  const env = { PATH: `${join(root, "bin")}:${process.env["PATH"] ?? ""}`, HOME: process.env["HOME"], CANON_TEST_GIT_LOG: log };
  const around: World = { connect: sharedTracker, env };
  const [a, b] = [projectAt(join(root, "a"), around), projectAt(join(root, "b"), around)];
  return {
    ...{ root, remote: join(root, "remote.git"), a, b },
    desk: async () => {
      const { config, parser, root: folder } = await a.open();
      const [target] = config.targets;
      if (!target) throw new Error("the configuration has no target");
      return openLocalDesk({ ...target, path: SHARED_TRACKER }, { root: folder, parser, env: {}, now: () => new Date() });
    },
    started: async () => {
      const lines = existsSync(log) ? (await readFile(log, "utf8")).split("\n").filter((line) => line !== "") : [];
      await writeFile(log, "");
      return lines;
    },
    killing: (push, when) => ({ ...definedOf(env), CANON_TEST_KILL: `${push} ${when}` }),
  };
}

/** What stands in the remote now; null: nothing. */
export function leaseAt({ remote }: Pick<LeaseWorld, "remote">, ref: string = LEASE_REF): Lease | null {
  const run = spawnSync("git", ["cat-file", "blob", `${ref}:lease.json`], { cwd: remote, encoding: "utf8" });
  return run.status === 0 ? { ...freeLease("main"), ...JSON.parse(run.stdout) } : null;
}

export async function pushesOf(one: LeaseWorld): Promise<number> {
  return (await one.started()).filter((line) => / push /.test(line)).length;
}

/** A hook of the remote that turns away what `pattern` matches, as servers with fixed name spaces do. */
export async function refuse({ remote }: Pick<LeaseWorld, "remote">, pattern: string): Promise<void> {
  const hook = join(await realpath(remote), "hooks", "update");
  await writeFile(hook, `#!/bin/sh\ncase "$1" in ${pattern}) echo "not here" >&2; exit 1;; esac\n`);
  await chmod(hook, 0o755);
}

function definedOf(env: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** Its parent is Canon: git is started without a shell between. */
const WRAPPER = `#!/bin/sh
echo " $* " >> "$CANON_TEST_GIT_LOG"
case " $* " in
  *" push "*)
    n=$(grep -c " push " "$CANON_TEST_GIT_LOG")
    if [ "$n before" = "$CANON_TEST_KILL" ]; then kill -9 $PPID; exit 1; fi
    REAL "$@"; status=$?
    if [ "$n after" = "$CANON_TEST_KILL" ]; then kill -9 $PPID; fi
    exit $status;;
esac
exec REAL "$@"
`;
