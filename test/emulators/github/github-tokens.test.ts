/** Tokens: wrong, expired, too weak; and what each kind is told about itself. */

import { describe, expect, it } from "vitest";
import { clientOf, openGithub } from "./open-github.ts";

const MUTATION = `mutation ($r: ID!) { createIssue(input: { repositoryId: $r, title: "x" }) { issue { number } } }`;

describe("tokens", () => {
  it("a missing, a wrong and an expired one are turned away, by GraphQL too", async () => {
    const { github } = await openGithub();
    expect(await (await fetch(`${github.url}/user`)).json()).toMatchObject({ message: "Requires authentication" });
    const expiring = github.addToken({ expiresAt: github.clock.now() + 1_000 });
    const { headers } = await clientOf(github, expiring).rest.users.getAuthenticated();
    expect(headers["github-authentication-token-expiration"]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/u);
    github.clock.advance(2_000);
    for (const token of ["nonsense", expiring]) {
      await expect(clientOf(github, token).rest.users.getAuthenticated()).rejects.toMatchObject({
        status: 401,
        message: expect.stringContaining("Bad credentials"),
      });
      await expect(clientOf(github, token).graphql("{ viewer { login } }")).rejects.toMatchObject({ status: 401 });
    }
  });

  it("a classic one says its scopes, a fine-grained one does not", async () => {
    const { github, octokit } = await openGithub({ token: { scopes: ["repo", "read:org"] } });
    const { headers, data } = await octokit.rest.users.getAuthenticated();
    expect(headers["x-oauth-scopes"]).toBe("repo, read:org");
    expect(data).toMatchObject({ login: "dana-agent", name: github.account });
    const fine = clientOf(github, github.addToken({ kind: "fine-grained" }));
    expect((await fine.rest.users.getAuthenticated()).headers["x-oauth-scopes"]).toBeUndefined();
  });

  it("a classic one without the scope finds nothing to write to; GraphQL says which scope it lacks", async () => {
    const { github, owner, repo, repositoryId } = await openGithub();
    const weak = clientOf(github, github.addToken({ scopes: ["read:user"] }));
    await expect(weak.rest.issues.create({ owner, repo, title: "x" })).rejects.toMatchObject({ status: 404 });
    await expect(weak.graphql(MUTATION, { r: await repositoryId() })).rejects.toMatchObject({
      errors: [{ type: "INSUFFICIENT_SCOPES", message: expect.stringContaining("['public_repo', 'repo']") }],
    });
    expect((await weak.rest.issues.listForRepo({ owner, repo })).data).toEqual([]);
  });

  it("a fine-grained one without the permission is refused, and told which", async () => {
    const { github, owner, repo, repositoryId } = await openGithub();
    const weak = clientOf(github, github.addToken({ kind: "fine-grained", permissions: { issues: "read", metadata: "read" } }));
    await expect(weak.rest.issues.create({ owner, repo, title: "x" })).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining("Resource not accessible by personal access token"),
      response: { headers: { "x-accepted-github-permissions": "issues=write" } },
    });
    await expect(weak.graphql(MUTATION, { r: await repositoryId() })).rejects.toMatchObject({ errors: [{ type: "FORBIDDEN", path: ["createIssue"] }] });
    await clientOf(github, github.addToken({ kind: "fine-grained" })).rest.issues.create({ owner, repo, title: "x" });
  });

  it("private repositories one may not see are not found", async () => {
    const { github, octokit, owner, graphql } = await openGithub();
    await expect(octokit.rest.repos.get({ owner, repo: "secret" })).rejects.toMatchObject({ status: 404 });
    await expect(octokit.rest.issues.listForRepo({ owner, repo: "secret" })).rejects.toMatchObject({ status: 404 });
    await expect(
      graphql(`
        {
          repository(owner: "acme", name: "secret") {
            id
          }
        }
      `),
    ).rejects.toMatchObject({
      errors: [{ type: "NOT_FOUND", path: ["repository"], message: "Could not resolve to a Repository with the name 'acme/secret'." }],
      data: { repository: null },
    });
    github.setRole(github.secretProject, "read");
    await octokit.rest.issues.listForRepo({ owner, repo: "secret" });
    const elsewhere = clientOf(github, github.addToken({ kind: "fine-grained", repositories: [github.project] }));
    await expect(elsewhere.rest.repos.get({ owner, repo: "secret" })).rejects.toMatchObject({ status: 404 });
  });

  it("GitHub Enterprise's addresses work too", async () => {
    const { github, owner, repo, issue } = await openGithub();
    await issue();
    const enterprise = clientOf({ ...github, url: `${github.url}/api/v3` }, github.credentials["GITHUB_TOKEN"] ?? "");
    const { data } = await enterprise.rest.issues.get({ owner, repo, issue_number: 1 });
    expect(data.url).toBe(`${github.url}/api/v3/repos/acme/payments/issues/1`);
    expect(await enterprise.graphql("{ viewer { login } }")).toEqual({ viewer: { login: "dana-agent" } });
  });
});
