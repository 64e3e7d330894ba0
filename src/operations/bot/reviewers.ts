/** Who is asked to look at a proposal: the owner that its spec names, and those that CODEOWNERS of the default branch names. */

import { CODE_OWNERS, codeOwnersOf } from "../../core/bot/code-owners.ts";
import { ForgeError } from "../../forges/forge-error.ts";
import type { Forge } from "../../forges/forge.ts";

/** `path`: from the top of the repository. The host leaves out whom it does not take. */
export async function reviewersOf(owner: string | null, path: string, base: string, forge: Forge): Promise<readonly string[]> {
  const { account } = await forge.repository();
  const named = owner === null ? [] : [owner.trim().replace(/^@/, "")];
  return [...new Set([...named, ...codeOwnersOf(await written(base, forge), path)])].filter((name) => name !== "" && name !== account);
}

async function written(base: string, forge: Forge): Promise<string> {
  try {
    const found = await forge.read(base, CODE_OWNERS);
    return CODE_OWNERS.map((file) => found.get(file)).find((text) => text !== undefined) ?? "";
  } catch (error) {
    // A file that is no text names nobody.
    if (error instanceof ForgeError && error.kind === "invalid") return "";
    throw error;
  }
}
