/**
 * Which leases the runs of this clone took: `.canon/state/leases.json`. A run that holds the lock of the workspace knows
 * that every earlier one is dead, so it need not wait until a lease that such a one left runs out.
 */

import { join } from "node:path";
import { record, string } from "zod/mini";
import type { Disk } from "./disk.ts";

const schema = record(string(), string());

export interface OwnLeases {
  /** The nonce of the last run here that took it. */
  nonceOf(ref: string): Promise<string | null>;
  /** Before the lease is taken. */
  note(ref: string, nonce: string): Promise<void>;
  drop(ref: string): Promise<void>;
}

/** Only for whoever holds the lock of the workspace. */
export function ownLeases(disk: Disk, stateDir: string): OwnLeases {
  const path = join(stateDir, "leases.json");
  const read = async (): Promise<Readonly<Record<string, string>>> => {
    const bytes = await disk.read(path);
    if (bytes === null) return {};
    try {
      const parsed = schema.safeParse(JSON.parse(Buffer.from(bytes).toString("utf8")));
      return parsed.success ? parsed.data : {};
    } catch {
      // Knowing nothing costs a wait and no more.
      return {};
    }
  };
  const write = async (nonces: Readonly<Record<string, string>>): Promise<void> => {
    if (Object.keys(nonces).length === 0) return disk.remove(path);
    await disk.makeDir(stateDir);
    await disk.rename(await disk.writeTemp(path, Buffer.from(`${JSON.stringify(nonces)}\n`)), path);
  };
  return {
    nonceOf: async (ref) => new Map(Object.entries(await read())).get(ref) ?? null,
    note: async (ref, nonce) => write({ ...(await read()), [ref]: nonce }),
    drop: async (ref) => {
      const { [ref]: dropped, ...rest } = await read();
      if (dropped !== undefined) await write(rest);
    },
  };
}
