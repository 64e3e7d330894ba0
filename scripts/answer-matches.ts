/** Stands for the person who reads a file of suggestions: says yes to every pair of truth.json, and no to the rest. */

import { readFile, writeFile } from "node:fs/promises";
import { array, object, string } from "zod/mini";

const [file = "matches.csv", truth = "truth.json"] = process.argv.slice(2);

const { pairs } = object({ pairs: array(object({ key: string(), address: string() })) }).parse(JSON.parse(await readFile(truth, "utf8")));
const lines = (await readFile(file, "utf8")).split(/(?<=\n)/);
let yes = 0;
// The titles between key and address may hold commas, but no title of the generated backlog does.
const answered = lines.map((line) => {
  const [answer, key, , address] = line.split(",");
  if (answer !== "" || key === "" || address === "") return line;
  const isTrue = pairs.some((pair) => pair.key === key && pair.address === address);
  if (isTrue) yes += 1;
  return (isTrue ? "yes" : "no") + line;
});
await writeFile(file, answered.join(""));
process.stdout.write(`${yes} answered yes\n`);
