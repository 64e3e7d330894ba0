/** The kit's faults in GitHub's form. */

import { describe, expect, it } from "vitest";
import type { WireFault } from "../kit/wire.ts";
import { at, openGithub } from "./open-github.ts";
import type { OpenGithub } from "./open-github.ts";

async function struck(fault: Partial<WireFault> & Pick<WireFault, "kind">): Promise<OpenGithub> {
  const open = await openGithub();
  open.github.setFaults([{ operation: "create", nth: 1, ...fault }]);
  return open;
}

describe("faults", () => {
  it("refuse: 403 by REST, FORBIDDEN for the one alias by GraphQL", async () => {
    const rest = await struck({ kind: "refuse" });
    await expect(rest.issue()).rejects.toMatchObject({ status: 403 });
    expect(rest.github.people.keys()).toEqual([]);
    const { github, graphql, repositoryId } = await struck({ kind: "refuse", nth: 2 });
    const create = (name: string): string => `${name}: createIssue(input: { repositoryId: $r, title: "${name}" }) { issue { number title } }`;
    await expect(graphql(`mutation ($r: ID!) { ${create("a")} ${create("b")} ${create("c")} }`, { r: await repositoryId() })).rejects.toMatchObject({
      data: { a: { issue: { number: 1 } }, b: null, c: { issue: { number: 2, title: "c" } } },
      errors: [{ type: "FORBIDDEN", path: ["b"] }],
    });
    github.setFaults([{ operation: "create", nth: 1, kind: "refuse" }]);
    await expect(graphql(`mutation ($r: ID!) { ${create("a")} }`, { r: await repositoryId() })).rejects.toMatchObject({
      data: { a: null },
      errors: [{ type: "FORBIDDEN", path: ["a"] }],
    });
    expect(github.people.keys()).toHaveLength(2);
  });

  it("rate-limited: a secondary limit with Retry-After in seconds", async () => {
    const { issue, github } = await struck({ kind: "rate-limited", ms: 1_500 });
    await expect(issue()).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining("secondary rate limit"),
      response: { headers: { "retry-after": "2" } },
    });
    expect(github.people.keys()).toEqual([]);
  });

  it("unavailable, html, redirect: nothing is carried out", async () => {
    for (const [kind, status] of [
      ["unavailable", 503],
      ["html", 502],
      ["redirect", 500],
    ] as const) {
      const { issue, github } = await struck({ kind });
      await expect(issue()).rejects.toMatchObject({ status });
      expect(github.people.keys()).toEqual([]);
    }
  });

  it("garbage is carried out; the client hands on what it cannot parse as text, with status 200", async () => {
    const { octokit, owner, repo, github } = await struck({ kind: "garbage" });
    expect(await octokit.rest.issues.create({ owner, repo, title: "x" })).toMatchObject({ status: 200, data: '{"truncated": [1, 2' });
    expect(github.people.keys()).toEqual(["1"]);
  });

  it("partial: nulls beside an error by GraphQL", async () => {
    const { github, graphql, issue } = await struck({ operation: "read", kind: "partial" });
    const [one, two] = [await issue("One"), await issue("Two")];
    const nodes = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Issue { number } } }`;
    const broken = [{ message: expect.stringContaining("Something went wrong while executing your query") }];
    await expect(graphql(nodes, { ids: [one.node, two.node] })).rejects.toMatchObject({ data: { nodes: [{ number: 1 }, null] }, errors: broken });
    github.setFaults([{ operation: "read", nth: 1, kind: "partial" }]);
    const empty = graphql(`
      {
        repository(owner: "acme", name: "platform") {
          issues(first: 5) {
            nodes {
              number
            }
          }
        }
      }
    `);
    await expect(empty).rejects.toMatchObject({ data: { repository: { issues: { nodes: [] } } }, errors: broken });
    github.setFaults([{ operation: "read", nth: 1, kind: "partial" }]);
    const aliased = graphql(`
      {
        repository(owner: "acme", name: "payments") {
          a: issue(number: 1) {
            number
          }
          b: issue(number: 2) {
            number
          }
        }
      }
    `);
    await expect(aliased).rejects.toMatchObject({ data: { repository: { a: { number: 1 }, b: null } } });
  });

  it("partial: a list whose next page fails by REST, incomplete_results in a search", async () => {
    const { github, octokit, owner, repo, issue } = await struck({ operation: "read", kind: "partial" });
    await issue("One");
    await issue("Two");
    const all = (): Promise<readonly unknown[]> => octokit.paginate(octokit.rest.issues.listForRepo, { owner, repo, per_page: 100 });
    await expect(all()).rejects.toMatchObject({ status: 502 });
    expect(await all()).toHaveLength(2);
    github.clock.advance(60_000);
    github.setFaults([{ operation: "read", nth: 1, kind: "partial" }]);
    const { data } = await octokit.rest.search.issuesAndPullRequests({ q: "repo:acme/payments" });
    expect(data).toMatchObject({ incomplete_results: true, total_count: 2, items: [{ title: "Two" }] });
  });

  it("a page that is asked for by its number fails as well", async () => {
    const { octokit, owner, repo, issue } = await struck({ operation: "read", kind: "partial" });
    await issue();
    const page = (number: number): Promise<unknown> => octokit.rest.issues.listForRepo({ owner, repo, per_page: 1, page: number });
    expect(at(await page(1), "data")).toEqual([]);
    await expect(page(2)).rejects.toMatchObject({ status: 502 });
    expect(at(await page(2), "data")).toEqual([]);
  });

  it("what a request is for stands in the log", async () => {
    const { github, octokit, owner, repo, issue, graphql } = await openGithub({ searchLag: 0 });
    const { node } = await issue();
    const id = { id: node };
    await octokit.rest.users.getAuthenticated();
    await graphql(`
      {
        viewer {
          login
        }
        repository(owner: "acme", name: "payments") {
          id
          label(name: "canon") {
            id
          }
        }
      }
    `);
    await octokit.rest.issues.listForRepo({ owner, repo });
    await graphql(
      `
        query ($id: ID!) {
          node(id: $id) {
            id
          }
        }
      `,
      id,
    );
    await octokit.rest.search.issuesAndPullRequests({ q: "repo:acme/payments" });
    await octokit.rest.issues.listEventsForTimeline({ owner, repo, issue_number: 1 });
    await graphql(
      `
        query ($id: ID!) {
          node(id: $id) {
            ... on Issue {
              userContentEdits(first: 1) {
                totalCount
              }
            }
          }
        }
      `,
      id,
    );
    await octokit.rest.issues.update({ owner, repo, issue_number: 1, title: "x" });
    await octokit.rest.issues.update({ owner, repo, issue_number: 1, state: "closed" });
    await graphql(
      `
        mutation ($id: ID!) {
          updateIssue(input: { id: $id, state: OPEN }) {
            issue {
              id
            }
          }
        }
      `,
      id,
    );
    await octokit.rest.issues.createComment({ owner, repo, issue_number: 1, body: "x" });
    await octokit.rest.issues.createLabel({ owner, repo, name: "y", color: "ffffff" });
    expect(github.requests.map(({ operation }) => operation)).toEqual([
      "create",
      "check",
      "check",
      "read",
      "read",
      "read",
      "history",
      "history",
      "update",
      "transition",
      "transition",
      "comment",
      "other",
    ]);
  });
});
