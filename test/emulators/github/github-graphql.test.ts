/** FACTS.md, "Fewest requests", and GraphQL's own limits and errors. */

import { describe, expect, it } from "vitest";
import { at, openGithub } from "./open-github.ts";

describe("FACTS: fewest requests", () => {
  it("read: nodes(ids:) takes 100, a missing one is null beside an error, and more are refused", async () => {
    const { github, graphql } = await openGithub();
    for (let made = 0; made < 101; made += 1) github.people.create({ title: `Issue ${made}` });
    const listed = await graphql(`
      {
        repository(owner: "acme", name: "payments") {
          issues(first: 100) {
            nodes {
              id
            }
            pageInfo {
              hasNextPage
              endCursor
            }
          }
        }
      }
    `);
    const ids = Array.from({ length: 100 }, (_, index) => at(listed, "repository", "issues", "nodes", String(index), "id"));
    const nodes = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Issue { number title } } }`;
    expect(at(await graphql(nodes, { ids }), "nodes")).toHaveLength(100);
    await expect(graphql(nodes, { ids: [ids[0], "I_nothing", ids[1]] })).rejects.toMatchObject({
      data: { nodes: [{ number: 1 }, null, { number: 2 }] },
      errors: [{ type: "NOT_FOUND", path: ["nodes", 1], message: "Could not resolve to a node with the global id of 'I_nothing'." }],
    });
    await expect(graphql(nodes, { ids: [...ids, ids[0]] })).rejects.toMatchObject({
      errors: [{ type: "ARGUMENT_LIMIT", message: "You may not provide more than 100 node ids; you provided 101." }],
    });
  });

  it("create: aliased per level, each for itself; the log counts the tickets", async () => {
    const { github, graphql, issue, repositoryId } = await openGithub();
    const parent = await issue("Parent");
    const aliases = ["A", "", "C"].map(
      (title, index) =>
        `c${index}: createIssue(input: { repositoryId: $r, title: "${title}", parentIssueId: $p }) { issue { number title parent { number } } }`,
    );
    await expect(graphql(`mutation ($r: ID!, $p: ID!) { ${aliases.join(" ")} }`, { r: await repositoryId(), p: parent.node })).rejects.toMatchObject({
      data: { c0: { issue: { number: 2, title: "A", parent: { number: 1 } } }, c1: null, c2: { issue: { number: 3 } } },
      errors: [{ type: "UNPROCESSABLE", path: ["c1"] }],
    });
    expect(github.requests.at(-1)).toMatchObject({ operation: "create", elements: 3, status: 200 });
  });

  it("update: aliased, several mutations of one ticket are one element", async () => {
    const { github, octokit, owner, repo, graphql, issue } = await openGithub();
    const [one, two] = [await issue("One"), await issue("Two")];
    const { data: label } = await octokit.rest.issues.createLabel({ owner, repo, name: "x", color: "ffffff" });
    const text = `mutation ($one: ID!, $two: ID!, $labels: [ID!]!) {
      a: updateIssue(input: { id: $one, title: "First" }) { issue { title } }
      b: addLabelsToLabelable(input: { labelableId: $one, labelIds: $labels }) { labelable { ... on Issue { labels(first: 9) { nodes { name } } } } }
      c: updateIssue(input: { id: $two, body: "text" }) { issue { body updatedAt } }
      d: addSubIssue(input: { issueId: $one, subIssueId: $two }) { subIssue { parent { number } } }
    }`;
    expect(await graphql(text, { one: one.node, two: two.node, labels: [label.node_id] })).toMatchObject({
      a: { issue: { title: "First" } },
      b: { labelable: { labels: { nodes: [{ name: "x" }] } } },
      c: { issue: { body: "text" } },
      d: { subIssue: { parent: { number: 1 } } },
    });
    expect(github.requests.at(-1)).toMatchObject({ operation: "update", elements: 2 });
  });
});

describe("GraphQL's own ways", () => {
  it("a connection wants first or last, and gives at most 100", async () => {
    const { graphql } = await openGithub();
    const issues = (args: string): Promise<unknown> => graphql(`{ repository(owner: "acme", name: "payments") { issues${args} { totalCount } } }`);
    await expect(issues("")).rejects.toMatchObject({ errors: [{ type: "MISSING_PAGINATION_BOUNDARIES" }] });
    await expect(issues("(first: 101)")).rejects.toMatchObject({
      errors: [{ type: "EXCESSIVE_PAGINATION", message: "Requesting 101 records on the `issues` connection exceeds the `first` limit of 100 records." }],
    });
    await expect(issues(`(first: 1, after: "nonsense")`)).rejects.toMatchObject({ errors: [{ type: "INVALID_CURSOR_ARGUMENTS" }] });
  });

  it("no more than 500,000 nodes", async () => {
    const { graphql } = await openGithub();
    const deep = `{ repository(owner: "acme", name: "payments") { issues(first: 100) { nodes { subIssues(first: 100) { nodes { comments(first: 100) { totalCount } } } } } } }`;
    await expect(graphql(deep)).rejects.toMatchObject({ errors: [{ type: "MAX_NODE_LIMIT_EXCEEDED" }] });
  });

  it("pages through a list by its cursors", async () => {
    const { github, graphql } = await openGithub();
    for (let made = 0; made < 5; made += 1) github.people.create({ title: "x" });
    const numbers: unknown[] = [];
    let after: unknown = null;
    do {
      const page: unknown = at(await graphql(PAGE, { after }), "repository", "issues");
      numbers.push(...[0, 1].map((index) => at(page, "nodes", String(index), "number")));
      after = at(page, "pageInfo", "hasNextPage") === true ? at(page, "pageInfo", "endCursor") : null;
    } while (after !== null);
    expect(numbers).toEqual([5, 4, 3, 2, 1, undefined]);
  });

  it("closes with a reason, opens, comments and labels", async () => {
    const { github, graphql, issue, repositoryId } = await openGithub();
    const { node } = await issue();
    const closed = await graphql(
      `
        mutation ($id: ID!) {
          closeIssue(input: { issueId: $id, stateReason: NOT_PLANNED }) {
            issue {
              state
              stateReason
              closedAt
            }
          }
        }
      `,
      { id: node },
    );
    expect(closed).toMatchObject({ closeIssue: { issue: { state: "CLOSED", stateReason: "NOT_PLANNED", closedAt: expect.any(String) } } });
    expect(github.requests.at(-1)?.operation).toBe("transition");
    const opened = await graphql(
      `
        mutation ($id: ID!) {
          reopenIssue(input: { issueId: $id }) {
            issue {
              state
              stateReason
            }
          }
        }
      `,
      { id: node },
    );
    expect(opened).toEqual({ reopenIssue: { issue: { state: "OPEN", stateReason: "REOPENED" } } });
    await graphql(
      `
        mutation ($id: ID!) {
          addComment(input: { subjectId: $id, body: "Hello" }) {
            commentEdge {
              node {
                body
                author {
                  login
                }
              }
            }
          }
        }
      `,
      { id: node },
    );
    expect(github.requests.at(-1)?.operation).toBe("comment");
    expect(github.people.show("1").comments).toEqual(["Hello"]);
    const label = `mutation ($r: ID!) { createLabel(input: { repositoryId: $r, name: "canon", color: "0366d6" }) { label { id name } } }`;
    expect(await graphql(label, { r: await repositoryId() })).toMatchObject({ createLabel: { label: { name: "canon" } } });
    await expect(graphql(label, { r: await repositoryId() })).rejects.toMatchObject({ errors: [{ type: "UNPROCESSABLE" }] });
  });
});

const PAGE = `query ($after: String) {
  repository(owner: "acme", name: "payments") {
    issues(first: 2, after: $after, orderBy: { field: CREATED_AT, direction: DESC }) { nodes { number } pageInfo { hasNextPage endCursor } }
  }
}`;
