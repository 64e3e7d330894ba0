/** What the steps of a simulation need of a tracker: what people see and do there, what goes wrong, and what is lost. */

import type { CriterionEdit } from "../../src/trackers/local-desk.ts";
import type { System } from "../../src/core/model/system.ts";
import type { WireFault } from "../emulators/kit/wire.ts";
import type { NativeText } from "./native-text.ts";

export interface DeskTicket {
  /** The one that never changes. */
  readonly id: string;
  readonly key: string;
  readonly title: string;
  /** As Markdown, without what Canon hides there. */
  readonly body: string;
  readonly status: string;
  readonly type: string | null;
  readonly parent: string | null;
  readonly labels: readonly string[];
  readonly comments: readonly string[];
  /** Done or canceled. */
  readonly isOver: boolean;
  readonly archived: boolean;
  readonly token: string | null;
  readonly hasBase: boolean;
  /** Its base knows blocks of a text. */
  readonly hasBody: boolean;
}

export interface DeskEdit {
  readonly title?: string;
  readonly type?: string;
  readonly parent?: string | null;
  /** In the tracker's own form. */
  readonly body?: string;
}

/** Deeds throw TrackerError where the tracker says no. */
export interface TrackerDesk {
  readonly system: System;
  readonly text: NativeText;
  /** In the order of their creation, archived ones too. */
  tickets(): Promise<readonly DeskTicket[]>;
  /** The text in the tracker's own form, without what Canon hides there. */
  native(key: string): Promise<string>;
  /** The statuses that its workflow allows a person from here. */
  statuses(key: string): Promise<readonly string[]>;
  /** The types that a person may give it. */
  types(key: string): Promise<readonly string[]>;
  edit(key: string, edit: DeskEdit): Promise<void>;
  criterion(key: string, edit: CriterionEdit): Promise<void>;
  move(key: string, status: string): Promise<void>;
  reopen(key: string): Promise<void>;
  cancel(key: string): Promise<void>;
  label(key: string, add: readonly string[], remove: readonly string[]): Promise<void>;
  comment(key: string, text: string): Promise<void>;
  duplicate(key: string): Promise<{ readonly id: string; readonly key: string }>;
  loseBase(key: string): Promise<void>;
  /** In the place of those that have not struck yet. */
  setFaults(faults: readonly WireFault[]): Promise<void>;
  /** Writes that reached the tracker, by its own log. */
  writes(): number;
  /** What the tracker itself finds wrong with what Canon sent. */
  complaints(): readonly string[];
  end(): Promise<void>;
}
