/** Takes issues away: deleted, turned into a discussion, or transferred to another repository. */

import { nowOf } from "./github-state.ts";
import type { Account, Issue, Repo } from "./github-state.ts";
import { labelNamed, nodeId, takeId, typeNamed, writeState } from "./github-world.ts";
import type { World } from "./github-world.ts";
import { record } from "./record-event.ts";

export function removeIssue(world: World, issue: Issue, kind: "deleted" | "discussion"): void {
  for (const child of issue.children.splice(0)) writeState(world, child, { parent: null });
  leaveParent(issue);
  issue.gone = { kind };
}

/** GitHub makes a new issue of it, with its own ids, and keeps the labels that the other repository has by that name. */
export function transferIssue(world: World, issue: Issue, target: Repo, actor: Account): Issue {
  const at = world.clock.now();
  const before = nowOf(issue);
  const id = world.rules.transferKeepsId ? issue.id : takeId(world);
  const moved: Issue = {
    ...issue,
    id,
    nodeId: world.rules.transferKeepsId ? issue.nodeId : nodeId("I", id),
    repo: target,
    number: target.nextNumber,
    versions: [
      {
        at,
        state: {
          ...before,
          labels: before.labels.flatMap((label) => labelNamed(target, label.name) ?? []),
          type: before.type === null ? null : typeNamed(target, before.type.name),
          updatedAt: at,
        },
      },
    ],
    comments: [],
    children: [],
    gone: null,
  };
  moved.comments.push(...issue.comments.map((comment) => ({ ...comment, issue: moved })));
  target.nextNumber += 1;
  target.issues.set(moved.number, moved);
  for (const child of issue.children.splice(0)) {
    moved.children.push(child);
    writeState(world, child, { parent: moved });
  }
  if (before.parent) before.parent.children.splice(before.parent.children.indexOf(issue), 1, moved);
  issue.gone = { kind: "transferred", to: moved };
  world.byNode.set(moved.nodeId, moved);
  record(world, moved, actor, { kind: "transferred", fromRepo: issue.repo });
  return moved;
}

function leaveParent(issue: Issue): void {
  const { parent } = nowOf(issue);
  const at = parent?.children.indexOf(issue) ?? -1;
  if (parent && at >= 0) parent.children.splice(at, 1);
}
