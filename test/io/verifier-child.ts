/** A process that runs a verifier in argv[2] which never answers, and says "begun" once it has. */

import { watchFile } from "node:fs";
import { join } from "node:path";
import { runVerifier } from "../../src/io/run-verifier.ts";

const [, , folder = ""] = process.argv;
const file = join(folder, "pid");
watchFile(file, { interval: 20 }, ({ size }) => void (size > 0 && process.stdout.write("begun\n")));
await runVerifier(
  "echo $$ > pid; sleep 60; true",
  { format: 1, address: "a.md#a", title: "A", ticket: { key: "PAY-1", url: null, title: "A", status: "Done" }, criteria: [], commit: null },
  { cwd: folder, env: process.env },
);
