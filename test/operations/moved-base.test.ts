/** A list may show a ticket with an older base than it has: what is pulled then would be noted against the wrong one. */

import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import type { Base } from "../../src/core/model/base.ts";
import { connect } from "../../src/wiring.ts";
import { atDesk, editFile } from "../harness/at-desk.ts";
import { makeProject, type Project } from "../harness/project.ts";

const SPEC = "specs/pay.md";
const TEXT = "## Keys\n\nText.\n\n- [ ] works\n- [x] fast\n";

async function applied(): Promise<{ readonly project: Project; readonly base: Base | null }> {
  const project = await makeProject({ [SPEC]: TEXT });
  await project.apply();
  const [ticket] = await project.tickets();
  return { project, base: ticket?.base ?? null };
}

/** Its lists show the ticket with this base; read by key it is as it is. */
function lagging(project: Project, base: Base | null): Project {
  return project.within({
    connect: async (target, context) => {
      const connection = await connect(target, context);
      if (!connection.ok) return connection;
      const { tracker } = connection;
      let isPlanned = false;
      const read: typeof tracker.read = async (query) => {
        const snapshot = await tracker.read(query);
        if (isPlanned && "keys" in query) return snapshot;
        isPlanned = true;
        return { ...snapshot, tickets: snapshot.tickets.map((ticket) => ({ ...ticket, base })) };
      };
      return { ok: true, tracker: { ...tracker, read } };
    },
  });
}

const bodyOf = (project: Project): Promise<string> => atDesk(project, async (desk) => (await desk.show("PAY-1")).ticket.body);

it("keeps a paragraph that people put on the ticket, and Canon has noted already", async () => {
  const { project, base } = await applied();
  await atDesk(project, async (desk) => desk.edit("PAY-1", { body: `Of people.\n\n${(await desk.show("PAY-1")).ticket.body}` }));
  await project.apply({ direction: "both" });
  expect((await lagging(project, base).apply({ direction: "both" })).results).toMatchObject([
    { state: "held", message: "PAY-1 holds another note of what was agreed than the plan saw." },
  ]);
  await editFile(project, SPEC, (text) => text.replace("Text.", "Other text."));
  await project.apply({ direction: "both" });
  expect(await bodyOf(project)).toContain("Of people.\n\nOther text.");
});

it("brings nothing into the spec that was merged against a base that is lost by now", async () => {
  const { project, base } = await applied();
  await atDesk(project, async (desk) => {
    const { body } = (await desk.show("PAY-1")).ticket;
    await desk.edit("PAY-1", { body: body.replace("- [ ] works\n- [x] fast", "- [x] fast\n- [ ] works") });
  });
  const database = new DatabaseSync(join(project.root, ".canon/local.sqlite"));
  database.exec("UPDATE ticket SET base = NULL");
  database.close();
  const before = await project.read(SPEC);
  expect((await lagging(project, base).apply({ direction: "both" })).results).toMatchObject([{ state: "held" }]);
  expect(await project.read(SPEC)).toBe(before);
});
