/** More than a vendor takes: of requests within the hour, of characters, of children; and somebody who does not wait for it. */

import { describe, expect, test } from "vitest";
import { expectTranscript, transcript } from "../cli/transcript.ts";
import { until } from "../cli/run-canon.ts";
import { startVendor, type VendorName } from "./emulated-vendors.ts";
import { flat, vendorShell } from "./vendor-shell.ts";

const EIGHT = `# Payments\n\n${Array.from({ length: 8 }, (_, index) => `## Section ${index}\n\nText ${index}.\n`).join("\n")}`;
const HOUR = 3_600_000;
const VENDORS: readonly VendorName[] = ["jira-cloud", "linear", "github", "azure"];

describe.each(VENDORS)("%s", { timeout: 90_000 }, (name) => {
  test("a limit that lasts longer than the run: a countdown, ^C, and the rerun loses nothing", async () => {
    const shell = vendorShell(await startVendor(name), { spec: EIGHT });
    const { vendor } = shell;
    vendor.setFaults([{ operation: "create", nth: 1, kind: "rate-limited", ms: HOUR }]);
    const run = shell.start("apply", "--auto-approve");
    await until(run, "waiting   main: its limit of requests is reached, 60 min");
    await new Promise((next) => setTimeout(next, 1_500));
    run.child.kill("SIGINT");
    const { exitCode, stdout, stderr } = await run.finished;
    expect([exitCode, stderr]).toEqual([130, ""]);
    // A log gets no line for each second.
    expect(stdout.match(/^waiting/gm)?.length).toBeLessThanOrEqual(3);
    expect(stdout).toContain("stopping: what was sent is being finished; ^C again to leave at once");
    expect(stdout.match(/Interrupted while it waited for the tracker's limit\./g)?.length).toBeLessThanOrEqual(9);
    expect(stdout).toContain("8 not tried");
    expect(stdout).toMatch(/next: canon apply carries on where run [0-9a-f]{4} stopped/);
    expect(vendor.people.keys()).toEqual([]);
    vendor.clearFaults();
    expect(flat(await shell.canon("apply", "--auto-approve"))).toContain("8 created · 1 spec marked");
    expect(vendor.people.keys()).toHaveLength(8);
  });

  test("a limit that a plan meets is told with its end", async () => {
    const shell = vendorShell(await startVendor(name));
    shell.vendor.setFaults(Array.from({ length: 9 }, (_, index) => ({ operation: "any", nth: index + 1, kind: "rate-limited", ms: HOUR })));
    const ran = await shell.canon("plan");
    expect(ran.exitCode).toBe(1);
    expect(flat(ran)).toMatch(/(60 min|3600 s)\.? .*Run the command again then: nothing is lost\./);
  });

  test("a title of 300 characters is cut, a text that is too long stops its own ticket", async () => {
    const spec = `# P\n\n## ${"Long title ".repeat(28).trim()}\n\nText.\n\n## Big\n\n${"word ".repeat(30_000)}\n\n## Fine\n\nText.\n`;
    const shell = vendorShell(await startVendor(name), { spec });
    expectTranscript(`trackers/long-${name}`, await transcript(shell, "plan", "apply --auto-approve"));
    expect(shell.vendor.people.keys()).toHaveLength(2);
    shell.vendor.clock.advance(60_000);
    expect(flat(await shell.canon("plan"))).toContain("… 2 in sync");
  });
});

test.each(["jira-cloud", "jira-data-center"] as const)(
  "%s: a text that is too long only in Jira's own form is told before anything is sent",
  { timeout: 90_000 },
  async (name) => {
    const rich = Array.from({ length: 250 }, (_, index) => `- **item ${index}** with \`code\`\n`).join("");
    const shell = vendorShell(await startVendor(name), { spec: `# P\n\n## Rich\n\n${rich}\n## Fine\n\nText.\n` });
    const told = flat(await shell.canon("plan"));
    const ran = flat(await shell.canon("apply", "--auto-approve"));
    const [, length] = /Rich: Its text has (\d+) characters/.exec(ran) ?? [];
    expect(length !== undefined).toBe(name === "jira-cloud");
    if (length === undefined) expect(told).not.toContain("so it will not be sent");
    else expect(told).toContain(`The text has ${length} characters as main stores it, which takes 32767, so it will not be sent.`);
  },
);

test("github: the 101st child is told before anything is sent, and gets no ticket", { timeout: 90_000 }, async () => {
  const spec = `# P\n\n## Big\n\nText.\n\n${Array.from({ length: 101 }, (_, index) => `### Child ${index}\n\nText.\n`).join("\n")}`;
  const shell = vendorShell(await startVendor("github"), { spec });
  const plan = await shell.canon("plan");
  expect(plan.exitCode).toBe(1);
  expect(flat(plan)).toContain('"Big" would have 101 tickets below it, and github takes 100: the last one gets none. Split the section');
  expect(flat(await shell.canon("apply", "--auto-approve", "--allow-mass-create=101"))).toContain("101 created");
  expect(shell.vendor.people.keys()).toHaveLength(101);
});
