/** Parts a batch of writes so that what goes to one issue goes in order, because the second text starts from the first. */

import { parseKey, placeWord } from "./github-key.ts";
import type { GithubSession } from "./github-session.ts";

export function waves<T extends { readonly key: string }>(elements: readonly T[], { repo }: Pick<GithubSession, "repo">): readonly (readonly T[])[] {
  const written = new Map<string, number>();
  const found: T[][] = [];
  for (const element of elements) {
    const place = parseKey(element.key, repo);
    const word = place === null ? element.key : placeWord(place);
    const wave = written.get(word) ?? 0;
    written.set(word, wave + 1);
    (found[wave] ??= []).push(element);
  }
  return found;
}
