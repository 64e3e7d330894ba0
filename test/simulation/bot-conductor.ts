/**
 * Lets runs of the bot take turns at their requests, one request at a time: the same dice make the same interleaving. A run
 * may die at a request, before it took effect or after, and people may do something while every run holds still.
 */

import type { Dice } from "./dice.ts";
import type { SimClock } from "./sim-clock.ts";
import { Died } from "./mortal.ts";

/** A request on its way out of a run. */
export interface Passing {
  readonly name: string;
  readonly isWrite: boolean;
}

export interface Door {
  /** Waits for the run's turn. `half`: what happens of it where its sender dies in its middle. */
  pass<T>(passing: Passing, send: () => Promise<T>, half?: () => Promise<unknown>): Promise<T>;
  sleep(milliseconds: number): Promise<void>;
  isDead(): boolean;
}

export interface Death {
  /** The request that is its last, from 1. */
  readonly at: number;
  readonly when: "before" | "after" | "half";
}

export interface Wishes {
  /** One for each run; null: it lives. */
  readonly deaths: readonly (Death | null)[];
  /** What people do meanwhile, after so many requests of all runs together. */
  readonly interlude: { readonly after: number; readonly act: () => Promise<void> } | null;
  readonly clock: SimClock;
  readonly dice: Dice;
  /** Hears of every request that is let through. */
  readonly seen: (run: number, passing: Passing) => void;
}

interface Pending {
  readonly since: number;
  readonly isSleep: boolean;
  readonly go: () => Promise<void>;
}

/** Milliseconds: what every request takes, and the longest that one is ever under way. */
const TAKES = 200;
const LONGEST = 20_000;

export async function conduct<T>(runs: readonly ((door: Door) => Promise<T>)[], wishes: Wishes): Promise<readonly PromiseSettledResult<T>[]> {
  const { clock, dice } = wishes;
  let wake: () => void = () => undefined;
  const players = runs.map((run, index) => playerOf(index, wishes, () => wake(), run));
  const changed = (): Promise<void> => new Promise((resolve) => (wake = resolve));
  let requests = 0;
  let last: Player<T> | undefined;
  for (;;) {
    while (players.some(({ pending, isOver }) => !isOver() && pending.length === 0)) await changed();
    const waiting = players.filter(({ pending }) => pending.length > 0);
    if (waiting.length === 0) break;
    if (wishes.interlude !== null && wishes.interlude.after === requests) await wishes.interlude.act();
    requests += 1;
    // A request that is under way for longer has failed: no run may count on it.
    const late = waiting.find(({ pending: [first] }) => first !== undefined && !first.isSleep && clock.monotonic() - first.since > LONGEST);
    const next: Player<T> | undefined = late ?? (last !== undefined && waiting.includes(last) && dice.chance(0.7) ? last : dice.maybe(waiting));
    last = next;
    clock.advance(TAKES);
    await next?.pending.shift()?.go();
  }
  return Promise.allSettled(players.map(({ result }) => result));
}

interface Player<T> {
  readonly pending: Pending[];
  readonly isOver: () => boolean;
  readonly result: Promise<T>;
}

function playerOf<T>(index: number, { deaths, clock, seen }: Wishes, wake: () => void, run: (door: Door) => Promise<T>): Player<T> {
  const pending: Pending[] = [];
  const death = deaths[index] ?? null;
  let [count, isDead, isOver] = [0, false, false];
  const turn = <R>(isSleep: boolean, act: () => Promise<R>): Promise<R> => {
    if (isDead) return Promise.reject(new Died("dead"));
    return new Promise<R>((resolve, reject) => {
      const go = async (): Promise<void> => {
        try {
          if (isDead) throw new Died("dead");
          resolve(await act());
        } catch (error) {
          reject(error);
        }
      };
      pending.push({ since: clock.monotonic(), isSleep, go });
      wake();
    });
  };
  const door: Door = {
    pass: (passing, send, half = async () => undefined) =>
      turn(false, async () => {
        count += 1;
        seen(index, passing);
        if (count !== death?.at) return send();
        isDead = true;
        if (death.when === "after") await send().catch(() => undefined);
        if (death.when === "half") await half().catch(() => undefined);
        throw new Died(`${death.when} ${passing.name}`);
      }),
    sleep: (milliseconds) => turn(true, async () => clock.advance(milliseconds)),
    isDead: () => isDead,
  };
  const result = run(door);
  const over = (): void => {
    isOver = true;
    wake();
  };
  result.then(over, over);
  return { pending, isOver: () => isOver, result };
}
