/** Finds a program in PATH alone, as an absolute path: one of its name in the workspace is never taken for it (Windows looks there first). */

import { existsSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

/** null: it is not installed. */
export function findProgram(name: string, env: Readonly<Record<string, string | undefined>>): string | null {
  const file = process.platform === "win32" ? `${name}.exe` : name;
  for (const folder of (env["PATH"] ?? env["Path"] ?? "").split(delimiter)) if (isAbsolute(folder) && existsSync(join(folder, file))) return join(folder, file);
  return null;
}
