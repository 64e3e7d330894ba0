/** The configuration after parsing: defaults filled in, both written forms made one. */

import type { SpecStatus } from "./status.ts";
import type { System } from "./system.ts";
import type { FieldName } from "./item.ts";

export type Owner = "spec" | "shared" | "tracker" | "ignore";

export type SectionRule = "all" | "marked" | "numbered" | "criteria";

export interface SpecsConfig {
  /** Globs relative to the folder of the configuration. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly sections: SectionRule;
  readonly excludeHeadings: readonly string[];
  readonly defaultStatus: SpecStatus | null;
  readonly autoTickets: boolean;
}

/** Depth → type. 0 stands for `spec:`, the document itself. */
export type Hierarchy = ReadonlyMap<number, string>;

export interface TargetConfig {
  /** A label; `identity` is what it is. */
  readonly name: string;
  readonly system: System;
  readonly project: string;
  readonly baseUrl: string | null;
  readonly createTickets: boolean;
  readonly reverseSync: boolean;
  readonly statusMap: Readonly<Partial<Record<SpecStatus, string>>>;
  /** null: not written, the tracker's default for its kind applies. */
  readonly hierarchy: Hierarchy | null;
  readonly autoParent: boolean;
  readonly owners: Readonly<Record<FieldName, Owner>>;
  readonly createFields: Readonly<Record<string, unknown>>;
  /** D in milliseconds; null: 0 with client ids, else 120,000. */
  readonly settle: number | null;
  readonly transitions: "direct" | "walk";
  readonly inbox: string | null;
  /** The local tracker's file, relative to the workspace root. */
  readonly path: string;
  readonly envPrefix: string;
  readonly public: boolean;
}

export interface RouteMatch {
  readonly tags: readonly string[];
  readonly team: readonly string[];
  readonly owner: readonly string[];
  readonly path: readonly string[];
}

/** `match` null is the default rule. */
export interface Route {
  readonly match: RouteMatch | null;
  readonly target: string;
}

/** How `canon bot` works on pull requests. */
export interface BotConfig {
  /** Only true on the default branch lets it write to trackers. */
  readonly enabled: boolean;
  /** How markers of new tickets come back: a commit on the default branch, or a pull request. */
  readonly markers: "commit" | "pull-request";
  /** What happens after a merge to changes that nobody reviewed. */
  readonly onMoved: "stop" | "apply";
  /** Show live text and names although the repository is more visible than the tracker. */
  readonly showLive: boolean;
  /** Milliseconds between two pull requests that only bring statuses. */
  readonly statusEvery: number;
  /** Pull requests of proposals that may be open at once, and that may be opened within an hour. */
  readonly limits: { readonly open: number; readonly perHour: number };
  /** ticket: people hear on their ticket what became of what they changed there. */
  readonly notify: { readonly ticket: boolean };
}

export interface Config {
  /** Relative to the workspace root; null where none was found and a command can do without. */
  readonly file: string;
  /** `id:` as written; null: the normalised URL of the git remote, else "local". */
  readonly id: string | null;
  readonly specs: SpecsConfig;
  readonly targets: readonly TargetConfig[];
  readonly routing: readonly Route[];
  /** null: local for local targets, git where there is a remote. */
  readonly lock: "local" | "git" | null;
  readonly createWhen: readonly SpecStatus[];
  readonly verify: "review" | "command" | "off";
  readonly verifyCommand: string | null;
  readonly mentions: "neutralise" | "keep";
  /** `create` null: not written; 25, and no limit on embedded trackers. */
  readonly limits: { readonly create: number | null; readonly close: number };
  readonly defaultPlatform: System | null;
  readonly defaultTeam: string | null;
  /** Not part of the digest: it changes no plan. */
  readonly bot: BotConfig;
  /** Fingerprint of the meaning: all of the above but `file` and `bot`. */
  readonly digest: string;
}
