/** A section below one whose ticket is in another target: nothing nests across, so its ticket gets a link, once, whatever crashed. */

import { describe, expect, it, onTestFinished } from "vitest";
import { makeProject } from "../harness/project.ts";
import { emulatedConfig, emulatedProject, emulatedWorld } from "./emulated-project.ts";
import { startVendor, type RunningVendor } from "./emulated-vendors.ts";
import { SPEC, vendorShell, type VendorShell } from "./vendor-shell.ts";

/** From now on the spec goes to the local tracker; what has its ticket on the vendor keeps it there. */
const LOCAL = `  work: { system: local, project: PAY }
routing:
  - match: { default: true }
    target: work
`;

/** "Keys" has its ticket on the vendor, "Expiry" below it has none yet, and will get it in the local tracker. */
async function apartFrom(vendor: RunningVendor): Promise<VendorShell> {
  const before = vendorShell(vendor);
  expect((await before.canon("apply", "--auto-approve")).exitCode).toBe(0);
  const spec = before.spec().replace("### Rotation", "### Expiry\n\nKeys end.\n\n### Rotation");
  return vendorShell(vendor, { spec, config: emulatedConfig(vendor) + LOCAL });
}

async function expectOneLink(shell: VendorShell): Promise<void> {
  const { out } = await shell.canon("local", "show", "PAY-1");
  expect(out).toContain("PAY-1  Expiry");
  expect(out.match(/^ {2}\S+#1 {2}http:\/\/\S+\/issues\/1$/gm)).toHaveLength(1);
  expect((await shell.canon("local", "show", "PAY-2")).exitCode).not.toBe(0);
}

describe("a new ticket whose parent is in another target", () => {
  it("is linked to it, once", async () => {
    const shell = await apartFrom(await startVendor("github"));
    expect((await shell.canon("plan")).out.replace(/\s+/g, " ")).toContain(
      '"Expiry" is not nested below "Keys", whose ticket is in main. It gets a link to it.',
    );
    // 4: the other sections' tickets wait for somebody to move them.
    expect((await shell.canon("apply", "--auto-approve")).exitCode).toBe(4);
    await expectOneLink(shell);
    shell.edit((text) => text.replace("Keys end.", "Keys end soon."));
    expect((await shell.canon("apply", "--auto-approve")).exitCode).toBe(4);
    await expectOneLink(shell);
  });

  it("is linked by the rerun of a run that was killed, at whichever request", async () => {
    let requests = Number.POSITIVE_INFINITY;
    for (let moment = 1; moment <= requests; moment += 1) {
      const vendor = await startVendor("github");
      const shell = await apartFrom(vendor);
      const run = shell.start("apply", "--auto-approve");
      let count = 0;
      let isOver = false;
      vendor.hook({
        first: async () => {
          if (isOver || (count += 1) !== moment) return;
          run.child.kill("SIGKILL");
          await run.finished;
        },
      });
      const { exitCode } = await run.finished;
      isOver = true;
      if (exitCode !== null) requests = count;
      expect((await shell.canon("apply", "--auto-approve")).exitCode).toBe(4);
      await expectOneLink(shell);
    }
    expect(requests).toBeGreaterThan(2);
  }, 120_000);

  it("is there all the same where the link is refused, and people hear of that", async () => {
    const vendor = await startVendor("github");
    onTestFinished(() => vendor.close());
    const before = await emulatedProject(vendor, { "specs/a.md": SPEC });
    await before.apply();
    const spec = (await before.read("specs/a.md")).replace("### Rotation", "### Expiry\n\nKeys end.\n\n### Rotation");
    const project = await makeProject({ "specs/a.md": spec }, emulatedConfig(vendor) + LOCAL, emulatedWorld(vendor));
    const desk = await project.desk();
    await desk.setFaults([{ operation: "link", nth: 1, kind: "refuse" }]);
    await desk.end();
    const { results, diagnostics } = await project.apply();
    expect(results).toMatchObject([{ state: "done", key: "PAY-1" }]);
    expect(diagnostics.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/^PAY-1 \(specs\/a\.md#expiry\) has no link to \S+#1: The tracker refuses\./),
    );
    expect(await project.read("specs/a.md")).toContain("canon:ticket:local:PAY-1");
  });
});
