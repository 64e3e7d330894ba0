/** Visits every state of a model, breadth first, and answers the shortest way to one that breaks a rule. */

export interface Move<S> {
  readonly what: string;
  readonly to: S;
}

export interface Model<S> {
  readonly start: S;
  moves(state: S): readonly Move<S>[];
  /** What is wrong with a state; null: nothing. */
  broken(state: S): string | null;
  /** A state in which everything that was to happen has happened. */
  finished(state: S): boolean;
}

export interface Exploration {
  readonly states: number;
  readonly moves: number;
  readonly finished: number;
  readonly counterexample: { readonly why: string; readonly steps: readonly string[] } | null;
}

interface Visited<S> {
  readonly state: S;
  readonly from: number;
  readonly what: string;
}

/** States are plain data: equal text, equal state. Also fails where a state has no way left to a finished one. */
export function explore<S>(model: Model<S>): Exploration {
  const visited: Visited<S>[] = [{ state: model.start, from: -1, what: "start" }];
  const known = new Map([[JSON.stringify(model.start), 0]]);
  const back: number[][] = [[]];
  let moves = 0;
  for (let index = 0; index < visited.length; index += 1) {
    const state = visited[index]?.state ?? model.start;
    const why = model.broken(state);
    if (why !== null) return { states: visited.length, moves, finished: 0, counterexample: { why, steps: wayTo(visited, index) } };
    for (const { what, to } of model.moves(state)) {
      moves += 1;
      const key = JSON.stringify(to);
      const seen = known.get(key);
      if (seen !== undefined) back[seen]?.push(index);
      else {
        known.set(key, visited.length);
        back.push([index]);
        visited.push({ state: to, from: index, what });
      }
    }
  }
  const ends = visited.flatMap(({ state }, index) => (model.finished(state) ? [index] : []));
  const stuck = firstThatCannotReach(ends, back);
  const counterexample = stuck === -1 ? null : { why: "there is no way to the end from here", steps: wayTo(visited, stuck) };
  return { states: visited.length, moves, finished: ends.length, counterexample };
}

function firstThatCannotReach(ends: readonly number[], back: readonly (readonly number[])[]): number {
  const reaches = new Set(ends);
  const queue = [...ends];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const before of back[next] ?? []) {
      if (reaches.has(before)) continue;
      reaches.add(before);
      queue.push(before);
    }
  }
  return back.findIndex((_, index) => !reaches.has(index));
}

function wayTo<S>(visited: readonly Visited<S>[], index: number): readonly string[] {
  const steps: string[] = [];
  for (let at = index; at > 0; at = visited[at]?.from ?? 0) steps.unshift(visited[at]?.what ?? "");
  return steps;
}
