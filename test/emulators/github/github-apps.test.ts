/** The emulated GitHub's apps, FACTS.md line by line: check runs, tokens of installations, pushes of GitHub Actions. */

import { describe, expect, test } from "vitest";
import { clientOf, openGithub } from "./open-github.ts";
import type { OpenGithub } from "./open-github.ts";

const CONTENT = Buffer.from("# Payments\n").toString("base64");

async function begun(): Promise<OpenGithub & { readonly at: { readonly owner: string; readonly repo: string }; readonly first: string }> {
  const opened = await openGithub({ visibility: "private" });
  const at = { owner: opened.owner, repo: opened.repo };
  const { data } = await opened.octokit.rest.repos.createOrUpdateFileContents({ ...at, path: "a.md", message: "First", content: CONTENT });
  return { ...opened, at, first: data.commit.sha ?? "" };
}

describe("FACTS: check runs", () => {
  test("need the token of an app, or that of GitHub Actions", async () => {
    const { github, octokit, at, first } = await begun();
    const check = { ...at, name: "canon plan", head_sha: first, conclusion: "success", status: "completed" } as const;
    await expect(octokit.rest.checks.create(check)).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining("You must authenticate via a GitHub App."),
    });
    for (const app of ["canon", "github-actions"]) await clientOf(github, github.addToken({ kind: "installation", app })).rest.checks.create(check);
    const { data } = await octokit.rest.checks.listForRef({ ...at, ref: first });
    expect(data.check_runs.map((one) => one.app?.slug)).toEqual(["canon", "github-actions"]);
  });

  test("of one name the latest is shown; an edit adds annotations, 50 at most in one request", async () => {
    const { github, octokit, at, first } = await begun();
    const app = clientOf(github, github.addToken({ kind: "installation" }));
    const annotations = (count: number) =>
      Array.from(
        { length: count },
        (_, index) => ({ path: "a.md", start_line: index + 1, end_line: index + 1, annotation_level: "notice", message: "m" }) as const,
      );
    const run = (count: number) =>
      app.rest.checks.create({
        ...at,
        name: "plan",
        head_sha: first,
        conclusion: "neutral",
        output: { title: "t", summary: "s", annotations: annotations(count) },
      });
    await run(1);
    const { data } = await run(50);
    await app.rest.checks.update({ ...at, check_run_id: data.id, output: { title: "t", summary: "s", annotations: annotations(2) } });
    const shown = (await octokit.rest.checks.listForRef({ ...at, ref: first })).data.check_runs;
    expect(shown.map(({ id, output }) => [id, output.annotations_count])).toEqual([[data.id, 52]]);
  });
});

describe("FACTS: tokens of installations", () => {
  test("last one hour", async () => {
    const { github, at } = await begun();
    const app = clientOf(github, github.addToken({ kind: "installation" }));
    github.clock.advance(3_599_000);
    await app.rest.repos.get(at);
    github.clock.advance(2_000);
    await expect(app.rest.repos.get(at)).rejects.toMatchObject({ status: 401 });
  });

  test("can be narrowed by repository and permission; a refusal names the permission that lacks", async () => {
    const { github, at, first } = await begun();
    const elsewhere = clientOf(github, github.addToken({ kind: "installation", repositories: [github.otherProject] }));
    await expect(elsewhere.rest.repos.get(at)).rejects.toMatchObject({ status: 404 });
    const reader = clientOf(github, github.addToken({ kind: "installation", permissions: { contents: "read", metadata: "read" } }));
    await reader.rest.git.getRef({ ...at, ref: "heads/main" });
    await expect(reader.rest.git.createRef({ ...at, ref: "refs/heads/x", sha: first })).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining("Resource not accessible by integration"),
      response: { headers: { "x-accepted-github-permissions": "contents=write" } },
    });
    await expect(reader.rest.pulls.list(at)).rejects.toMatchObject({ status: 403 });
  });

  test("are of the app's own account, which asks GraphQL who it is and is refused by REST", async () => {
    const { github } = await begun();
    const app = clientOf(github, github.addToken({ kind: "installation" }));
    await expect(app.rest.users.getAuthenticated()).rejects.toMatchObject({ status: 403 });
    expect(await app.graphql("query { viewer { login } }")).toEqual({ viewer: { login: "canon[bot]" } });
  });
});

describe("FACTS: GITHUB_TOKEN", () => {
  test("its pushes and pull requests start no workflows; an app's and a person's do", async () => {
    const { github, octokit, at, first } = await begun();
    const actions = clientOf(github, github.addToken({ kind: "installation", app: "github-actions" }));
    const app = clientOf(github, github.addToken({ kind: "installation" }));
    const begin = async (client: typeof app, branch: string): Promise<string> => {
      await client.rest.git.createRef({ ...at, ref: `refs/heads/${branch}`, sha: first });
      const { data } = await client.rest.repos.createOrUpdateFileContents({ ...at, path: `${branch}.md`, message: branch, content: CONTENT, branch });
      await client.rest.pulls.create({ ...at, title: branch, head: branch, base: "main" });
      return data.commit.sha ?? "";
    };
    const before = github.workflows.length;
    await begin(actions, "quiet");
    expect(github.workflows.slice(before)).toEqual([]);
    const loud = [await begin(app, "loud"), await begin(octokit, "person")];
    expect(github.workflows.slice(before).map(({ event, commit }) => [event, commit])).toEqual(
      loud.flatMap((commit) => [
        ["push", first],
        ["push", commit],
        ["pull_request", commit],
      ]),
    );
  });
});
