/** FACTS.md, "A create whose answer was lost", as far as it is GitHub's. */

import { describe, expect, it } from "vitest";
import { openGithub } from "./open-github.ts";

const HIDDEN = "<!-- canon:token t-1 -->";

describe("FACTS: a create whose answer was lost", () => {
  it("its hidden line is in the body; state=all&sort=created&direction=desc shows it first", async () => {
    const { github, octokit, owner, repo, issue } = await openGithub();
    await issue("Watermark");
    github.setFaults([{ operation: "create", nth: 1, kind: "drop-answer" }]);
    await expect(issue("Lost", { body: HIDDEN })).rejects.toMatchObject({ status: 500 });
    const { data } = await octokit.rest.issues.listForRepo({ owner, repo, state: "all", sort: "created", direction: "desc", per_page: 1 });
    expect(data).toMatchObject([{ number: 2, title: "Lost", body: HIDDEN }]);
  });

  it("the numbers above the highest recorded are read one by one: 200, 404 beyond, 410 for deleted ones", async () => {
    const { github, octokit, owner, repo, issue } = await openGithub({ listLag: 60_000 });
    await issue("Watermark");
    github.people.create({ title: "Between" });
    github.setFaults([{ operation: "create", nth: 1, kind: "garbage" }]);
    await issue("Lost", { body: HIDDEN }).catch(() => null);
    github.people.remove("2");
    const read = (issue_number: number): Promise<unknown> => octokit.rest.issues.get({ owner, repo, issue_number });
    expect((await octokit.rest.issues.listForRepo({ owner, repo, state: "all" })).data).toEqual([]);
    await expect(read(2)).rejects.toMatchObject({ status: 410 });
    expect(await read(3)).toMatchObject({ status: 200, data: { body: HIDDEN } });
    await expect(read(4)).rejects.toMatchObject({ status: 404 });
  });

  it("a late one lands after its sender gave up", async () => {
    const { github, octokit, owner, repo, issue } = await openGithub();
    github.setFaults([{ operation: "create", nth: 1, kind: "late", ms: 30_000 }]);
    await expect(issue("Late", { body: HIDDEN })).rejects.toMatchObject({ status: 500 });
    const all = async (): Promise<readonly unknown[]> => (await octokit.rest.issues.listForRepo({ owner, repo, state: "all" })).data;
    expect(await all()).toEqual([]);
    github.clock.advance(30_000);
    expect(await all()).toMatchObject([{ title: "Late" }]);
  });
});
