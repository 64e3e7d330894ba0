/** A place where runs wait for each other, so that all of them have looked before one writes. */

/** Resolves when so many have come. */
export function meeting(count: number): () => Promise<void> {
  const all = Promise.withResolvers<void>();
  let come = 0;
  return () => {
    come += 1;
    if (come === count) all.resolve();
    return all.promise;
  };
}
