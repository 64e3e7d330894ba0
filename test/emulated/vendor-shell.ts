/** A stranger's workspace on an emulated vendor: the program itself in a process of its own, and what it wrote with ports and times taken out. */

import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import type { System } from "../../src/core/model/system.ts";
import type { EmulatedVendor } from "../conformance/emulated-stage.ts";
import { openShell, type Ran, type Shell } from "../cli/captured-world.ts";
import { startCanon, type Running } from "../cli/run-canon.ts";
import { emulatedConfig } from "./emulated-project.ts";
import type { RunningVendor } from "./emulated-vendors.ts";

export const SPEC = "# Payments\n\n## Keys\n\nAbout keys.\n\n- [ ] works\n\n### Rotation\n\nOften.\n\n## Refunds\n\nAbout refunds.\n";

export interface VendorShell extends Shell {
  readonly vendor: RunningVendor;
  /** The same workspace with other variables; undefined takes one away. */
  readonly with: (env: Environment) => VendorShell;
  /** Still running: for what is done to it meanwhile. */
  readonly start: (...words: readonly string[]) => Running;
  readonly spec: () => string;
  readonly edit: (change: (text: string) => string) => void;
}

type Environment = Readonly<Record<string, string | undefined>>;

export interface ShellOptions {
  readonly spec?: string;
  /** Further keys of the target, in YAML's flow form. */
  readonly more?: string;
  readonly config?: string;
  /** What the judge may find: words of people go to the vendor as they are. */
  readonly mayBreak?: RegExp;
}

interface Started extends EmulatedVendor {
  readonly project: string;
  readonly credentials: Readonly<Record<string, string>>;
}

/** Azure's project is named below its organisation. */
export function vendorOf(system: System, emulator: Started): RunningVendor {
  return Object.assign(emulator, { system });
}

/** The vendor is closed with the test, and its judge heard. */
export function vendorShell(
  vendor: RunningVendor,
  { spec = SPEC, more = "", config = emulatedConfig(vendor, more), mayBreak }: ShellOptions = {},
): VendorShell {
  const { folder } = openShell({ "canon.config.yaml": config, "specs/a.md": spec });
  onTestFinished(async () => {
    const broken = vendor.violations().filter((violation) => mayBreak?.test(violation) !== true);
    await vendor.close().catch(() => undefined);
    expect(broken).toEqual([]);
  });
  return shellIn(folder, vendor, {});
}

export function shellIn(folder: string, vendor: RunningVendor, more: Environment): VendorShell {
  const env = { CANON_NOW: undefined, GH_CONFIG_DIR: folder, NODE_COMPILE_CACHE: join(tmpdir(), "canon-test-compile-cache"), ...vendor.credentials, ...more };
  const start = (...words: readonly string[]): Running => startCanon(words, { cwd: folder, env });
  const path = join(folder, "specs/a.md");
  return {
    ...{ folder, vendor, start },
    canon: async (...words) => ranOf(await start(...words).finished),
    asked: () => Promise.reject(new Error("nobody is asked here")),
    with: (other) => shellIn(folder, vendor, { ...more, ...other }),
    spec: () => readFileSync(path, "utf8"),
    edit: (change) => writeFileSync(path, change(readFileSync(path, "utf8"))),
  };
}

function ranOf({ stdout, stderr, exitCode }: Awaited<Running["finished"]>): Ran {
  return { out: placed(stdout), err: placed(stderr), exitCode: exitCode ?? -1 };
}

/** Ports have five digits, so no line breaks elsewhere. How many requests a vendor takes is the bench's to count. */
function placed(text: string): string {
  return text.replaceAll(/127\.0\.0\.1:\d{5}/g, "127.0.0.1:12345").replaceAll(/ {2,}\d+ requests?, .*$/gm, "  … requests");
}

/** One line, for words that break anywhere. */
export function flat({ out, err }: Ran): string {
  return (out + err).replaceAll(/\s+/g, " ");
}

/** The variable that holds the vendor's secret. */
export function secretOf({ credentials }: RunningVendor): string {
  return Object.keys(credentials).find((name) => /TOKEN|KEY|PAT/.test(name)) ?? "";
}
