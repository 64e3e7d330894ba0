/** One real bare git repository: what the API writes and what people push are the same objects. Plumbing only, one short process per question. */

import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { appendFileSync, existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

export interface TreeEntry {
  readonly path: string;
  readonly mode: string;
  readonly type: "blob" | "tree" | "commit";
  readonly sha: string;
  readonly size: number | null;
}

export interface Signature {
  readonly name: string;
  readonly email: string;
  /** Milliseconds since 1970, whole seconds. */
  readonly at: number;
}

export interface GitCommit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  /** Without the line end after it. */
  readonly message: string;
}

export interface GitRef {
  readonly name: string;
  readonly sha: string;
  readonly type: string;
}

/** `sha` null: taken away. */
export interface TreeChange {
  readonly path: string;
  readonly mode: string;
  readonly sha: string | null;
}

export interface BareRepo {
  readonly folder: string;
  refs(prefix: string): readonly GitRef[];
  ref(name: string): string | null;
  /** True where nothing was ever pushed. */
  isEmpty(): boolean;
  /** `sha` null takes it away; false: it does not stand at `expected` (null: nowhere) any more. */
  setRef(name: string, sha: string | null, expected?: string | null): boolean;
  typeOf(sha: string): string | null;
  blob(sha: string): Uint8Array | null;
  writeBlob(bytes: Uint8Array): string;
  tree(sha: string, recursive: boolean): readonly TreeEntry[];
  writeTree(base: string | null, changes: readonly TreeChange[]): string;
  commit(sha: string): GitCommit | null;
  writeCommit(commit: Omit<GitCommit, "sha">): string;
  /** What `head` reaches and none of `without` does; the newest first. */
  log(head: string, without: readonly string[]): readonly GitCommit[];
  mergeBase(one: string, other: string): string | null;
  isAncestor(older: string, newer: string): boolean;
  /** The tree of both merged; null: they conflict. */
  mergeTree(one: string, other: string): string | null;
  /** Brings a commit of another repository over. */
  take(from: string, sha: string): void;
}

const ENV = {
  PATH: process.env["PATH"] ?? "",
  LC_ALL: "C",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_TERMINAL_PROMPT: "0",
  GIT_LITERAL_PATHSPECS: "1",
};
const SETTINGS = ["gc.auto=0", "receive.autogc=false", "uploadpack.allowAnySHA1InWant=true", "core.quotePath=false"];
const FORMAT = ["%H", "%T", "%P", "%an", "%ae", "%at", "%cn", "%ce", "%ct", "%B"].join("%x01");
const NOWHERE = "0".repeat(40);
const SHA = /^[0-9a-f]{40}$/u;

