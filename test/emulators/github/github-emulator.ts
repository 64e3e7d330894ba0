/** The emulated GitHub, issues and code: stateful, judged by GitHub's own schemas. What it does and leaves out: readme.md. */

import { emulatorClock } from "../kit/emulator-clock.ts";
import type { EmulatorClock } from "../kit/emulator-clock.ts";
import { serve } from "../kit/serve.ts";
import type { Emulated } from "../kit/wire.ts";
import type { Access, GithubToken, Role } from "./github-access.ts";
import { codePeople } from "./code/code-people.ts";
import type { CodePeople } from "./code/code-people.ts";
import type { WorkflowStart } from "./code/code-world.ts";
import type { GithubSwitches } from "./github-call.ts";
import { GITHUB_LIMITS, limitMeter } from "./github-limits.ts";
import type { GithubLimits } from "./github-limits.ts";
import { githubPeople } from "./github-people.ts";
import type { GithubPeople } from "./github-people.ts";
import { githubVendor } from "./github-vendor.ts";
import type { Repo } from "./state/github-state.ts";
import { addAccount, addRepo, emptyWorld, repoNamed } from "./state/github-world.ts";
import type { Account } from "./state/github-state.ts";

export interface GithubEmulatorOptions extends Partial<GithubSwitches> {
  readonly port?: number;
  readonly clock?: EmulatorClock;
  /** The owner of the repositories; only organisations have issue types. Default: organization. */
  readonly owner?: "organization" | "user";
  /** Default: GitHub's own three. */
  readonly types?: readonly string[];
  /** Default: public. */
  readonly visibility?: "public" | "private";
  /** Canon's role in its repositories. Default: write; `read` drops labels, types and assignees without a word. */
  readonly role?: Role;
  /** Canon's token. Default: a classic one with `repo`. */
  readonly token?: TokenOptions;
  readonly issues?: boolean;
  /** Sub-issues per parent (100), levels with the top one (8), characters (256 and 65,536). */
  readonly subIssues?: number;
  readonly levels?: number;
  readonly titleLimit?: number;
  readonly bodyLimit?: number;
  readonly transferKeepsId?: boolean;
  readonly limits?: Partial<GithubLimits>;
  /** Entries of a recursive tree in one answer. Default: 100,000. */
  readonly treeLimit?: number;
}

export interface TokenOptions {
  readonly kind?: GithubToken["kind"];
  readonly scopes?: readonly string[];
  readonly permissions?: GithubToken["permissions"];
  readonly repositories?: readonly string[] | null;
  /** Milliseconds of the emulator's clock. Default: never; an installation's token: in one hour. */
  readonly expiresAt?: number | null;
  /** An installation's token: of this app. Default: canon; `github-actions` is the token of workflows. */
  readonly app?: string;
}

export interface GithubEmulator extends Emulated {
  readonly clock: EmulatorClock;
  readonly people: GithubPeople;
  /** The name behind Canon's token. */
  readonly account: string;
  /** owner/repo */
  readonly project: string;
  /** Another repository of the same owner, where transfers go; and one that Canon may not see. */
  readonly otherProject: string;
  readonly secretProject: string;
  /** Of another owner; Canon may write there. */
  readonly foreignProject: string;
  readonly credentials: Readonly<Record<string, string>>;
  readonly switches: GithubSwitches;
  /** Branches, pull requests and checks, for people with names. */
  readonly code: CodePeople;
  /** What GitHub Actions would have been started by, the oldest first. */
  readonly workflows: readonly WorkflowStart[];
  /** Another token of Canon's account; an installation's token is of its app's own account. */
  addToken(options: TokenOptions): string;
  revoke(token: string): void;
  /** Of Canon's account, where no other is named. */
  setRole(project: string, role: Role, login?: string): void;
  enableIssues(project: string, enabled: boolean): void;
  /** What the judge left out, and why; null: nothing. */
  readonly unjudged: string | null;
}

const PREFIXES = { classic: "ghp_", "fine-grained": "github_pat_", installation: "ghs_" };
const APP_PERMISSIONS = { contents: "write", pull_requests: "write", checks: "write" } as const;
const HOUR = 3_600_000;
const TYPES = ["Task", "Bug", "Feature"];
/** Minutes happen; half a minute is what people see day by day. */
const SEARCH_LAG = 30_000;

