/** The judge goes red when one field is misspelt, on either side and in either API. */

import { describe, expect, it } from "vitest";
import type { WireAnswer, WireRequest } from "../kit/wire.ts";
import { judgeRest } from "./github-judge.ts";
import { startGithubEmulator } from "./github-emulator.ts";
import { clientOf, openGithub } from "./open-github.ts";

describe("the judge", () => {
  it("judges everything: nothing is left out here", async () => {
    expect((await openGithub()).github.unjudged).toBeNull();
  });

  it("finds a misspelt field in a REST request, and close() throws", async () => {
    const github = await startGithubEmulator();
    const octokit = clientOf(github, github.credentials["GITHUB_TOKEN"] ?? "");
    await octokit.request("POST /repos/acme/payments/issues", { title: "x", lables: ["a"] });
    expect(github.violations()).toHaveLength(1);
    await expect(github.close()).rejects.toThrow(/POST \/repos\/acme\/payments\/issues: .*lables/u);
  });

  it("finds an unknown query parameter and an unknown address", async () => {
    const { github, octokit, owner, repo } = await openGithub({}, false);
    await octokit.request("GET /repos/{owner}/{repo}/issues", { owner, repo, perpage: 100 });
    await octokit.request("GET /repos/{owner}/{repo}/isues", { owner, repo }).catch(() => null);
    expect(github.violations()).toEqual([expect.stringContaining("perpage"), expect.stringContaining("no such operation")]);
  });

  it("finds a misspelt or missing field in a REST answer", async () => {
    const { github, octokit, owner, repo } = await openGithub();
    github.people.create({ title: "x" });
    const { data } = await octokit.rest.issues.get({ owner, repo, issue_number: 1 });
    const request: WireRequest = { method: "GET", path: "/repos/acme/payments/issues/1", query: new URLSearchParams(), headers: {}, text: "", json: undefined };
    const judged = (body: unknown): readonly string[] => judgeRest(request, { status: 200, body } satisfies WireAnswer);
    const { title, ...rest } = data;
    expect(judged(data)).toEqual([]);
    expect(judged({ ...data, titel: title })).toEqual([expect.stringContaining("titel")]);
    expect(judged(rest)).toEqual([expect.stringContaining("title")]);
    expect(judged({ ...data, state_reason: "wontfix" })).toEqual([expect.stringContaining("state_reason")]);
  });

  it("finds a misspelt field in a GraphQL query, an input and a variable", async () => {
    const { github, graphql, repositoryId } = await openGithub({}, false);
    const r = await repositoryId();
    await graphql(`
      {
        repository(owner: "acme", name: "payments") {
          isues(first: 1) {
            totalCount
          }
        }
      }
    `).catch(() => null);
    await graphql(
      `
        mutation ($r: ID!) {
          createIssue(input: { repositoryId: $r, titel: "x" }) {
            issue {
              id
            }
          }
        }
      `,
      { r },
    ).catch(() => null);
    await graphql(
      `
        mutation ($input: CreateIssueInput!) {
          createIssue(input: $input) {
            issue {
              id
            }
          }
        }
      `,
      { input: { repositoryId: r, title: "x", boddy: "y" } },
    ).catch(() => null);
    const found = github.violations().join("\n");
    for (const word of ["isues", "titel", "boddy"]) expect(found).toContain(`"${word}"`);
    expect(github.people.keys()).toEqual([]);
  });

  it("says what the emulator itself lacks, instead of answering null", async () => {
    const { github, graphql, issue } = await openGithub({}, false);
    const { node } = await issue();
    await expect(
      graphql(
        `
          query ($id: ID!) {
            node(id: $id) {
              ... on Issue {
                bodyHTML
              }
            }
          }
        `,
        { id: node },
      ),
    ).rejects.toMatchObject({ errors: [{ message: "the emulator lacks Issue.bodyHTML" }] });
    expect(github.violations()).toEqual([expect.stringContaining("the emulator lacks Issue.bodyHTML")]);
  });
});
