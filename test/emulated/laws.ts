/** What must hold on every real tracker, whatever it does to texts and however its requests go wrong. */

import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { unrest } from "../harness/outcome.ts";
import { emulatedOutcome, emulatedProject, emulatedConfig, emulatedWorld } from "./emulated-project.ts";
import { startVendor, type RunningVendor, type VendorName } from "./emulated-vendors.ts";
import { fortySections } from "./forty-sections.ts";
import { makeProject } from "../harness/project.ts";

const SMALL = { "specs/a.md": "## Keys\n\nAbout keys.\n\n- [ ] works\n\n### Rotation\n\nOften.\n\n## Refunds\n\nAbout refunds.\n" };

export function vendorLaws(name: VendorName): void {
  const withVendor = async (work: (vendor: RunningVendor) => Promise<void>): Promise<void> => {
    const vendor = await startVendor(name);
    try {
      await work(vendor);
    } finally {
      await vendor.close();
    }
  };

  describe(`laws on ${name}`, () => {
    it("what was applied needs nothing, twice, and plans write nothing", () =>
      withVendor(async (vendor) => {
        const project = await emulatedProject(vendor, fortySections());
        expect((await project.apply()).exitCode).toBe(0);
        const written = vendor.requests.filter(isWrite).length;
        const [one, two] = [await project.plan({ direction: "both" }), await project.plan({ direction: "both" })];
        expect(unrest(one)).toEqual([]);
        expect(one.digest).toBe(two.digest);
        expect(vendor.requests.filter(isWrite)).toHaveLength(written);
        expect((await project.apply()).exitCode).toBe(0);
        expect(vendor.requests.filter(isWrite)).toHaveLength(written);
        expect(vendor.people.keys()).toHaveLength(40);
      }));

    it("edits of both sides meet: the spec's are pushed, a person's status and title come back or are shown", () =>
      withVendor(async (vendor) => {
        const project = await emulatedProject(vendor, SMALL);
        await project.apply();
        vendor.clock.advance(60_000);
        const tickets = await project.tickets();
        const keyOf = (title: string): string => tickets.find((ticket) => ticket.title === title)?.key ?? "";
        const [keys, refunds] = [keyOf("Keys"), keyOf("Refunds")];
        vendor.people.edit(refunds, { title: "Refunds of people" });
        vendor.people.comment(refunds, "What about part payments?");
        vendor.people.label(keys, ["urgent"], []);
        // Lists show it a moment later.
        vendor.clock.advance(60_000);
        await project.write("specs/a.md", (await project.read("specs/a.md")).replace("About keys.", "All about keys."));
        const plan = await project.plan({ direction: "both" });
        expect(plan.changes.flatMap(({ key, fields }) => fields.map(({ field }) => [key, field]))).toContainEqual([keys, "body"]);
        expect(plan.observed.map(({ key }) => key)).toContain(refunds);
        expect((await project.apply()).exitCode).toBe(0);
        const after = vendor.people.show(refunds);
        expect([after.title, after.comments.length]).toEqual(["Refunds of people", 1]);
        expect(vendor.people.show(keys).labels).toContain("urgent");
        expect(vendor.people.show(keys).body).toContain("All about keys.");
      }));

    it("two workspaces with the same spec on one project never touch each other's tickets", () =>
      withVendor(async (vendor) => {
        const one = await emulatedProject(vendor, SMALL);
        const two = await makeProject(SMALL, emulatedConfig(vendor, "", "other"), emulatedWorld(vendor));
        expect((await one.apply()).exitCode).toBe(0);
        expect((await two.apply()).exitCode).toBe(0);
        expect(vendor.people.keys()).toHaveLength(6);
        const shown = vendor.people.keys().map((key) => vendor.people.show(key));
        for (const project of [one, two]) {
          vendor.clock.advance(60_000);
          const plan = await project.plan();
          expect(unrest(plan)).toEqual([]);
          expect(plan.targets[0]?.elsewhere).toBe(3);
          await project.write("specs/a.md", (await project.read("specs/a.md")).replace("Often.", "Every day."));
          expect((await project.apply()).exitCode).toBe(0);
          await project.write("specs/a.md", (await project.read("specs/a.md")).replace("Every day.", "Often."));
          expect((await project.apply()).exitCode).toBe(0);
        }
        expect(vendor.people.keys().map((key) => vendor.people.show(key).title)).toEqual(shown.map(({ title }) => title));
      }));

    it("no secret stands in a log, a plan, a journal, a ticket or a spec", () =>
      withVendor(async (vendor) => {
        const project = await emulatedProject(vendor, SMALL);
        vendor.setFaults([{ operation: "create", nth: 2, kind: "refuse" }]);
        const run = await canonIn(project.root, vendor, ["apply", "--auto-approve", "--any-branch"]);
        const plan = await canonIn(project.root, vendor, ["plan", "--json"]);
        const state = await textsBelow(join(project.root, ".canon"));
        const tickets = vendor.people.keys().map((key) => JSON.stringify(vendor.people.show(key)));
        const all = [run.output, plan.output, ...state, ...tickets, await project.read("specs/a.md")].join("\n");
        expect(all.length).toBeGreaterThan(2_000);
        for (const [variable, value] of Object.entries(vendor.credentials)) if (/TOKEN|KEY|PAT/.test(variable)) expect(all).not.toContain(value);
      }));

    it("a network that is gone in the middle of apply loses nothing: the rerun finishes it", () =>
      withVendor(async (vendor) => {
        const project = await emulatedProject(vendor, fortySections());
        let isGone = false;
        vendor.hook({
          first: () => {
            if (vendor.requests.some(({ operation }) => operation === "create")) isGone ||= !isBack;
            if (isGone) vendor.setFaults([{ operation: "any", nth: 1, kind: "die-before" }]);
          },
        });
        let isBack = false;
        const report = await project.apply().catch((error: unknown) => error);
        expect(report).not.toMatchObject({ exitCode: 0 });
        [isGone, isBack] = [false, true];
        vendor.clearFaults();
        const again = await project.apply();
        expect(again.exitCode).toBe(0);
        expect(vendor.people.keys()).toHaveLength(40);
        expect(unrest(await project.plan())).toEqual([]);
        expect((await emulatedOutcome(vendor, project.root)).tickets).toHaveLength(40);
      }));
  });
}

function isWrite({ operation }: { readonly operation: string }): boolean {
  return ["create", "update", "transition", "comment", "link"].includes(operation);
}

async function textsBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return Promise.all(entries.filter((entry) => entry.isFile()).map((entry) => readFile(join(entry.parentPath, entry.name), "utf8")));
}

const CANON = join(import.meta.dirname, "..", "harness", "canon-child.ts");

/** The program itself, with everything that it can be made to say. */
export function canonIn(root: string, vendor: RunningVendor, args: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
  const env = { ...process.env, ...vendor.credentials, CANON_DEBUG: "all", NODE_COMPILE_CACHE: join(tmpdir(), "canon-test-compile-cache") };
  return new Promise((resolve) => {
    execFile(process.execPath, [CANON, ...args], { cwd: root, env, maxBuffer: 1 << 26 }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, output: stdout + stderr }),
    );
  });
}
