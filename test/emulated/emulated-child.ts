/** A process that applies the workspace of argv[2] on a real clock, so that the test can kill it from outside while the emulator serves it. */

import { projectAt } from "../harness/project-at.ts";

const report = await projectAt(process.argv[2] ?? "", { env: process.env, anyBranch: true }).apply();
process.stdout.write(JSON.stringify({ exitCode: report.exitCode }));
