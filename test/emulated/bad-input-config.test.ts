/** Configurations that only the tracker can tell to be wrong: a project, a status, a type, a field that does not exist there; and readers that nobody allowed. */

import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { expectTranscript, transcript } from "../cli/transcript.ts";
import { startGithubEmulator } from "../emulators/github/github-emulator.ts";
import { emulatedConfig } from "./emulated-project.ts";
import { startVendor, VENDOR_NAMES, type VendorName } from "./emulated-vendors.ts";
import { flat, vendorOf, vendorShell } from "./vendor-shell.ts";

/** As a person would mistype the project of each vendor's emulator. */
const MISTYPED: Readonly<Record<VendorName, readonly string[]>> = {
  "jira-cloud": ["PAI"],
  "jira-data-center": ["PAI"],
  linear: ["EMG"],
  github: ["acme/paiments", "acmee/payments"],
  azure: ["fabrikam/Payment", "fabricam/Payments"],
};

/** What a person puts into create_fields goes to the vendor as it is. */
const COLOUR = /colour/;

const WRONG = {
  "a field that is not there": ', create_fields: { colour: "blue" }',
  "a status that is not there": ', status_map: { in_progress: "In Progres", done: "Fertig" }',
  "a type that is not there": ', hierarchy: { 2: "Epik", 3: "Storry" }',
};

test.each(VENDOR_NAMES)("%s: what is not there is named, with what there is instead", { timeout: 90_000 }, async (name) => {
  const vendor = await startVendor(name);
  const parts: string[] = [];
  for (const project of MISTYPED[name]) {
    const config = emulatedConfig(vendor).replace(`project: "${vendor.project}"`, `project: "${project}"`);
    parts.push(`# no such project: ${project}\n${await transcript(vendorShell(vendor, { config, mayBreak: COLOUR }), "plan")}`);
  }
  for (const [what, more] of Object.entries(WRONG))
    parts.push(`# ${what}\n${await transcript(vendorShell(vendor, { more, mayBreak: COLOUR }), "apply --auto-approve")}`);
  expectTranscript(`trackers/config-${name}`, parts.join("\n"));
});

test("a public GitHub repository that is not the specs' own is refused before anything is written", { timeout: 60_000 }, async () => {
  const emulator = await startGithubEmulator({ visibility: "public" });
  const vendor = vendorOf("github", emulator);
  const config = emulatedConfig(vendor).replace(", public: true", "");
  const shell = vendorShell(vendor, { config });
  const before = shell.spec();
  expectTranscript("trackers/public-repository", await transcript(shell, "plan", "apply --auto-approve --any-branch", "sync --auto-approve --any-branch"));
  expect(await shell.canon("target", "check", "main")).toMatchObject({ exitCode: 1, out: expect.stringContaining("(repository-public)") });
  expect([shell.spec(), vendor.people.keys()]).toEqual([before, []]);
  expect(emulator.requests.filter(({ operation }) => operation === "create" || operation === "update")).toEqual([]);

  const git = (...args: readonly string[]): void => void execFileSync("git", ["-C", shell.folder, ...args]);
  git("init", "-q");
  git("remote", "add", "origin", `${emulator.url}/Acme/Payments.git`);
  const own = await shell.canon("target", "check", "main");
  expect(own).toMatchObject({ exitCode: 0, out: expect.not.stringContaining("repository-public") });
  git("remote", "set-url", "origin", `${emulator.url}/acme/platform.git`);
  expect(flat(await shell.canon("target", "check", "main"))).toContain("anybody may read acme/payments, and it is not the repository of the specs");
});

test("a private one, and a public one that is meant, are written to", { timeout: 60_000 }, async () => {
  for (const [visibility, isMeant] of [
    ["private", false],
    ["public", true],
  ] as const) {
    const vendor = vendorOf("github", await startGithubEmulator({ visibility }));
    const config = emulatedConfig(vendor);
    const shell = vendorShell(vendor, { config: isMeant ? config : config.replace(", public: true", "") });
    expect(await shell.canon("apply", "--auto-approve"), visibility).toMatchObject({ exitCode: 0 });
  }
});
