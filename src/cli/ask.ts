/** Asks a person one plain question on stderr and returns the line they type; null when they leave instead of answering. */

import { createInterface } from "node:readline/promises";

export async function askLine(question: string, signal: AbortSignal): Promise<string | null> {
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  const left = new Promise<null>((resolve) => {
    reader.on("close", () => resolve(null));
    reader.on("SIGINT", () => reader.close());
    signal.addEventListener("abort", () => reader.close(), { once: true });
  });
  try {
    return await Promise.race([reader.question(question), left]);
  } catch {
    return null;
  } finally {
    reader.close();
  }
}
