/** FACTS.md, GitHub, on sub-issues: every clause as the vendor's client meets it. */

import { describe, expect, it } from "vitest";
import { at, openGithub } from "./open-github.ts";

describe("FACTS: sub-issues", () => {
  it("POST …/sub_issues takes the database id, not the number", async () => {
    const { octokit, owner, repo, issue } = await openGithub();
    const [parent, child] = [await issue("Parent"), await issue("Child")];
    const add = (sub_issue_id: number): Promise<unknown> => octokit.rest.issues.addSubIssue({ owner, repo, issue_number: parent.number, sub_issue_id });
    await expect(add(child.number)).rejects.toMatchObject({ status: 404 });
    await add(child.id);
    expect((await octokit.rest.issues.listSubIssues({ owner, repo, issue_number: parent.number })).data).toMatchObject([{ number: child.number }]);
    const { data } = await octokit.rest.issues.get({ owner, repo, issue_number: child.number });
    expect(data.parent_issue_url).toMatch(new RegExp(`/issues/${parent.number}$`, "u"));
    expect(child.id).toBeGreaterThan(2 ** 31);
  });

  it("parents and children have the same owner", async () => {
    const { github, octokit, owner, repo, issue } = await openGithub();
    const parent = await issue();
    const near = await octokit.rest.issues.create({ owner, repo: "platform", title: "Same owner" });
    await octokit.rest.issues.addSubIssue({ owner, repo, issue_number: parent.number, sub_issue_id: near.data.id });
    expect(github.people.show(`${github.otherProject}#1`).parent).toBe("1");
    const far = await octokit.rest.issues.create({ owner: "robin-ito", repo: "hobby", title: "Another owner" });
    await expect(octokit.rest.issues.addSubIssue({ owner, repo, issue_number: parent.number, sub_issue_id: far.data.id })).rejects.toMatchObject({
      status: 422,
    });
  });

  it("100 per parent, closed ones count", async () => {
    const { octokit, owner, repo, issue } = await openGithub({ subIssues: 3 });
    const parent = await issue("Parent");
    const add = async (): Promise<number> => {
      const child = await issue("Child");
      await octokit.rest.issues.addSubIssue({ owner, repo, issue_number: parent.number, sub_issue_id: child.id });
      return child.number;
    };
    for (let made = 0; made < 3; made += 1) await octokit.rest.issues.update({ owner, repo, issue_number: await add(), state: "closed" });
    await expect(add()).rejects.toMatchObject({ status: 422, message: expect.stringContaining("Parent cannot have more than 3 sub-issues") });
    const { data } = await octokit.rest.issues.get({ owner, repo, issue_number: parent.number });
    expect(data.sub_issues_summary).toEqual({ total: 3, completed: 3, percent_completed: 100 });
  });

  it("8 levels", async () => {
    const { octokit, owner, repo, issue } = await openGithub();
    const chain = [await issue("Level 1")];
    const add = async (): Promise<void> => {
      const [above, below] = [chain.at(-1), await issue(`Level ${chain.length + 1}`)];
      await octokit.rest.issues.addSubIssue({ owner, repo, issue_number: above?.number ?? 0, sub_issue_id: below.id });
      chain.push(below);
    };
    while (chain.length < 8) await add();
    await expect(add()).rejects.toMatchObject({ status: 422 });
    // The same from below: a parent above the whole chain makes nine of it.
    const top = await issue("Level 0");
    await expect(octokit.rest.issues.addSubIssue({ owner, repo, issue_number: top.number, sub_issue_id: chain[0]?.id ?? 0 })).rejects.toMatchObject({
      status: 422,
    });
  });

  it("another parent needs replace_parent; no issue is its own ancestor", async () => {
    const { octokit, owner, repo, issue, graphql } = await openGithub();
    const [one, two, child] = [await issue("One"), await issue("Two"), await issue("Child")];
    const add = (issue_number: number, sub_issue_id: number, replace_parent = false): Promise<unknown> =>
      octokit.rest.issues.addSubIssue({ owner, repo, issue_number, sub_issue_id, replace_parent });
    await add(one.number, child.id);
    await expect(add(two.number, child.id)).rejects.toMatchObject({ status: 422, message: expect.stringContaining("only have one parent") });
    await expect(graphql(ADD, { parent: two.node, child: child.node, replace: false })).rejects.toMatchObject({
      errors: [{ type: "VALIDATION", path: ["addSubIssue"] }],
    });
    await expect(add(child.number, one.id)).rejects.toMatchObject({ status: 422 });
    await add(two.number, child.id, true);
    expect(await graphql(ADD, { parent: one.node, child: child.node, replace: true })).toMatchObject({
      addSubIssue: { subIssue: { parent: { number: one.number } } },
    });
    await octokit.rest.issues.removeSubIssue({ owner, repo, issue_number: one.number, sub_issue_id: child.id });
    expect((await octokit.rest.issues.get({ owner, repo, issue_number: child.number })).data.parent_issue_url ?? null).toBeNull();
  });

  it("GraphQL createIssue(parentIssueId) creates and links in one mutation", async () => {
    const { github, graphql, issue, repositoryId } = await openGithub();
    const parent = await issue("Parent");
    const made = await graphql(CREATE, { repository: await repositoryId(), parent: parent.node });
    expect(made).toMatchObject({ createIssue: { issue: { number: 2, parent: { number: 1 }, databaseId: null } } });
    expect(String(at(made, "createIssue", "issue", "fullDatabaseId"))).toMatch(/^\d{10}$/u);
    expect(github.people.show("2").parent).toBe("1");
  });

  it("below a full parent nothing is created, or by the switch an orphan [M]", async () => {
    for (const orphansBelowFullParents of [false, true]) {
      const { github, graphql, issue, repositoryId } = await openGithub({ subIssues: 1, orphansBelowFullParents });
      const parent = await issue("Parent");
      const variables = { repository: await repositoryId(), parent: parent.node };
      await graphql(CREATE, variables);
      await expect(graphql(CREATE, variables)).rejects.toMatchObject({ errors: [{ type: "VALIDATION" }], data: { createIssue: null } });
      expect(github.people.keys()).toEqual(orphansBelowFullParents ? ["1", "2", "3"] : ["1", "2"]);
    }
  });
});

const CREATE = `mutation ($repository: ID!, $parent: ID!) {
  createIssue(input: { repositoryId: $repository, title: "Child", parentIssueId: $parent }) { issue { number databaseId fullDatabaseId parent { number } } }
}`;
const ADD = `mutation ($parent: ID!, $child: ID!, $replace: Boolean) {
  addSubIssue(input: { issueId: $parent, subIssueId: $child, replaceParent: $replace }) { subIssue { parent { number } } }
}`;
