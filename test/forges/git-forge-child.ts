/** A process at the plain-git forge of argv: it opens one pull request, counts in a memory by compare-and-swap, and comments. */

import { openGitForge } from "../../src/forges/git/git-forge.ts";

const [, , remote = "", work = "", folder = "", me = "", rounds = "0"] = process.argv;

const forge = await openGitForge({ remote, work, folder, account: "canon[bot]", now: () => new Date(), env: process.env });
const pullRequest = await forge.openPullRequest({ title: me, body: "", head: "topic", base: "main", labels: [me], reviewers: [] });
const REF = "refs/canon/bot";

for (let round = 0; round < Number(rounds); round += 1) {
  await forge.comment(pullRequest.number, `${me} ${round}`);
  for (;;) {
    const expected = await forge.head(REF);
    const count = expected === null ? 0 : Number((await forge.read(expected, ["count"])).get("count"));
    const outcome = await forge.commit({ ref: REF, expected, parent: null, files: [{ path: "count", text: String(count + 1) }], message: `${me} ${round}` });
    if (outcome.state === "done") break;
  }
}
await forge.close();
process.stdout.write(String(pullRequest.number));
