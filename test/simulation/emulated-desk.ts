/** The desk of an emulated vendor: people edit in its interface, and the state behind it is looked at without asking over HTTP. */

import type { Base } from "../../src/core/model/base.ts";
import type { System } from "../../src/core/model/system.ts";
import { TrackerError } from "../../src/trackers/tracker-error.ts";
import type { Check, ProjectShape } from "../../src/trackers/tracker.ts";
import type { EmulatedVendor } from "../conformance/emulated-stage.ts";
import type { NativeText } from "./native-text.ts";
import type { DeskTicket, TrackerDesk } from "./tracker-desk.ts";

/** Where this vendor keeps what Canon knows of a ticket, and how people edit around it. */
export interface VendorStore {
  readonly system: System;
  readonly text: NativeText;
  /** As tickets are called in markers. */
  key(ofPeople: string): string;
  /** The stored text, with what is hidden in it. */
  raw(key: string): string;
  /** What people see of it. */
  shown(raw: string): string;
  kept(key: string): { readonly token: string | null; readonly base: Base | null };
  /** A person saves another text: what they cannot see stays. */
  save(key: string, native: string): void;
  loseBase(key: string): void;
  /** The vendor's own way of saying no to a person: a status that the type does not have. */
  isRefusal?(error: unknown): boolean;
}

const WRITES: ReadonlySet<string> = new Set(["create", "update", "transition", "comment", "link"]);

export function emulatedDesk(vendor: EmulatedVendor, store: VendorStore, check: Extract<Check, { ok: true }>): TrackerDesk {
  const { people } = vendor;
  const { project: shape } = check;
  const status = statusesOf(shape);
  // Turning a text into Markdown costs more than looking at all that did not change.
  const markdown = new Map<string, string>();
  const markdownOf = (native: string): string => {
    const known = markdown.get(native) ?? store.text.markdown(native);
    markdown.set(native, known);
    return known;
  };
  const keys = (): readonly string[] => people.keys().map((key) => store.key(key));
  const native = (key: string): string => store.shown(store.raw(key));
  const ticket = (key: string): DeskTicket => {
    const { title, status: name, type, parent, labels, comments } = people.show(key);
    const { token, base } = store.kept(key);
    const { category } = status(name);
    return {
      ...{ id: key, key, title, status: name, type, labels, comments, token, archived: false },
      parent: parent === null ? null : store.key(parent),
      body: markdownOf(native(key)),
      isOver: category === "done" || category === "canceled",
      hasBase: base !== null,
      hasBody: (base?.fields.body?.spec.blocks?.length ?? 0) > 0,
    };
  };
  const allowed = (deed: () => unknown): void => {
    try {
      deed();
    } catch (error) {
      throw store.isRefusal?.(error) === true ? new TrackerError("invalid", String(error)) : error;
    }
  };
  const move = (key: string, to: string): void => {
    if (status(people.show(key).status).name === to) return;
    allowed(() => people.move(key, to));
  };
  return {
    system: store.system,
    text: store.text,
    tickets: async () => {
      await vendor.deliver();
      return keys().map(ticket);
    },
    native: async (key) => native(key),
    statuses: async (key) => shape.statuses.map(({ name }) => name).filter((name) => name !== status(people.show(key).status).name),
    types: async (key) =>
      typesFor(
        key,
        shape,
        people.show,
        keys().map((one) => people.show(one)),
      ),
    edit: async (key, { body, ...rest }) => {
      if (body !== undefined) store.save(key, body);
      if (Object.keys(rest).length > 0) allowed(() => people.edit(key, rest));
    },
    criterion: async (key, edit) => store.save(key, store.text.criterion(native(key), edit)),
    move: async (key, to) => move(key, to),
    reopen: async (key) => move(key, shape.initialStatus),
    cancel: async (key) => {
      const canceled = shape.statuses.find(({ category }) => category === "canceled");
      if (canceled) move(key, canceled.name);
    },
    label: async (key, add, remove) => void people.label(key, add, remove),
    comment: async (key, text) => void people.comment(key, text),
    duplicate: async (key) => {
      const copy = store.key(people.duplicate(key));
      return { id: copy, key: copy };
    },
    loseBase: async (key) => store.loseBase(key),
    setFaults: async (faults) => {
      vendor.clearFaults();
      vendor.setFaults(faults);
    },
    writes: () => vendor.requests.filter(({ operation, status: answered }) => WRITES.has(operation) && answered !== null).length,
    complaints: () => vendor.violations(),
    end: async () => {
      // Whoever plays has heard the complaints.
      await vendor.close().catch(() => undefined);
    },
  };
}

/** GitHub's people say "completed" where Canon says "Closed as completed". */
function statusesOf({ statuses }: ProjectShape): (name: string) => ProjectShape["statuses"][number] {
  return (name) => {
    const wanted = name.toLowerCase();
    const found = statuses.find((one) => one.name.toLowerCase() === wanted) ?? statuses.find((one) => one.name.toLowerCase().includes(wanted));
    if (!found) throw new Error(`the project knows no status ${name}`);
    return found;
  };
}

type Placed = { readonly key: string; readonly type: string | null; readonly parent: string | null };

/** Those that still fit below its parent and above its children: the vendor's own pages offer no others. */
function typesFor(key: string, { types, nesting }: ProjectShape, show: (key: string) => Placed, all: readonly Placed[]): readonly string[] {
  const own = show(key);
  const above = own.parent === null ? "" : (show(own.parent).type ?? "");
  const below = all.filter(({ parent }) => parent === own.key);
  return types.filter((type) => {
    const fitsAbove = nesting[above]?.includes(type) ?? above === "";
    return type !== own.type && fitsAbove && below.every((child) => child.type !== null && nesting[type]?.includes(child.type) === true);
  });
}
