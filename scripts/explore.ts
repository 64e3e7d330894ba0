/**
 * `npm run explore -- 30 text merge`: for thirty minutes, the laws and the simulation of these folders with seeds that nobody
 * chose. The tests proper play the same seed every time: a red one there is the change's fault, and what is new is found here.
 */

import { spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const [minutes = "10", ...folders] = process.argv.slice(2);
const until = performance.now() + Number(minutes) * 60_000;

const usesChance = /from "\S*(\/property|arbitrary-\w+|simulate)\.ts"/;
const files = globSync("test/**/*.test.ts", { cwd: root })
  .filter((file) => folders.length === 0 || folders.some((folder) => file.startsWith(join("test", folder))))
  .filter((file) => usesChance.test(readFileSync(join(root, file), "utf8")));
if (!(Number(minutes) > 0) || files.length === 0) {
  console.error("npm run explore -- [MINUTES] [FOLDER OF test ...], for example: npm run explore -- 30 text merge");
  process.exit(2);
}

let rounds = 0;
for (; performance.now() < until; rounds += 1) {
  const seed = randomInt(1, 2 ** 31);
  const args = [join(root, "node_modules/vitest/vitest.mjs"), "run", "--reporter=dot", ...files];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, CANON_SEED: String(seed) },
    maxBuffer: 2 ** 28,
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (status === 0) continue;
  console.log(`${stdout}${stderr}\nCANON_SEED=${seed} npx vitest run ${folders.map((folder) => join("test", folder)).join(" ")} repeats it.`);
  process.exit(1);
}
console.log(`${rounds} rounds of ${files.length} files held.`);
