/** FACTS.md, GitHub, on push access, issue types and reasons. */

import { describe, expect, it } from "vitest";
import { openGithub } from "./open-github.ts";

describe("FACTS: type, labels and assignees are silently dropped without push access", () => {
  it("in a create and in a change, by REST and by GraphQL; what is left is carried out", async () => {
    const { github, octokit, owner, repo, graphql, repositoryId } = await openGithub({ role: "read" });
    github.people.create({ title: "By Robin", labels: ["bug"] });
    const wanted = { labels: ["bug"], type: "Bug", assignees: ["robin-ito"] };
    const { data: made } = await octokit.rest.issues.create({ owner, repo, title: "Mine", ...wanted });
    expect(made).toMatchObject({ title: "Mine", labels: [], type: null, assignees: [] });
    const { data: changed } = await octokit.rest.issues.update({ owner, repo, issue_number: made.number, title: "Still mine", state: "closed", ...wanted });
    expect(changed).toMatchObject({ title: "Still mine", state: "closed", labels: [], type: null, assignees: [] });
    const label = await graphql(`
      {
        repository(owner: "acme", name: "payments") {
          label(name: "bug") {
            id
          }
        }
      }
    `);
    expect(label).toMatchObject({ repository: { label: { id: expect.any(String) } } });
    const id = (await octokit.rest.issues.getLabel({ owner, repo, name: "bug" })).data.node_id;
    const create = `mutation ($r: ID!, $l: [ID!]) { createIssue(input: { repositoryId: $r, title: "x", labelIds: $l }) { issue { labels(first: 5) { totalCount } } } }`;
    expect(await graphql(create, { r: await repositoryId(), l: [id] })).toMatchObject({ createIssue: { issue: { labels: { totalCount: 0 } } } });
  });

  it("with push access all of it is taken, and unknown labels are made", async () => {
    const { octokit, owner, repo } = await openGithub();
    const { data } = await octokit.rest.issues.create({ owner, repo, title: "x", labels: ["new"], type: "bug", assignees: ["robin-ito"] });
    expect(data).toMatchObject({ labels: [{ name: "new", color: "ededed" }], type: { name: "Bug" }, assignees: [{ login: "robin-ito" }] });
    await expect(octokit.rest.issues.create({ owner, repo, title: "x", type: "Epic" })).rejects.toMatchObject({ status: 422 });
  });

  it("other people's issues and the labels' own addresses refuse instead", async () => {
    const { github, octokit, owner, repo, graphql } = await openGithub({ role: "read" });
    const issue_number = Number(github.people.create({ title: "By Robin" }));
    await expect(octokit.rest.issues.update({ owner, repo, issue_number, title: "Mine" })).rejects.toMatchObject({ status: 403 });
    await expect(octokit.rest.issues.addLabels({ owner, repo, issue_number, labels: ["x"] })).rejects.toMatchObject({ status: 404 });
    await expect(octokit.rest.issues.createLabel({ owner, repo, name: "x", color: "ffffff" })).rejects.toMatchObject({ status: 404 });
    const { node_id } = (await octokit.rest.issues.get({ owner, repo, issue_number })).data;
    const update = graphql(
      `
        mutation ($id: ID!) {
          updateIssue(input: { id: $id, title: "Mine" }) {
            issue {
              title
            }
          }
        }
      `,
      { id: node_id },
    );
    await expect(update).rejects.toMatchObject({ errors: [{ type: "FORBIDDEN", path: ["updateIssue"] }], data: { updateIssue: null } });
  });

  it("issue types: organisations only", async () => {
    const organisation = await openGithub();
    const { data } = await organisation.octokit.request("GET /orgs/{org}/issue-types", { org: "acme" });
    expect(data).toMatchObject([{ name: "Task" }, { name: "Bug" }, { name: "Feature" }]);
    const { octokit, owner, repo } = await openGithub({ owner: "user" });
    await expect(octokit.request("GET /orgs/{org}/issue-types", { org: owner })).rejects.toMatchObject({ status: 404 });
    expect((await octokit.rest.issues.create({ owner, repo, title: "x", type: "Bug" })).data.type).toBeNull();
  });
});

describe("FACTS: state_reason", () => {
  it("completed, not_planned, duplicate, reopened", async () => {
    const { octokit, owner, repo, issue, graphql } = await openGithub();
    const { number: issue_number, node } = await issue();
    const close = async (state_reason?: "completed" | "not_planned" | "duplicate"): Promise<unknown> => {
      const { data } = await octokit.rest.issues.update({ owner, repo, issue_number, state: "closed", ...(state_reason ? { state_reason } : {}) });
      const reasons = await graphql(
        `
          query ($id: ID!) {
            node(id: $id) {
              ... on Issue {
                asked: stateReason(enableDuplicate: true)
                plain: stateReason
              }
            }
          }
        `,
        { id: node },
      );
      expect((await octokit.rest.issues.update({ owner, repo, issue_number, state: "open" })).data).toMatchObject({
        state: "open",
        state_reason: "reopened",
        closed_at: null,
      });
      return [data.state_reason, reasons];
    };
    expect(await close()).toMatchObject(["completed", { node: { asked: "COMPLETED" } }]);
    expect(await close("not_planned")).toMatchObject(["not_planned", { node: { asked: "NOT_PLANNED" } }]);
    expect(await close("duplicate")).toMatchObject(["duplicate", { node: { asked: "DUPLICATE", plain: "NOT_PLANNED" } }]);
  });

  it("counts only where the state changes", async () => {
    const { octokit, owner, repo, issue } = await openGithub();
    const { number: issue_number } = await issue();
    await octokit.rest.issues.update({ owner, repo, issue_number, state: "closed", state_reason: "completed" });
    const { data } = await octokit.rest.issues.update({ owner, repo, issue_number, state: "closed", state_reason: "not_planned" });
    expect(data.state_reason).toBe("completed");
  });
});

describe("FACTS: what is atomic with a field write", () => {
  it("REST PATCH takes body, state, state_reason, labels and type in one request", async () => {
    const { github, octokit, owner, repo, issue } = await openGithub();
    const { number: issue_number } = await issue("Before", { labels: ["old"] });
    const { data } = await octokit.rest.issues.update({
      owner,
      repo,
      issue_number,
      title: "After",
      body: "Text\n<!-- hidden -->",
      state: "closed",
      state_reason: "not_planned",
      labels: ["new"],
      type: "Task",
    });
    expect(data).toMatchObject({ title: "After", state: "closed", state_reason: "not_planned", labels: [{ name: "new" }], type: { name: "Task" } });
    expect(github.requests.at(-1)).toMatchObject({ operation: "transition", elements: 1, method: "PATCH" });
  });

  it("GraphQL updateIssue lacks state_reason: the schema refuses it", async () => {
    const { github, issue, graphql } = await openGithub({}, false);
    const { node } = await issue();
    const wrong = graphql(
      `
        mutation ($id: ID!) {
          updateIssue(input: { id: $id, state: CLOSED, stateReason: COMPLETED }) {
            issue {
              id
            }
          }
        }
      `,
      { id: node },
    );
    await expect(wrong).rejects.toMatchObject({ errors: [{ message: expect.stringContaining("stateReason") }] });
    expect(github.violations()).toHaveLength(1);
  });
});
