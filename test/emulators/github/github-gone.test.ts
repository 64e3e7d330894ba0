/** Issues that went away: transferred, deleted, hidden, turned into discussions; and repositories without issues. */

import { describe, expect, it } from "vitest";
import { at, openGithub } from "./open-github.ts";

const NODE = `query ($id: ID!) { node(id: $id) { ... on Issue { number } } }`;
const NOT_FOUND = { errors: [{ type: "NOT_FOUND" }] };

describe("a transferred issue", () => {
  it("redirects its readers (301), has new ids, and keeps the labels the other repository has", async () => {
    const { github, octokit, owner, repo, issue } = await openGithub();
    await octokit.rest.issues.createLabel({ owner, repo: "platform", name: "kept", color: "ffffff" });
    const made = await issue("Moves", { body: "text", labels: ["kept", "lost"] });
    expect(github.people.transfer("1")).toBe("acme/platform#1");
    const answer = await fetch(`${github.url}/repos/acme/payments/issues/1`, {
      redirect: "manual",
      headers: { authorization: `Bearer ${github.credentials["GITHUB_TOKEN"]}` },
    });
    expect([answer.status, answer.headers.get("location")]).toEqual([301, expect.stringMatching(/\/repositories\/\d+\/issues\/1$/u)]);
    const { data } = await octokit.rest.issues.get({ owner, repo, issue_number: 1 });
    expect(data).toMatchObject({ number: 1, title: "Moves", body: "text", labels: [{ name: "kept" }], repository_url: `${github.url}/repos/acme/platform` });
    expect(data.id).not.toBe(made.id);
    expect(data.node_id).not.toBe(made.node);
  });

  it("is not found by writes, by what stands below it, or by its old node id", async () => {
    const { github, octokit, owner, repo, issue, graphql } = await openGithub();
    const { node } = await issue();
    github.people.transfer("1");
    await expect(octokit.rest.issues.update({ owner, repo, issue_number: 1, title: "x" })).rejects.toMatchObject({ status: 404 });
    await expect(octokit.rest.issues.listComments({ owner, repo, issue_number: 1 })).rejects.toMatchObject({ status: 404 });
    await expect(graphql(NODE, { id: node })).rejects.toMatchObject(NOT_FOUND);
    expect((await octokit.rest.issues.listForRepo({ owner, repo, state: "all" })).data).toEqual([]);
  });

  it("redirects writes as well by the switch [M]", async () => {
    const { github, octokit, owner, repo, issue } = await openGithub({ transferRedirectsWrites: true });
    await issue();
    github.people.transfer("1");
    await octokit.rest.issues.update({ owner, repo, issue_number: 1, title: "Written there" });
    expect(github.people.show("acme/platform#1").title).toBe("Written there");
  });

  it("is found by its old number in GraphQL only by the switch [M]; the id stays only by the switch [M]", async () => {
    const byNumber = `{ repository(owner: "acme", name: "payments") { issue(number: 1) { id number repository { nameWithOwner } } } }`;
    const strict = await openGithub();
    await strict.issue();
    strict.github.people.transfer("1");
    await expect(strict.graphql(byNumber)).rejects.toMatchObject(NOT_FOUND);
    const kind = await openGithub({ graphqlFollowsTransfer: true, transferKeepsId: true });
    const { node } = await kind.issue();
    kind.github.people.transfer("1");
    expect(await kind.graphql(byNumber)).toEqual({ repository: { issue: { id: node, number: 1, repository: { nameWithOwner: "acme/platform" } } } });
  });

  it("keeps its parent and its sub-issues, comments and history", async () => {
    const { github, octokit, owner, issue } = await openGithub();
    const [one, two, three] = [await issue("1"), await issue("2"), await issue("3")];
    for (const [parent, child] of [
      [one, two],
      [two, three],
    ] as const)
      github.people.edit(String(child.number), { parent: String(parent.number) });
    github.people.comment("2", "kept");
    github.people.transfer("2");
    expect(github.people.show("acme/platform#1")).toMatchObject({ parent: "1", comments: ["kept"] });
    expect(github.people.show("3").parent).toBe("acme/platform#1");
    const { data } = await octokit.rest.issues.listEvents({ owner, repo: "platform", issue_number: 1 });
    expect(data.map(({ event }) => event)).toEqual(["parent_issue_added", "sub_issue_added", "transferred"]);
  });
});

