/** Says which of a ticket's blocks each of the sent blocks became: a tracker may split one, or join neighbours. */

export interface AlignedRun {
  /** How many of the sent blocks, and of the ticket's. */
  readonly spec: number;
  readonly echo: number;
}

/**
 * `sent`: of each block the prints that it alone would have. One run per block as far as they read the same from the
 * beginning and from the end; what is between cannot be told apart and is one run.
 */
export function alignBlocks(sent: readonly (readonly string[])[], echo: readonly string[]): readonly AlignedRun[] {
  const front: AlignedRun[] = [];
  let [from, at] = [0, 0];
  for (let block = sent[from]; block && matches(block, echo, at); block = sent[from]) {
    front.push({ spec: 1, echo: block.length });
    from += 1;
    at += block.length;
  }
  const back: AlignedRun[] = [];
  let [to, end] = [sent.length, echo.length];
  for (let block = sent[to - 1]; block && to > from && end - block.length >= at && matches(block, echo, end - block.length); block = sent[to - 1]) {
    back.unshift({ spec: 1, echo: block.length });
    to -= 1;
    end -= block.length;
  }
  return from === to && at === end ? [...front, ...back] : [...front, { spec: to - from, echo: end - at }, ...back];
}

function matches(block: readonly string[], echo: readonly string[], at: number): boolean {
  return block.every((print, index) => echo[at + index] === print);
}
