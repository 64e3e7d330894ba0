/** Turns the relative links of a spec into links that work outside of it. */

/** Where relative links lead from a ticket: the spec's folder on the forge. */
export interface LinkBase {
  /** URL under which the files of the workspace are seen: `https://github.com/acme/pay/blob/main`. */
  readonly base: string;
  /** The spec's path in the workspace. */
  readonly path: string;
}

/** The URL as it is, where it is absolute, or leads out of the workspace. */
export function linkTarget(url: string, from: LinkBase): string {
  if (url === "" || /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(url)) return url;
  const [, target = "", suffix = ""] = /^([^?#]*)(.*)$/s.exec(url) ?? [];
  const path = target === "" ? from.path.split("/") : resolvePath(from.path, target);
  if (path === null) return url;
  // Parts that were written encoded stay; the spec's own path may hold anything.
  return [from.base.replace(/\/+$/, ""), ...path.map(encodePart)].join("/") + suffix;
}

/** null where it climbs above the workspace. A leading slash starts at its root. */
function resolvePath(path: string, target: string): string[] | null {
  const parts = target.startsWith("/") ? [] : path.split("/").slice(0, -1);
  for (const part of target.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts;
}

function encodePart(part: string): string {
  return part.replace(/[^\w.~!$&'()*+,;=:@%-]/gu, (character) => encodeURIComponent(character.toWellFormed()));
}
