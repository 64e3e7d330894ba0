/** The door for lines of a journal that come back from the disk. */

import { array, discriminatedUnion, literal, number, object, string, type ZodMiniType } from "zod/mini";
import type { CreateIntent, JournalRecord } from "../core/model/journal-record.ts";
import { baseSchema } from "./base-schema.ts";

const text = string();
const strings = array(text);
/** Also what a lease keeps of a create. */
export const createIntentSchema: ZodMiniType<CreateIntent> = object({ token: text, address: text, title: text, body: text, base: baseSchema });

export const journalRecordSchema: ZodMiniType<JournalRecord> = discriminatedUnion("kind", [
  object({ kind: literal("run"), run: text, plan: text, command: text, at: text, workspace: text }),
  object({ kind: literal("intent"), target: text, watermark: text, creates: array(createIntentSchema), at: text }),
  object({ kind: literal("writing"), target: text, changes: strings, at: text }),
  object({ kind: literal("created"), target: text, address: text, token: text, id: text, key: text }),
  object({ kind: literal("written"), target: text, address: text, key: text, change: text }),
  object({ kind: literal("failed"), target: text, address: text, token: text, error: text, message: text }),
  object({ kind: literal("marked"), path: text, addresses: strings }),
  object({ kind: literal("pulled"), path: text, addresses: strings }),
  object({ kind: literal("end"), exitCode: number(), at: text }),
]);
