/** What one account sees of the workspace at one moment: hidden issues and teams do not exist for it, and a lag shows the past. */

import type { LinearWorld } from "./linear-world.ts";
import type { IssueState, TeamState } from "./linear-state.ts";

export interface ViewOptions {
  readonly world: LinearWorld;
  /** Keys of the teams that this token reaches. */
  readonly teams: ReadonlySet<string>;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly horizon: number;
}

export class View {
  readonly world: LinearWorld;
  readonly now: number;
  readonly #options: ViewOptions;
  #children: Map<string, IssueState[]> | undefined;

  constructor(options: ViewOptions) {
    this.world = options.world;
    this.now = options.now;
    this.#options = options;
  }

  at(horizon: number): View {
    return new View({ ...this.#options, horizon });
  }

  issue(ref: string): IssueState | null {
    const issue = this.world.issue(ref, this.#options.horizon);
    return issue && this.#sees(issue) ? issue : null;
  }

  /** Oldest first; archived ones too. */
  issues(): readonly IssueState[] {
    return [...this.world.issues(this.#options.horizon)].filter((issue) => this.#sees(issue));
  }

  childrenOf(id: string): readonly IssueState[] {
    if (!this.#children) {
      this.#children = new Map();
      for (const issue of this.issues()) {
        if (issue.parentId === null) continue;
        const siblings = this.#children.get(issue.parentId);
        if (siblings) siblings.push(issue);
        else this.#children.set(issue.parentId, [issue]);
      }
    }
    return this.#children.get(id) ?? [];
  }

  /** By UUID; the schema tells of no other way. */
  team(id: string): TeamState | null {
    return this.teams().find((team) => team.id === id) ?? null;
  }

  teams(): readonly TeamState[] {
    return this.world.teams.filter(({ key }) => this.#options.teams.has(key));
  }

  #sees(issue: IssueState): boolean {
    return !issue.hidden && this.#options.teams.has(this.world.team(issue.teamId).key);
  }
}
