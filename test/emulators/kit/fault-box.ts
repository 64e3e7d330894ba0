/** Faults that wait for their request: each strikes once, at the element or call it was aimed at. */

import type { WireFault, WireMeaning } from "./wire.ts";

export interface StruckFault {
  readonly fault: WireFault;
  /** Which element of the request it was aimed at, from 0. */
  readonly element: number;
}

export interface FaultBox {
  set(faults: readonly WireFault[]): void;
  clear(): void;
  /** Counts the request; the first fault that it reaches. */
  take(meaning: WireMeaning): StruckFault | null;
}

interface Waiting {
  readonly fault: WireFault;
  left: number;
}

export function faultBox(): FaultBox {
  let waiting: Waiting[] = [];
  return {
    set: (faults) => {
      waiting.push(...faults.map((fault) => ({ fault, left: fault.nth })));
    },
    clear: () => {
      waiting = [];
    },
    take: ({ operation, elements }) => {
      let struck: StruckFault | null = null;
      for (const one of waiting.filter(({ fault }) => fault.operation === "any" || fault.operation === operation)) {
        const before = one.left;
        // "any" counts requests: a sender may be killed at each of them.
        one.left -= one.fault.operation === "any" ? 1 : elements;
        if (before >= 1 && one.left < 1 && struck === null) {
          struck = { fault: one.fault, element: one.fault.operation === "any" ? 0 : before - 1 };
          waiting = waiting.filter((other) => other !== one);
        }
      }
      return struck;
    },
  };
}
