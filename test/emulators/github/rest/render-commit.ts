/** Commits as GitHub's REST answers write them: git's own, and with the accounts behind the e-mails. */

import type { GitCommit, Signature } from "../code/bare-repo.ts";
import { accountOfEmail } from "../code/code-world.ts";
import { isoSeconds } from "../github-call.ts";
import type { Call } from "../github-call.ts";
import { nameOf } from "../state/github-state.ts";
import type { Repo } from "../state/github-state.ts";
import { repoUrl, restAccount } from "./render-issue.ts";
import type { Json } from "./render-issue.ts";

const UNSIGNED = { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null };

function person({ name, email, at }: Signature): Json {
  return { name, email, date: isoSeconds(at) };
}

export function restGitCommit(call: Call, repo: Repo, { sha, tree, parents, author, committer, message }: GitCommit): Json {
  const git = `${repoUrl(call, repo)}/git`;
  const page = `${call.web}/${nameOf(repo)}/commit`;
  return {
    sha,
    node_id: `C_${sha}`,
    url: `${git}/commits/${sha}`,
    html_url: `${page}/${sha}`,
    author: person(author),
    committer: person(committer),
    tree: { sha: tree, url: `${git}/trees/${tree}` },
    message,
    parents: parents.map((one) => ({ sha: one, url: `${git}/commits/${one}`, html_url: `${page}/${one}` })),
    verification: UNSIGNED,
  };
}

export function restCommit(call: Call, repo: Repo, commit: GitCommit): Json {
  const { sha, parents, author, committer, tree, message } = commit;
  const url = `${repoUrl(call, repo)}/commits`;
  const page = `${call.web}/${nameOf(repo)}/commit`;
  const account = (email: string): Json | null => {
    const found = accountOfEmail(call.world.accounts, email);
    return found === null ? null : restAccount(call, found);
  };
  return {
    sha,
    node_id: `C_${sha}`,
    url: `${url}/${sha}`,
    html_url: `${page}/${sha}`,
    comments_url: `${url}/${sha}/comments`,
    commit: {
      author: person(author),
      committer: person(committer),
      message,
      tree: { sha: tree, url: `${repoUrl(call, repo)}/git/trees/${tree}` },
      url: `${repoUrl(call, repo)}/git/commits/${sha}`,
      comment_count: 0,
      verification: UNSIGNED,
    },
    author: account(author.email),
    committer: account(committer.email),
    parents: parents.map((one) => ({ sha: one, url: `${url}/${one}`, html_url: `${page}/${one}` })),
  };
}
