/** FACTS.md, GitHub, on lists, searches and history. */

import { describe, expect, it } from "vitest";
import { at, openGithub } from "./open-github.ts";

describe("FACTS: the issues list", () => {
  it("includes pull requests, which take numbers of the same row; GraphQL's list does not", async () => {
    const { github, octokit, owner, repo, issue, graphql } = await openGithub();
    await issue("One");
    expect(github.people.openPullRequest("Two")).toBe("2");
    expect((await issue("Three")).number).toBe(3);
    const { data } = await octokit.rest.issues.listForRepo({ owner, repo });
    expect(data.map(({ number, pull_request }) => [number, pull_request !== undefined])).toEqual([
      [3, false],
      [2, true],
      [1, false],
    ]);
    const listed = await graphql(`
      {
        repository(owner: "acme", name: "payments") {
          issues(first: 10) {
            totalCount
            nodes {
              number
            }
          }
        }
      }
    `);
    expect(at(listed, "repository", "issues")).toEqual({ totalCount: 2, nodes: [{ number: 1 }, { number: 3 }] });
  });

  it("since filters on update time, in whole seconds", async () => {
    const { github, octokit, owner, repo, issue } = await openGithub();
    const old = await issue("Old");
    await issue("Never touched");
    github.clock.advance(10_000);
    const since = new Date(github.clock.now()).toISOString();
    const list = async (): Promise<readonly number[]> =>
      (await octokit.rest.issues.listForRepo({ owner, repo, since, state: "all" })).data.map(({ number }) => number);
    expect(await list()).toEqual([]);
    github.people.label(String(old.number), ["touched"], []);
    expect(await list()).toEqual([old.number]);
    const { data } = await octokit.rest.issues.get({ owner, repo, issue_number: old.number });
    expect(data.updated_at).toMatch(/:\d\dZ$/u);
  });

  it("shows open ones unless state=all, sorts and turns around, wants every label", async () => {
    const { octokit, owner, repo, issue } = await openGithub();
    const [one, two, three] = [await issue("1", { labels: ["a"] }), await issue("2", { labels: ["a", "b"] }), await issue("3", { labels: ["b"] })];
    await octokit.rest.issues.update({ owner, repo, issue_number: two.number, state: "closed" });
    const list = async (query: object): Promise<readonly number[]> =>
      (await octokit.rest.issues.listForRepo({ owner, repo, ...query })).data.map(({ number }) => number);
    expect(await list({})).toEqual([three.number, one.number]);
    expect(await list({ state: "all", direction: "asc" })).toEqual([1, 2, 3]);
    expect(await list({ state: "all", labels: "a,B" })).toEqual([two.number]);
    expect(await list({ state: "closed" })).toEqual([two.number]);
  });

  it("pages of 30, at most 100, with Link headers that the client follows", async () => {
    const { github, octokit, owner, repo } = await openGithub();
    for (let made = 0; made < 120; made += 1) github.people.create({ title: `Issue ${made}` });
    expect((await octokit.rest.issues.listForRepo({ owner, repo })).data).toHaveLength(30);
    const { data, headers } = await octokit.rest.issues.listForRepo({ owner, repo, per_page: 500 });
    expect(data).toHaveLength(100);
    expect(headers.link).toMatch(/page=2.*rel="next".*rel="last"/u);
    expect(await octokit.paginate(octokit.rest.issues.listForRepo, { owner, repo, per_page: 50 })).toHaveLength(120);
  });

  it("fewest requests: discovery by paging the label", async () => {
    const { github, octokit, owner, repo } = await openGithub();
    for (let made = 0; made < 105; made += 1) github.people.create({ title: "x", labels: made % 3 === 0 ? [] : ["canon"] });
    const before = github.requests.length;
    expect(await octokit.paginate(octokit.rest.issues.listForRepo, { owner, repo, labels: "canon", per_page: 100, state: "all" })).toHaveLength(70);
    expect(github.requests.length - before).toBe(1);
  });
});

