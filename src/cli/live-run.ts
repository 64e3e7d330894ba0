/** Shows an apply while it runs: a tree that redraws itself on a terminal, a line per change everywhere else, records for programs. */

import type { ApplyEvent, ChangeResult } from "../core/model/apply-report.ts";
import { EXIT } from "../core/model/exit-code.ts";
import type { Change, Plan } from "../core/model/plan.ts";
import { advance, isWorthALine, notStarted, type ApplyProgress } from "../views/apply-progress.ts";
import { doubtText } from "../views/apply-text.ts";
import { makeTree, treeText } from "../views/apply-tree.ts";
import { eventLine } from "../views/apply-words.ts";
import { planView } from "../views/plan-view.ts";
import type { Session } from "./session.ts";

export class LiveRun {
  readonly #session: Session;
  readonly #progress: ApplyProgress = notStarted();
  #plan: Plan | null = null;
  #changes: ReadonlyMap<string, Change> = new Map();
  /** Seconds that the last line of a wait named; 0: nothing is waited for. */
  #told = 0;
  /** Takes the drawn tree away and prints what stays; null where nothing is drawn. */
  #endDrawing: (() => void) | null = null;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Before a plan is shown, an interrupted run may already be settled: these events come first. */
  onEvent(event: ApplyEvent): void {
    advance(this.#progress, event);
    const { kind, ...content } = event;
    this.#session.record(kind, content);
    if (this.#endDrawing !== null || !this.#isTold(event)) return;
    const line = eventLine(event, (digest) => this.#changes.get(digest));
    if (line !== null) this.#session.print(`${line}\n`);
  }

  #isTold(event: ApplyEvent): boolean {
    if (event.kind !== "waiting") {
      this.#told = 0;
      return true;
    }
    if (!isWorthALine(event.seconds, this.#told)) return false;
    this.#told = event.seconds;
    return true;
  }

  async show(plan: Plan): Promise<void> {
    this.#plan = plan;
    this.#changes = new Map(plan.changes.map((change) => [change.digest, change]));
    const { json, quiet, page, world } = this.#session;
    const { stream, isTerminal } = world.stdout;
    const isLive = isTerminal && stream !== null && !json && !quiet && !world.env["CI"] && world.env["TERM"] !== "dumb";
    this.#session.print("\n");
    if (!isLive) return;
    const { drawTree } = await import("./ink/draw-tree.ts");
    const tree = makeTree(planView(plan), page);
    const drawn = drawTree(tree, this.#progress, stream);
    this.#endDrawing = () => {
      drawn.end();
      this.#session.print(treeText(tree, this.#progress));
    };
  }

  end(): void {
    if (this.#plan === null) return;
    this.#endDrawing?.();
    this.#endDrawing = null;
    this.#plan = null;
    this.#session.print("\n");
  }

  /** On the first ^C: says that it was heard. */
  drain(): void {
    if (this.#plan !== null) this.onEvent({ kind: "draining" });
  }

  #doubts({ changes }: Plan): readonly ChangeResult[] {
    const open = changes.filter(({ digest }) => this.#progress.steps.get(digest)?.state === "running");
    return open.map(({ digest, address, target, key }) => ({
      change: digest,
      address,
      target,
      key,
      state: "unknown",
      message: "No answer was waited for.",
      hint: "Run canon apply again: it finds out.",
    }));
  }

  /** On the second ^C: says what nobody waits for any more. */
  leave(): void {
    const plan = this.#plan;
    if (plan === null) return;
    this.end();
    this.#session.record("summary", { exitCode: EXIT.interrupted, diagnostics: [], results: this.#doubts(plan) });
    this.#session.tell(doubtText(plan, this.#progress, this.#session.errorPage));
  }
}
