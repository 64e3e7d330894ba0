/** A stage for the exam on an emulated vendor: its people edit there, its faults travel over HTTP, and its clock moves by hand. */

import type { Clock } from "../../src/io/clock.ts";
import type { LocalFaultKind } from "../../src/trackers/local-desk.ts";
import type { Tracker } from "../../src/trackers/tracker.ts";
import type { EmulatorClock } from "../emulators/kit/emulator-clock.ts";
import type { EmulatedPeople } from "../emulators/kit/emulated-people.ts";
import type { Emulated } from "../emulators/kit/wire.ts";
import { LONG, type Stage } from "./stage.ts";

export interface EmulatedVendor extends Emulated {
  readonly clock: EmulatorClock;
  readonly people: EmulatedPeople;
  readonly account: string;
}

export interface EmulatedStageOptions {
  readonly missing: string;
  readonly inbox: Stage["inbox"];
}

/** Waiting takes no time: the emulator's clock jumps. Give it to the tracker when opening it. */
export function skippingClock(clock: EmulatorClock): Clock {
  return { now: () => new Date(clock.now()), monotonic: () => clock.now(), sleep: async (ms) => clock.advance(ms) };
}

export function emulatedStage(emulator: EmulatedVendor, tracker: Tracker, { missing, inbox }: EmulatedStageOptions): Stage {
  const { people, clock } = emulator;
  const read = async (key: string): ReturnType<Stage["person"]["edit"]> => {
    clock.advance(LONG);
    const [ticket] = (await tracker.read({ keys: [key] })).tickets;
    if (!ticket) throw new Error(`${key} cannot be read`);
    return ticket;
  };
  return {
    tracker,
    account: emulator.account,
    missing,
    inbox,
    person: {
      name: people.name,
      create: ({ title, body, parent }) => read(people.create({ title, ...(body === undefined ? {} : { body }), ...(parent === undefined ? {} : { parent }) })),
      edit: (key, edit) => read(people.edit(key, edit)),
      move: (key, status) => read(people.move(key, status)),
      label: (key, add, remove) => read(people.label(key, add, remove)),
      archive: async (key) => void people.archive(key),
      remove: async (key) => void people.remove(key),
      transfer: async (key) => people.transfer(key),
      duplicate: (key) => read(people.duplicate(key)),
      reword: async (key, text) => void people.reword(key, text),
      mimic: async (key, from) => void people.mimic(key, from),
    },
    seen: async (key) => {
      const { comments, links } = people.show(key);
      return { comments: comments.length, links: links.length };
    },
    said: async (key) => people.show(key).comments,
    fault: async (operation, nth, kind: LocalFaultKind, ms) => emulator.setFaults([{ operation, nth, kind, ...(ms === undefined ? {} : { ms }) }]),
    clear: async () => emulator.clearFaults(),
    pass: async (ms) => clock.advance(ms),
    end: async () => {
      await tracker.close();
      await emulator.close();
    },
  };
}
