/** Sub-issues: who may stand below whom, and taking an issue from one parent to another. */

import { GithubRefusal } from "../github-refusal.ts";
import { nowOf } from "./github-state.ts";
import type { Account, Issue } from "./github-state.ts";
import { writeState } from "./github-world.ts";
import type { World } from "./github-world.ts";
import { record } from "./record-event.ts";

/** Refuses as GitHub does. */
export function checkNesting({ rules }: World, parent: Issue, child: Issue): void {
  if (parent.isPull || child.isPull) throw refused("Sub-issues can only be issues");
  if (parent.repo.owner !== child.repo.owner) throw refused("Sub-issue must belong to the same repository owner as its parent");
  if (parent === child || ancestors(parent).includes(child)) throw refused("Sub-issue cannot be a parent of its own parent");
  if (parent.children.includes(child)) throw refused("Issue may not contain duplicate sub-issues");
  if (parent.children.length >= rules.subIssues) throw refused(`Parent cannot have more than ${rules.subIssues} sub-issues`);
  if (ancestors(parent).length + 1 + height(child) > rules.levels) throw refused(`Sub-issues cannot be nested more than ${rules.levels} levels deep`);
}

export function addSubIssue(world: World, parent: Issue, child: Issue, actor: Account, replace: boolean): void {
  const before = nowOf(child).parent;
  if (before !== null && before !== parent && !replace) throw refused("Sub issue may only have one parent");
  checkNesting(world, parent, child);
  if (before !== null) removeSubIssue(world, before, child, actor);
  linkParent(world, child, parent, actor);
}

export function removeSubIssue(world: World, parent: Issue, child: Issue, actor: Account): void {
  const at = parent.children.indexOf(child);
  if (at < 0) throw new GithubRefusal("not-found", "The provided sub-issue does not exist");
  parent.children.splice(at, 1);
  record(world, parent, actor, { kind: "sub_issue_removed", other: child });
  record(world, child, actor, { kind: "parent_issue_removed", other: parent });
  writeState(world, child, { parent: null });
  writeState(world, parent, {});
}

/** Without any check. */
export function linkParent(world: World, child: Issue, parent: Issue, actor: Account): void {
  parent.children.push(child);
  record(world, parent, actor, { kind: "sub_issue_added", other: child });
  record(world, child, actor, { kind: "parent_issue_added", other: parent });
  writeState(world, child, { parent });
  writeState(world, parent, {});
}

function ancestors(issue: Issue): readonly Issue[] {
  const found: Issue[] = [];
  for (let above = nowOf(issue).parent; above !== null; above = nowOf(above).parent) found.push(above);
  return found;
}

/** 1 for an issue without sub-issues. */
function height(issue: Issue): number {
  return 1 + Math.max(0, ...issue.children.map(height));
}

function refused(message: string): GithubRefusal {
  return new GithubRefusal("unprocessable", message, { type: "VALIDATION" });
}
