/** Any ticket of every platform in one shape: by key, by address, from the cache, and what is said where there is none. */

import { mkdir, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { cleanCache } from "../../src/operations/clean.ts";
import { lookUp } from "../../src/operations/look-up.ts";
import { openWorkspace, type Workspace } from "../../src/operations/workspace.ts";
import { connect, openSource } from "../../src/wiring.ts";
import { tempFolder } from "../io/temp-folder.ts";
import { emulatedProject, emulatedWorld } from "./emulated-project.ts";
import { startVendor, VENDOR_NAMES, type RunningVendor } from "./emulated-vendors.ts";

async function workspaceOf(
  vendor: RunningVendor,
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly workspace: Workspace; readonly key: string; readonly root: string }> {
  const project = await emulatedProject(vendor, { "specs/a.md": "## Keys\n\nAbout **keys**.\n\n- [ ] works\n" });
  await project.apply();
  const { clock, env: credentials = {} } = emulatedWorld(vendor);
  const opened = await openWorkspace({ cwd: project.root, connect, openSource, ...(clock ? { clock } : {}), env: { ...credentials, ...env } });
  if (!opened.ok) throw new Error(JSON.stringify(opened.diagnostics));
  const key = /canon:ticket:[a-z]+:(\S+) -->/.exec(await project.read("specs/a.md"))?.[1] ?? "";
  return { workspace: opened.workspace, key: decodeURIComponent(key), root: project.root };
}

describe.each(VENDOR_NAMES)("%s", (name) => {
  it("shows a ticket in the one shape, and asks nobody again within an hour", async () => {
    const vendor = await startVendor(name);
    try {
      const { workspace, key, root } = await workspaceOf(vendor);
      const typed = name === "azure" ? `AB#${key}` : key.toLowerCase();
      const found = await lookUp(typed, workspace, { fresh: false });
      if (!found.ok) throw new Error(JSON.stringify(found.diagnostics));
      expect(found.cachedAt).toBeNull();
      expect(found.ticket).toMatchObject({ platform: vendor.system, key, title: "Keys", status: "open", assignee: null, metadata: { archivedAt: null } });
      expect(found.ticket.description).toContain("About **keys**.");
      expect(found.ticket.description).not.toContain("canon:base");
      expect(found.ticket.labels).toEqual([]);
      expect(found.ticket.branch).toMatch(/keys/);
      for (const time of [found.ticket.createdAt, found.ticket.updatedAt]) expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
      const asked = vendor.requests.length;
      const again = await lookUp(typed, workspace, { fresh: false });
      expect(again).toMatchObject({ ok: true, ticket: found.ticket, cachedAt: expect.stringMatching(/Z$/) });
      expect(vendor.requests).toHaveLength(asked);
      await lookUp(typed, workspace, { fresh: true });
      const later = vendor.requests.length;
      expect(later).toBeGreaterThan(asked);
      // By its address as well, and after an hour somebody is asked again.
      if (found.ticket.url !== null)
        expect(await lookUp(found.ticket.url, workspace, { fresh: true })).toMatchObject({ ok: true, ticket: { key: found.ticket.key } });
      vendor.clock.advance(3_700_000);
      await lookUp(typed, workspace, { fresh: false });
      expect(vendor.requests.length).toBeGreaterThan(later);
      await rm(join(root, ".canon", "cache"), { recursive: true });
    } finally {
      await vendor.close();
    }
  });

  it("says what is wrong: no such ticket, no token, a wrong one", async () => {
    const vendor = await startVendor(name);
    try {
      const { workspace, key } = await workspaceOf(vendor);
      const strange = key.replace(/\d+$/, "987654");
      expect(await lookUp(name === "azure" ? `AB#${strange}` : strange, workspace, { fresh: false })).toMatchObject({
        ok: false,
        diagnostics: [{ code: "lookup-failed", hint: expect.stringMatching(/\w/) }],
      });
      const [variable = ""] = Object.keys(vendor.credentials).filter((one) => /TOKEN|KEY|PAT$/.test(one));
      for (const value of ["", "not-the-token"]) {
        if (name === "github" && value === "") continue;
        const { workspace: other } = await workspaceWith(vendor, workspace.root, { [variable]: value });
        const refused = await lookUp(name === "azure" ? `AB#${key}` : key, other, { fresh: true });
        expect(refused).toMatchObject({ ok: false, diagnostics: [{ code: "lookup-failed", hint: expect.stringMatching(/\w/) }] });
        expect(JSON.stringify(refused)).not.toContain("not-the-token");
      }
    } finally {
      await vendor.close();
    }
  });
});

async function workspaceWith(vendor: RunningVendor, cwd: string, env: Readonly<Record<string, string>>): Promise<{ readonly workspace: Workspace }> {
  const { clock } = emulatedWorld(vendor);
  const opened = await openWorkspace({ cwd, connect, openSource, ...(clock ? { clock } : {}), env: { ...vendor.credentials, ...env } });
  if (!opened.ok) throw new Error(JSON.stringify(opened.diagnostics));
  return { workspace: opened.workspace };
}

it("warns of an archived ticket, and shows it all the same", async () => {
  const vendor = await startVendor("linear");
  try {
    const { workspace, key } = await workspaceOf(vendor);
    vendor.people.archive(key);
    expect(await lookUp(key, workspace, { fresh: true })).toMatchObject({
      ok: true,
      ticket: { key },
      diagnostics: [{ code: "ticket-archived", severity: "warning" }],
    });
  } finally {
    await vendor.close();
  }
});

it("keeps nothing through a link that came with the repository, and removes nothing behind one", async () => {
  const vendor = await startVendor("github");
  onTestFinished(() => vendor.close());
  const { workspace, key, root } = await workspaceOf(vendor);
  const outside = await tempFolder();
  const tickets = join(root, ".canon", "cache", "tickets");
  const look = async (): Promise<unknown> => lookUp(key, workspace, { fresh: true });
  await look();
  const [name = ""] = await readdir(tickets);
  // The name of a ticket's file is no secret.
  await writeFile(join(outside, "precious"), "mine");
  await rm(join(tickets, name));
  await symlink(join(outside, "precious"), join(tickets, name));
  await look();
  expect(await readFile(join(outside, "precious"), "utf8")).toBe("mine");
  await rm(tickets, { recursive: true });
  await symlink(outside, tickets);
  await look();
  expect(await readdir(outside)).toEqual(["precious"]);
  await mkdir(join(outside, "cache"));
  await rename(join(root, ".canon"), join(root, "canon-before"));
  await symlink(outside, join(root, ".canon"));
  expect(await cleanCache(workspace)).toBe(false);
  expect(await readdir(outside)).toEqual(["cache", "precious"]);
});
