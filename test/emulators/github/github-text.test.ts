/** FACTS.md, GitHub, on texts. */

import { fc } from "../../harness/property.ts";
import { describe, expect, it } from "vitest";
import { openGithub } from "./open-github.ts";

const TEXT = "# Title\r\n\n- [x] done  \n* _odd_ list\ttab\n<!-- canon:hidden e30= -->\n\u{1F600} é \n\n";

describe("FACTS: body", () => {
  it("bytes are kept, hidden HTML comments survive", async () => {
    const { octokit, owner, repo, issue, graphql } = await openGithub();
    const { number: issue_number, node } = await issue("x", { body: TEXT });
    expect((await octokit.rest.issues.get({ owner, repo, issue_number })).data.body).toBe(TEXT);
    expect(
      await graphql(
        `
          query ($id: ID!) {
            node(id: $id) {
              ... on Issue {
                body
              }
            }
          }
        `,
        { id: node },
      ),
    ).toEqual({ node: { body: TEXT } });
    const echo = await graphql(
      `
        mutation ($id: ID!, $body: String) {
          updateIssue(input: { id: $id, body: $body }) {
            issue {
              body
            }
          }
        }
      `,
      { id: node, body: ` ${TEXT}` },
    );
    expect(echo).toEqual({ updateIssue: { issue: { body: ` ${TEXT}` } } });
  });

  it("any text comes back as it was sent", async () => {
    const { octokit, owner, repo, issue, graphql } = await openGithub({ limits: { restPoints: 1e9, graphqlPoints: 1e9 } });
    const { number: issue_number, node } = await issue();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", minLength: 1 }), async (body) => {
        expect((await octokit.rest.issues.update({ owner, repo, issue_number, body })).data.body).toBe(body);
        expect(
          await graphql(
            `
              query ($id: ID!) {
                node(id: $id) {
                  ... on Issue {
                    body
                  }
                }
              }
            `,
            { id: node },
          ),
        ).toEqual({ node: { body } });
      }),
      { numRuns: 50 },
    );
  });

  it("an edit in the browser makes CRLF [M], unless the switch says otherwise", async () => {
    for (const browserCrlf of [true, false]) {
      const { github, octokit, owner, repo, issue } = await openGithub({ browserCrlf });
      const { number: issue_number } = await issue("x", { body: "one\ntwo" });
      github.people.edit(String(issue_number), { title: "Only the title" });
      expect(github.people.show("1").body).toBe("one\ntwo");
      github.people.edit(String(issue_number), { body: "one\ntwo\nthree" });
      expect((await octokit.rest.issues.get({ owner, repo, issue_number })).data.body).toBe(browserCrlf ? "one\r\ntwo\r\nthree" : "one\ntwo\nthree");
    }
  });

  it("an empty one is null by REST and empty by GraphQL", async () => {
    const { octokit, owner, repo, issue, graphql } = await openGithub();
    const { number: issue_number, node } = await issue("x", { body: "" });
    expect((await octokit.rest.issues.get({ owner, repo, issue_number })).data.body).toBeNull();
    expect(
      await graphql(
        `
          query ($id: ID!) {
            node(id: $id) {
              ... on Issue {
                body
              }
            }
          }
        `,
        { id: node },
      ),
    ).toEqual({ node: { body: "" } });
  });

  it("budget 65,536 characters; titles 256; neither is written in part", async () => {
    const { github, octokit, owner, repo, issue, graphql, repositoryId } = await openGithub();
    const { number: issue_number } = await issue("x", { body: "a".repeat(65_536) });
    const tooLong = { status: 422, message: expect.stringContaining("body is too long (maximum is 65536 characters)") };
    await expect(issue("y", { body: "a".repeat(65_537) })).rejects.toMatchObject(tooLong);
    await expect(octokit.rest.issues.update({ owner, repo, issue_number, title: "z", body: "a".repeat(65_537) })).rejects.toMatchObject(tooLong);
    await expect(issue("t".repeat(257))).rejects.toMatchObject({ status: 422, message: expect.stringContaining("title is too long") });
    await expect(issue("  ")).rejects.toMatchObject({ status: 422 });
    const create = `mutation ($r: ID!, $t: String!) { createIssue(input: { repositoryId: $r, title: $t }) { issue { id } } }`;
    await expect(graphql(create, { r: await repositoryId(), t: "t".repeat(257) })).rejects.toMatchObject({
      errors: [{ type: "UNPROCESSABLE", path: ["createIssue"], message: "title is too long (maximum is 256 characters)" }],
    });
    expect(github.people.keys()).toEqual(["1"]);
    expect(github.people.show("1").title).toBe("x");
  });
});