describe("FACTS: search", () => {
  it("lags behind writes", async () => {
    const { github, octokit, issue } = await openGithub({ searchLag: 30_000 });
    const find = async (): Promise<number> => (await octokit.rest.search.issuesAndPullRequests({ q: "repo:acme/payments is:issue refunds" })).data.total_count;
    await issue("Refunds");
    expect(await find()).toBe(0);
    github.clock.advance(30_000);
    expect(await find()).toBe(1);
  });

  it("over-matches: any part of a quoted text is a hit", async () => {
    const { octokit, issue, graphql } = await openGithub({ searchLag: 0 });
    await issue("One", { body: "<!-- canon:token abc-123 -->" });
    await issue("Two", { body: "the abc of it" });
    const q = `repo:acme/payments "canon:token abc-123" in:body`;
    expect((await octokit.rest.search.issuesAndPullRequests({ q })).data.items.map(({ number }) => number)).toEqual([2, 1]);
    const found = await graphql(
      `
        query ($q: String!) {
          search(query: $q, type: ISSUE, first: 10) {
            issueCount
            nodes {
              ... on Issue {
                number
              }
            }
          }
        }
      `,
      { q },
    );
    expect(at(found, "search", "issueCount")).toBe(2);
  });

  it("takes qualifiers, and refuses what it does not understand or may not see", async () => {
    const { octokit, issue } = await openGithub({ searchLag: 0 });
    await issue("One", { labels: ["triage"] });
    await issue("Two");
    const find = async (q: string): Promise<readonly number[]> =>
      (await octokit.rest.search.issuesAndPullRequests({ q })).data.items.map(({ number }) => number);
    expect(await find("repo:acme/payments is:issue label:triage")).toEqual([1]);
    expect(await find("repo:acme/payments -label:triage is:open")).toEqual([2]);
    await expect(find("repo:acme/payments is:nonsense")).rejects.toMatchObject({ status: 422 });
    await expect(find("repo:acme/secret is:issue")).rejects.toMatchObject({ status: 422 });
  });
});

describe("history", () => {
  it("events and timeline say who changed what, texts excepted; GraphQL keeps the texts", async () => {
    const { github, octokit, owner, repo, issue, graphql } = await openGithub();
    const { number: issue_number, node } = await issue("Before", { body: "one" });
    await octokit.rest.issues.createComment({ owner, repo, issue_number, body: "Hello" });
    github.people.edit("1", { title: "After", body: "two", type: "Bug" });
    github.people.label("1", ["x"], []);
    github.people.move("1", "not planned");
    const kinds = ["renamed", "issue_type_added", "labeled", "closed"];
    const { data } = await octokit.rest.issues.listEvents({ owner, repo, issue_number });
    expect(data.map(({ event, actor }) => [event, actor?.login])).toEqual(kinds.map((kind) => [kind, "robin-ito"]));
    const { data: timeline } = await octokit.rest.issues.listEventsForTimeline({ owner, repo, issue_number });
    expect(timeline.map(({ event }) => event)).toEqual(["commented", ...kinds]);
    const history = await graphql(HISTORY, { id: node });
    expect(history).toMatchObject({
      node: {
        lastEditedAt: expect.any(String),
        editor: { login: "robin-ito" },
        userContentEdits: {
          nodes: [
            { diff: "two", editor: { login: "robin-ito" } },
            { diff: "one", editor: { login: "dana-agent" } },
          ],
        },
        timelineItems: {
          nodes: [{ previousTitle: "Before", currentTitle: "After", actor: { login: "robin-ito" } }, { label: { name: "x" } }, { stateReason: "NOT_PLANNED" }],
        },
      },
    });
  });
});

const HISTORY = `query ($id: ID!) {
  node(id: $id) {
    ... on Issue {
      lastEditedAt
      editor { login }
      userContentEdits(first: 10) { nodes { diff editedAt editor { login } } }
      timelineItems(first: 50, itemTypes: [RENAMED_TITLE_EVENT, LABELED_EVENT, CLOSED_EVENT]) {
        nodes {
          ... on RenamedTitleEvent { previousTitle currentTitle actor { login } createdAt }
          ... on LabeledEvent { label { name } }
          ... on ClosedEvent { stateReason }
        }
      }
    }
  }
}`;