export async function startGithubEmulator(options: GithubEmulatorOptions = {}): Promise<GithubEmulator> {
  const clock = options.clock ?? emulatorClock();
  const world = emptyWorld(clock, {
    subIssues: options.subIssues ?? 100,
    levels: options.levels ?? 8,
    titleLimit: options.titleLimit ?? 256,
    bodyLimit: options.bodyLimit ?? 65_536,
    transferKeepsId: options.transferKeepsId ?? false,
  });
  const switches: GithubSwitches = {
    listLag: options.listLag ?? 0,
    readLag: options.readLag ?? 0,
    searchLag: options.searchLag ?? SEARCH_LAG,
    graphqlFollowsTransfer: options.graphqlFollowsTransfer ?? false,
    transferRedirectsWrites: options.transferRedirectsWrites ?? false,
    orphansBelowFullParents: options.orphansBelowFullParents ?? false,
    browserCrlf: options.browserCrlf ?? true,
    secondaryStatus: options.secondaryStatus ?? 403,
  };
  const access: Access = { tokens: new Map(), roles: new Map() };
  const dana = addAccount(world, "dana-agent", "Dana Agent", "User");
  const robin = addAccount(world, "robin-ito", "Robin Ito", "User");
  const isOrganization = options.owner !== "user";
  const owner = addAccount(world, "acme", "Acme", isOrganization ? "Organization" : "User");
  const types = isOrganization ? (options.types ?? TYPES) : [];
  const isPrivate = options.visibility === "private";
  const repo = addRepo(world, owner, "payments", { isPrivate, types });
  const other = addRepo(world, owner, "platform", { isPrivate, types });
  const secret = addRepo(world, owner, "secret", { isPrivate: true, types });
  const foreign = addRepo(world, robin, "hobby");
  repo.hasIssues = options.issues ?? true;

  world.code.treeLimit = options.treeLimit ?? world.code.treeLimit;
  const setRole = (of: Repo, role: Role, who: Account = dana): void => void access.roles.set(`${who.id}:${of.id}`, role);
  for (const one of [repo, other, foreign]) setRole(one, options.role ?? "write");
  for (const one of [repo, other, secret]) access.roles.set(`${robin.id}:${one.id}`, "admin");

  /** The account of an app, which may write where the app is installed: in the owner's repositories. */
  const bot = (app: string): Account => {
    const login = `${app}[bot]`;
    const known = world.accounts.find((one) => one.login === login);
    if (known) return known;
    const made = addAccount(world, login, login, "Bot");
    for (const one of [repo, other]) setRole(one, options.role ?? "write", made);
    return made;
  };

  const addToken = (given: TokenOptions): string => {
    const kind = given.kind ?? "classic";
    const app = kind === "installation" ? (given.app ?? "canon") : null;
    const value = `${PREFIXES[kind]}emulated${access.tokens.size + 1}`;
    access.tokens.set(value, {
      value,
      account: app === null ? dana : bot(app),
      kind,
      app: app === null ? null : { id: app.length, slug: app },
      scopes: given.scopes ?? ["repo"],
      permissions: given.permissions ?? { issues: "write", metadata: "read", ...(app === null ? {} : APP_PERMISSIONS) },
      repositories: given.repositories ?? null,
      expiresAt: given.expiresAt === undefined && app !== null ? clock.now() + HOUR : (given.expiresAt ?? null),
    });
    return value;
  };
  const token = addToken(options.token ?? {});
  const meter = limitMeter(clock, { ...GITHUB_LIMITS, ...options.limits });
  const vendor = githubVendor({ world, access, meter, switches, clock, pusher: robin });
  const served = await serve(vendor, { clock, ...(options.port === undefined ? {} : { port: options.port }) });

  const named = (project: string): Repo => {
    const [ownerName = "", name = ""] = project.split("/");
    const found = repoNamed(world, ownerName, name);
    if (!found) throw new Error(`the emulated GitHub has no repository ${project}`);
    return found;
  };
  const accountOf = (login: string | undefined): Account =>
    world.accounts.find((one) => one.login === (login ?? dana.login)) ?? addAccount(world, login ?? "", login ?? "", "User");
  return {
    ...served,
    close: async () => {
      await served.close().finally(() => world.code.close());
    },
    clock,
    code: codePeople({ world, access, repo, accountOf }),
    workflows: world.code.workflows,
    people: githubPeople({ world, account: robin, repo, other, switches }),
    account: dana.name,
    project: "acme/payments",
    otherProject: "acme/platform",
    secretProject: "acme/secret",
    foreignProject: "robin-ito/hobby",
    credentials: { GITHUB_TOKEN: token },
    switches,
    addToken,
    revoke: (value) => void access.tokens.delete(value),
    setRole: (project, role, login) => setRole(named(project), role, accountOf(login)),
    enableIssues: (project, enabled) => {
      named(project).hasIssues = enabled;
    },
    unjudged: vendor.unjudged,
  };
}
