/** The clock of an emulator: real time and what tests add to it, so that lags and limits can be waited out at once. */

export interface EmulatorClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** ISO 8601, UTC. */
  iso(): string;
  advance(ms: number): void;
}

export function emulatorClock(real: () => number = Date.now): EmulatorClock {
  let added = 0;
  const now = (): number => real() + added;
  return {
    now,
    iso: () => new Date(now()).toISOString(),
    advance: (ms) => {
      added += ms;
    },
  };
}
