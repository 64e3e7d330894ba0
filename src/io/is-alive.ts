/** Whether a process of this machine runs. Numbers are reused, so it is good for words and tidying, never for a lock. */

import { errorCode } from "./error-code.ts";

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It belongs to another user.
    return errorCode(error) === "EPERM";
  }
}