export function makeBareRepo(folder: string): BareRepo {
  execFileSync("git", ["init", "--quiet", "--bare", "--template=", "--initial-branch=main", folder], { env: ENV, stdio: "pipe" });

  const bytes = (args: readonly string[], input?: Uint8Array | string, env: Readonly<Record<string, string>> = {}): Buffer =>
    execFileSync("git", [...SETTINGS.flatMap((one) => ["-c", one]), ...args], {
      cwd: folder,
      env: { ...ENV, ...env },
      stdio: ["pipe", "pipe", "pipe"],
      maxBuffer: 2 ** 28,
      ...(input === undefined ? {} : { input }),
    });
  const text = (...given: Parameters<typeof bytes>): string => bytes(...given).toString("utf8");
  /** null: git says no. */
  const ask = (args: readonly string[], input?: string): string | null => {
    try {
      return text(args, input);
    } catch {
      return null;
    }
  };
  const typeOf = remembered((sha: string): string | null => (SHA.test(sha) ? (ask(["cat-file", "-t", sha])?.trim() ?? null) : null));

  // For those who push and fetch past us.
  appendFileSync(join(folder, "config"), SETTINGS.map((one) => one.replace(/^(\w+)\.(\w+)=(.*)$/u, "[$1]\n\t$2 = $3\n")).join(""));

  const refs = (prefix: string): readonly GitRef[] =>
    text(["for-each-ref", "--format=%(refname) %(objectname) %(objecttype)"])
      .split("\n")
      .flatMap((line) => {
        const [name = "", sha = "", type = ""] = line.split(" ");
        return name !== "" && name.startsWith(prefix) ? [{ name, sha, type }] : [];
      });

  const log = (head: string, without: readonly string[], most: readonly string[] = []): readonly GitCommit[] =>
    text(["log", "-z", "--topo-order", `--format=${FORMAT}`, ...most, head, ...without.map((one) => `^${one}`), "--"])
      .split("\0")
      .flatMap((one) => (one === "" ? [] : [commitOf(one)]));

  return {
    folder,
    refs,
    ref: (name) => {
      // Nothing packs references here; git is asked only where somebody did.
      const file = join(folder, name);
      if (existsSync(file) && statSync(file).isFile()) return SHA.exec(readFileSync(file, "utf8").trim())?.[0] ?? null;
      return existsSync(join(folder, "packed-refs")) ? (ask(["rev-parse", "--verify", "--quiet", "--end-of-options", name])?.trim() ?? null) : null;
    },
    isEmpty: () => refs("refs/").length === 0,
    setRef: (name, sha, expected) => {
      const before = expected === undefined ? [] : [expected ?? NOWHERE];
      return ask(sha === null ? ["update-ref", "-d", name, ...before] : ["update-ref", name, sha, ...before]) !== null;
    },
    typeOf,
    blob: (sha) => (typeOf(sha) === "blob" ? bytes(["cat-file", "blob", sha]) : null),
    writeBlob: (content) => text(["hash-object", "-w", "--stdin"], content).trim(),
    tree: remembered((sha, recursive) =>
      text(["ls-tree", "-z", "-l", ...(recursive ? ["-r", "-t"] : []), sha])
        .split("\0")
        .flatMap((line) => {
          const [, mode = "", type = "", id = "", size = "", path = ""] = /^(\d+) (\w+) ([0-9a-f]+)\s+(\S+)\t(.+)$/su.exec(line) ?? [];
          if (type !== "blob" && type !== "tree" && type !== "commit") return [];
          return [{ path, mode, type, sha: id, size: size === "-" ? null : Number(size) }];
        }),
    ),
    writeTree: (base, changes) => {
      const index = { GIT_INDEX_FILE: join(folder, `index-${randomUUID()}`) };
      try {
        bytes(["read-tree", base ?? "--empty"], undefined, index);
        const lines = changes.map(({ path, mode, sha }) => (sha === null ? `0 ${NOWHERE}\t${path}\0` : `${mode} ${sha}\t${path}\0`));
        bytes(["update-index", "--replace", "-z", "--index-info"], lines.join(""), index);
        return text(["write-tree"], undefined, index).trim();
      } finally {
        rmSync(index.GIT_INDEX_FILE, { force: true });
      }
    },
    commit: remembered((sha) => (typeOf(sha) === "commit" ? (log(sha, [], ["-1"])[0] ?? null) : null)),
    writeCommit: ({ tree, parents, author, committer, message }) => {
      const lines = [`tree ${tree}`, ...parents.map((one) => `parent ${one}`), `author ${signed(author)}`, `committer ${signed(committer)}`];
      return text(["hash-object", "-t", "commit", "-w", "--stdin"], `${lines.join("\n")}\n\n${message}\n`).trim();
    },
    log: remembered((head, without) => log(head, without)),
    mergeBase: remembered((one, other) => ask(["merge-base", one, other])?.trim() ?? null),
    isAncestor: (older, newer) => ask(["merge-base", "--is-ancestor", older, newer]) !== null,
    mergeTree: (one, other) => ask(["merge-tree", "--write-tree", one, other])?.split("\n")[0] ?? null,
    take: (from, sha) => void bytes(["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", from, sha]),
  };
}

/** What hangs on commit ids alone never changes; that something is missing may. */
function remembered<Given extends readonly unknown[], Answer>(ask: (...given: Given) => Answer): (...given: Given) => Answer {
  const known = new Map<string, Answer>();
  return (...given) => {
    const key = JSON.stringify(given);
    const before = known.get(key);
    if (before !== undefined) return before;
    const answer = ask(...given);
    if (answer !== null) known.set(key, answer);
    return answer;
  };
}

function commitOf(line: string): GitCommit {
  const [sha = "", tree = "", parents = "", an = "", ae = "", at = "", cn = "", ce = "", ct = "", message = ""] = line.split("\u0001");
  return {
    sha,
    tree,
    parents: parents.split(" ").filter((one) => one !== ""),
    author: { name: an, email: ae, at: Number(at) * 1_000 },
    committer: { name: cn, email: ce, at: Number(ct) * 1_000 },
    message: message.replace(/\n+$/u, ""),
  };
}

function signed({ name, email, at }: Signature): string {
  return `${name} <${email}> ${Math.floor(at / 1_000)} +0000`;
}
