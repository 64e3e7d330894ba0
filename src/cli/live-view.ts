/** Shows an apply while it runs: a tree that redraws itself on a terminal, a line per change everywhere else. */

import type { ApplyEvent } from "../core/model/apply-report.ts";
import type { Change, Plan } from "../core/model/plan.ts";
import { advance, type ApplyProgress } from "../views/apply-progress.ts";
import { makeTree, treeText } from "../views/apply-tree.ts";
import { eventLine } from "../views/apply-words.ts";
import type { PlanView } from "../views/plan-view.ts";
import type { Session } from "./session.ts";

export interface LiveView {
  readonly onEvent: (event: ApplyEvent) => void;
  /** Draws the last frame and lets go of the terminal. */
  readonly end: () => void;
}

export async function openLiveView(session: Session, plan: Plan, view: PlanView, progress: ApplyProgress): Promise<LiveView> {
  if (session.json || session.quiet) return { onEvent: (event) => follow(session, progress, event), end: () => {} };
  const { stdout, env } = session.world;
  const isLive = stdout.isTerminal && stdout.stream !== null && !env["CI"] && env["TERM"] !== "dumb";
  return isLive && stdout.stream !== null ? redrawn(session, view, progress, stdout.stream) : logged(session, plan, progress);
}

function follow(session: Session, progress: ApplyProgress, event: ApplyEvent): void {
  advance(progress, event);
  const { kind, ...content } = event;
  session.record(kind, content);
}

async function redrawn(session: Session, view: PlanView, progress: ApplyProgress, stream: NodeJS.WriteStream): Promise<LiveView> {
  const { drawTree } = await import("./ink/draw-tree.ts");
  const tree = makeTree(view, session.page);
  const drawn = drawTree(tree, progress, stream);
  return {
    onEvent: (event) => advance(progress, event),
    end: () => {
      drawn.end();
      session.print(`${treeText(tree, progress)}\n`);
    },
  };
}

function logged(session: Session, plan: Plan, progress: ApplyProgress): LiveView {
  const changes = new Map(plan.changes.map((change) => [change.digest, change]));
  const changeOf = (digest: string): Change | undefined => changes.get(digest);
  return {
    onEvent: (event) => {
      advance(progress, event);
      const line = eventLine(event, changeOf);
      if (line !== null) session.print(`${line}\n`);
    },
    end: () => session.print("\n"),
  };
}