describe("an issue that is gone", () => {
  it("deleted: 410, its number is not given again", async () => {
    const { github, octokit, owner, repo, issue, graphql } = await openGithub();
    const { node } = await issue();
    github.people.remove("1");
    await expect(octokit.rest.issues.get({ owner, repo, issue_number: 1 })).rejects.toMatchObject({ status: 410 });
    await expect(octokit.rest.issues.update({ owner, repo, issue_number: 1, title: "x" })).rejects.toMatchObject({ status: 410 });
    await expect(graphql(NODE, { id: node })).rejects.toMatchObject(NOT_FOUND);
    expect((await issue()).number).toBe(2);
  });

  it("hidden, or a discussion: 404, as if it had never been", async () => {
    const { github, octokit, owner, repo, issue, graphql } = await openGithub({ searchLag: 0 });
    const [hidden] = [await issue("Hidden"), await issue("Archived")];
    github.people.hide("1", true);
    github.people.archive("2");
    for (const issue_number of [1, 2, 3]) await expect(octokit.rest.issues.get({ owner, repo, issue_number })).rejects.toMatchObject({ status: 404 });
    expect((await octokit.rest.issues.listForRepo({ owner, repo, state: "all" })).data).toEqual([]);
    expect((await octokit.rest.search.issuesAndPullRequests({ q: "repo:acme/payments" })).data.total_count).toBe(0);
    await expect(graphql(NODE, { id: hidden.node })).rejects.toMatchObject(NOT_FOUND);
    github.people.hide("1", false);
    expect(await graphql(NODE, { id: hidden.node })).toEqual({ node: { number: 1 } });
  });

  it("issues disabled: 410 by REST, an error by GraphQL", async () => {
    const { github, octokit, owner, repo, issue, graphql, repositoryId } = await openGithub({ issues: false });
    await expect(issue()).rejects.toMatchObject({ status: 410, message: expect.stringContaining("Issues has been disabled in this repository.") });
    await expect(octokit.rest.issues.listForRepo({ owner, repo })).rejects.toMatchObject({ status: 410 });
    expect((await octokit.rest.repos.get({ owner, repo })).data.has_issues).toBe(false);
    const create = `mutation ($r: ID!) { createIssue(input: { repositoryId: $r, title: "x" }) { issue { number } } }`;
    await expect(graphql(create, { r: await repositoryId() })).rejects.toMatchObject({ errors: [{ type: "UNPROCESSABLE" }] });
    github.enableIssues(github.project, true);
    expect((await issue()).number).toBe(1);
  });
});

describe("people", () => {
  it("copy with labels, type and hidden text, in the browser's line ends", async () => {
    const { github, octokit, owner, repo, issue } = await openGithub();
    await issue("Original", { body: "text\n<!-- canon:hidden -->", labels: ["canon"], type: "Bug" });
    const copy = github.people.duplicate("1");
    expect(github.people.show(copy)).toMatchObject({
      key: "2",
      title: "Original",
      body: "text\r\n<!-- canon:hidden -->",
      labels: ["canon"],
      type: "Bug",
      status: "open",
    });
    const { data } = await octokit.rest.issues.get({ owner, repo, issue_number: 2 });
    expect(data.user?.login).toBe("robin-ito");
  });

  it("create, move and re-parent, and the API shows it as theirs", async () => {
    const { github, graphql } = await openGithub();
    const parent = github.people.create({ title: "Parent" });
    const child = github.people.create({ title: "Child", parent, status: "Closed as duplicate", type: "Feature" });
    expect(github.people.show(child)).toMatchObject({ parent, status: "duplicate", type: "Feature" });
    github.people.move(child, "Closed as not planned");
    github.people.edit(child, { parent: null });
    expect(github.people.show(child)).toMatchObject({ parent: null, status: "not planned" });
    const shown = await graphql(`
      {
        repository(owner: "acme", name: "payments") {
          issue(number: 2) {
            author {
              login
            }
            viewerDidAuthor
          }
        }
      }
    `);
    expect(at(shown, "repository", "issue")).toEqual({ author: { login: "robin-ito" }, viewerDidAuthor: false });
  });

  it("reads and lists lag behind writes by the switches", async () => {
    const { github, octokit, owner, repo, issue } = await openGithub({ readLag: 5_000, listLag: 10_000 });
    const { number: issue_number } = await issue("Before");
    github.clock.advance(10_000);
    await octokit.rest.issues.update({ owner, repo, issue_number, title: "After" });
    const read = async (): Promise<unknown> => (await octokit.rest.issues.get({ owner, repo, issue_number })).data.title;
    const list = async (): Promise<unknown> => (await octokit.rest.issues.listForRepo({ owner, repo })).data[0]?.title;
    expect([await read(), await list()]).toEqual(["Before", "Before"]);
    github.clock.advance(5_000);
    expect([await read(), await list()]).toEqual(["After", "Before"]);
    github.clock.advance(5_000);
    expect(await list()).toBe("After");
  });
});
