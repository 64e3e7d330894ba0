/** Where people see the files of a repository on its forge, from the normalised URL of its remote. */

/**
 * `remote` is `github.com/org/repo`; `prefix` the workspace inside it ("" or "services/pay/"). HEAD stands for the
 * default branch on GitHub, GitLab, Gitea and Bitbucket alike. null for a remote that is no host's (a path).
 */
export function filesUrl(remote: string, prefix: string): string | null {
  const [host = "", ...path] = remote.split("/");
  if (!/^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?$/i.test(host) || path.length < 2) return null;
  const tail = prefix.replace(/\/+$/, "");
  const base = `https://${remote}/${viewOf(host)}/HEAD`;
  return tail === "" ? base : `${base}/${tail.split("/").map(encodeURIComponent).join("/")}`;
}

function viewOf(host: string): string {
  if (/gitlab/i.test(host)) return "-/blob";
  return /bitbucket/i.test(host) ? "src" : "blob";
}
