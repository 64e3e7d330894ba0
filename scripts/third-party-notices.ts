/** Writes dist/THIRD-PARTY-NOTICES.txt: the bundle contains other people's code, whose licences ask to be handed on. */

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { object, optional, record, string, boolean } from "zod";

const ROOT = join(import.meta.dirname, "..");

const lockSchema = object({
  packages: record(string(), object({ version: optional(string()), license: optional(string()), dev: optional(boolean()), devOptional: optional(boolean()) })),
});

/** Every package that an installation of Canon would bring, by its folder; the project itself is "". */
function shippedPackages(): readonly { readonly folder: string; readonly name: string; readonly version: string; readonly license: string }[] {
  const { packages } = lockSchema.parse(JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")));
  return Object.entries(packages).flatMap(([folder, { version = "", license = "see its package", dev, devOptional }]) =>
    folder === "" || dev || devOptional || !existsSync(join(ROOT, folder)) ? [] : [{ folder, name: folder.replace(/^.*node_modules\//, ""), version, license }],
  );
}

function licenceText(folder: string): string {
  const file = readdirSync(join(ROOT, folder)).find((name) => /^licen[cs]e/i.test(name));
  return file === undefined ? "" : `\n${readFileSync(join(ROOT, folder, file), "utf8").trim()}\n`;
}

const notices = shippedPackages().map(({ folder, name, version, license }) => `${name} ${version} (${license})\n${licenceText(folder)}`);
writeFileSync(join(ROOT, "dist", "THIRD-PARTY-NOTICES.txt"), `Canon's bundle contains code of these packages.\n\n${notices.join(`\n${"-".repeat(72)}\n\n`)}`);
