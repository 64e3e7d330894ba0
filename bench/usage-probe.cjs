/** Loaded into every measured process: tells at its end, on file descriptor 3, what it used. */

"use strict";

process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  require("node:fs").writeSync(3, `${userCPUTime + systemCPUTime} ${maxRSS}`);
});
