/** Compares text with a file under golden/. UPDATE_GOLDEN=1 writes them; a file that is missing fails, so that no run approves itself. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "vitest";

const folder = join(import.meta.dirname, "golden");

export function expectGolden(name: string, text: string): void {
  const file = join(folder, name);
  if (process.env["UPDATE_GOLDEN"] && !process.env["CI"]) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  expect(existsSync(file), `${name} is missing: UPDATE_GOLDEN=1 npx vitest run test/views, then read what it wrote`).toBe(true);
  expect(text).toBe(readFileSync(file, "utf8"));
}
