/** What the simulation has found, in the fewest steps: each was a word lost, a second ticket, or a plan that never came to rest. */

import { renameSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { atDesk, editFile } from "../harness/at-desk.ts";
import { LOCAL_CONFIG, makeProject, type Project } from "../harness/project.ts";

const SHARED_BODY = LOCAL_CONFIG.replace("project: PAY", "project: PAY, fields: { body: shared }");
const SYNC = { direction: "both", vouches: true } as const;
const SPEC = "---\ntags: [api, infra]\n---\n\n# Pay\n\n## Keys\n\nText of keys.\n\nKept for a day.\n\n- [ ] unique\n";

function loseBase({ root }: Project): void {
  const database = new DatabaseSync(join(root, ".canon/local.sqlite"));
  database.exec("UPDATE ticket SET base = NULL");
  database.close();
}

async function addParagraph(project: Project, words: string): Promise<void> {
  await atDesk(project, async (desk) => desk.edit("PAY-1", { body: `${words}\n\n${(await desk.show("PAY-1")).ticket.body}` }));
}

it("brings a paragraph of the ticket into a spec that shares its body, and keeps it when the file is renamed", async () => {
  const project = await makeProject({ "specs/pay.md": SPEC }, SHARED_BODY);
  await project.apply();
  await addParagraph(project, "Ask Rio.");
  await project.apply(SYNC);
  expect(await project.read("specs/pay.md")).toContain("Ask Rio.");
  renameSync(join(project.root, "specs/pay.md"), join(project.root, "specs/money.md"));
  await project.apply(SYNC);
  expect((await project.tickets())[0]?.body).toContain("Ask Rio.");
});

it("asks where a base is lost and only the ticket has a paragraph: the spec may have lost it", async () => {
  const project = await makeProject({ "specs/pay.md": SPEC }, SHARED_BODY);
  await project.apply();
  await editFile(project, "specs/pay.md", (text) => text.replace("Kept for a day.\n\n", ""));
  loseBase(project);
  expect((await project.plan(SYNC)).conflicts.map(({ key, held }) => [key, held.map(({ field }) => field)])).toEqual([["PAY-1", ["body"]]]);
  await project.apply(SYNC);
  expect(await project.read("specs/pay.md")).not.toContain("Kept for a day.");
  await project.apply({ ...SYNC, decisions: [{ kind: "keep", address: "specs/pay.md#keys", field: null, keep: "tracker" }] });
  expect(await project.read("specs/pay.md")).toContain("Kept for a day.");
  expect((await project.plan(SYNC)).conflicts).toEqual([]);
});

it("gives a section a token of its own where the one that had its name has moved away with its ticket", async () => {
  const project = await makeProject({ "specs/pay.md": SPEC, "specs/other.md": "# Other\n" });
  await project.apply();
  const marked = await project.read("specs/pay.md");
  await project.write("specs/other.md", marked);
  await project.write("specs/pay.md", SPEC);
  expect((await project.apply()).exitCode).toBe(0);
  const tickets = await project.tickets();
  expect(new Set(tickets.map(({ token }) => token)).size).toBe(2);
  expect((await project.plan()).changes).toEqual([]);
});

it("writes labels to a ticket that had them before its base was lost", async () => {
  const project = await makeProject({ "specs/pay.md": SPEC });
  await project.apply();
  loseBase(project);
  await addParagraph(project, "Ask Rio.");
  await project.apply({ ...SYNC, decisions: [{ kind: "keep", address: "specs/pay.md#keys", field: null, keep: "tracker" }] });
  await editFile(project, "specs/pay.md", (text) => text.replace("[api, infra]", "[api, mobile]"));
  expect((await project.apply()).exitCode).toBe(0);
  expect((await project.tickets())[0]?.labels).toContain("mobile");
  expect((await project.plan()).changes).toEqual([]);
});

it("brings a tick back although words of that section cannot be", async () => {
  const project = await makeProject({ "specs/pay.md": "# Pay\n\n## Keys\n\n- a note\n- [ ] unique\n" }, SHARED_BODY);
  await project.apply();
  await atDesk(project, async (desk) => {
    await desk.edit("PAY-1", { body: (await desk.show("PAY-1")).ticket.body.replace("a note", "another note") });
    await desk.criterion("PAY-1", { kind: "tick", which: "1" });
  });
  const plan = await project.plan(SYNC);
  expect(plan.diagnostics.map(({ severity }) => severity)).toContain("error");
  await project.apply(SYNC);
  expect(await project.read("specs/pay.md")).toContain("- a note\n- [x] unique\n");
});

it("asks for a section whose file was renamed before its marker could be written", async () => {
  const text = "# Pay\n\n## Keys\n\n- [ ] unique\n";
  const project = await makeProject({ "specs/pay.md": text });
  let isRenamed = false;
  const report = await project
    .within({
      onEvent: ({ kind }) => {
        if (kind === "change" && !isRenamed) renameNow();
      },
    })
    .apply();
  function renameNow(): void {
    isRenamed = true;
    // Between the request and the marker.
    renameSync(join(project.root, "specs/pay.md"), join(project.root, "specs/money.md"));
  }
  expect(report.unmarked.map(({ key }) => key)).toEqual(["PAY-1"]);
  const plan = await project.plan();
  expect(plan.changes).toEqual([]);
  expect(plan.questions.map(({ kind, key }) => [kind, key])).toEqual([["claim", "PAY-1"]]);
});
