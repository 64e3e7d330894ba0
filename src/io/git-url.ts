/** One name for a repository however it is cloned: `github.com/org/repo`, without credentials, protocol, port by default, or case. */

const SCP = /^(?:[^@/\s:]+@)?([^/\s:@]{2,}):(?!\/\/)(.+)$/;
const NETWORK = new Set(["https:", "http:", "ssh:", "git:", "git+ssh:", "ssh+git:", "ftp:", "ftps:"]);

/** A path on this machine (also `file://`) stays as it is, apart from its ending. */
export function normaliseRemote(url: string): string {
  const text = url.trim();
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(text);
  if (scheme === null) {
    const [, host, path] = SCP.exec(text) ?? [];
    return host === undefined || path === undefined ? localName(text) : networkName(host, path);
  }
  if (!URL.canParse(text)) return localName(text.replace(/^[^/]*\/\/[^/@]*@/, ""));
  const parsed = new URL(text);
  return NETWORK.has(parsed.protocol) ? networkName(hostOf(parsed), parsed.pathname) : localName(parsed.pathname);
}

function networkName(host: string, path: string): string {
  const name = `${host}/${path.replace(/^\/+/, "")}`.toLowerCase();
  return azureName(withoutEnding(name));
}

function localName(path: string): string {
  return withoutEnding(path);
}

/** Ports by default say nothing; others tell servers apart. */
function hostOf({ hostname, port, protocol }: URL): string {
  const usual = protocol.includes("ssh") ? "22" : protocol === "git:" ? "9418" : "";
  return port === "" || port === usual ? hostname : `${hostname}:${port}`;
}

function withoutEnding(path: string): string {
  return path.replace(/(?<=[^/])\/{1,100}$/, "").replace(/(?<=[^/])\.git$/i, "");
}

/** Azure DevOps writes the same repository in two ways for https and ssh. */
function azureName(name: string): string {
  const ssh = /^(?:ssh\.dev\.azure\.com|vs-ssh\.visualstudio\.com)\/v3\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(name);
  if (ssh !== null) return `dev.azure.com/${ssh[1]}/${ssh[2]}/_git/${ssh[3]}`;
  return name;
}
