/** The answers that canon init proposes: a name for the workspace, a project key, and which sections. */

import type { SectionRule } from "../model/config.ts";
import type { System } from "../model/system.ts";

/** The remote and the folder within it, because two configurations must not share a name; without a remote, the folder's name. */
export function suggestId(folderName: string, remote: string | null, prefix: string): string {
  const inside = prefix.replace(/\/+$/, "");
  const name = remote === null ? folderName : inside === "" ? remote : `${remote}/${inside}`;
  const word = name.replace(/\s+/g, "-").slice(0, 200);
  return word === "" ? "specs" : word;
}

/** "payments" → PAY, "payments-platform" → PP; two to five capital letters. */
export function suggestProjectKey(folderName: string): string {
  const plain = folderName.normalize("NFKD").replace(/\p{M}/gu, "");
  const words = plain.match(/[A-Za-z]+/g) ?? [];
  const letters = words.length > 1 ? words.map((word) => word.charAt(0)).join("") : (words[0] ?? "").slice(0, 3);
  const key = letters.slice(0, 5).toUpperCase();
  return key.length < 2 ? "SPEC" : key;
}

/** Specs that were never in a tracker must not flood a real one. */
export function suggestSections(system: System, markers: number): SectionRule {
  return system === "local" || markers > 0 ? "all" : "marked";
}

/** `github.com/acme/pay` → `acme/pay`: the project a GitHub target would have. */
export function githubProject(remote: string | null): string | null {
  return /^github\.com\/([\w.-]+\/[\w.-]+)$/.exec(remote ?? "")?.[1] ?? null;
}
