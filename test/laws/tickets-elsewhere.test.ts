/** Laws 4 and 12: copied, doubled, removed, archived, moved and foreign tickets are told, never adopted by chance, never created again. */

import { describe, expect, it } from "vitest";
import { atDesk, counts, editFile, QUIET } from "../harness/at-desk.ts";
import { outcomeOf } from "../harness/outcome.ts";
import { LOCAL_CONFIG, makeProject, type Project } from "../harness/project.ts";

const SPEC = `## One

Body one.

- [ ] first

## Two

Body two.

### Two A

Body two a.
`;

async function applied(files: Readonly<Record<string, string>> = { "specs/one.md": SPEC }): Promise<Project> {
  const project = await makeProject(files);
  expect((await project.apply()).exitCode).toBe(0);
  return project;
}

const editSpec = (project: Project, change: (text: string) => string): Promise<void> => editFile(project, "specs/one.md", change);

/** Everything people see of every ticket. */
async function seen(project: Project): Promise<readonly unknown[]> {
  return (await outcomeOf(project)).tickets;
}

describe("what people do to tickets", () => {
  it("a copy is never adopted, and stops nothing", async () => {
    const project = await applied();
    const copy = await atDesk(project, (desk) => desk.duplicate("PAY-1"));
    expect(counts(await project.plan())).toEqual(QUIET);
    expect((await project.apply()).exitCode).toBe(0);
    await editSpec(project, (text) => text.replace(/<!-- canon:ticket:local:PAY-1 -->\n/, "").replace("## Two", "## Due"));
    expect((await project.apply()).exitCode).toBe(0);
    expect(await project.read("specs/one.md")).toContain("## One\n<!-- canon:ticket:local:PAY-1 -->");
    expect((await atDesk(project, (desk) => desk.show(copy.key))).ticket.title).toBe("One (copy)");
    expect(counts(await project.plan())).toEqual(QUIET);
  });

  it("a marker that names a copy is a question", async () => {
    const project = await applied();
    const copy = await atDesk(project, (desk) => desk.duplicate("PAY-1"));
    await editSpec(project, (text) => text.replace("ticket:local:PAY-1", `ticket:local:${copy.key}`).replace("Body one.", "Another."));
    const before = await seen(project);
    const plan = await project.plan();
    expect(plan.questions.map(({ kind, key }) => [kind, key])).toEqual([["copy", copy.key]]);
    expect(plan.changes).toEqual([]);
    expect((await project.apply()).exitCode).toBe(4);
    expect(await seen(project)).toEqual(before);
  });

  it("a second ticket for a section, landed beyond D, is found: exit 8, and both are shown", async () => {
    const project = await applied();
    await atDesk(project, (desk) => desk.behave({ clientIds: false }));
    const [first] = await project.tickets();
    if (!first?.base) throw new Error("no base");
    const { config, connect } = await project.open();
    const [target] = config.targets;
    const connection = target && (await connect(target));
    if (!connection?.ok) throw new Error("no tracker");
    await connection.tracker.create([{ ...first, token: first.base.token, base: { ...first.base, ticket: null }, extra: {} }]);
    await connection.tracker.close();
    const plan = await project.plan();
    expect(plan.diagnostics.filter(({ code }) => code === "token-twice").map(({ message }) => message)).toEqual([
      "PAY-1 and PAY-4 were both created for this section.",
    ]);
    expect(plan.orphans).toEqual([]);
    expect((await project.apply()).exitCode).toBe(8);
    await editSpec(project, (text) => text.replace(/<!-- canon:ticket:local:PAY-1 -->\n/, ""));
    expect((await project.apply()).exitCode).toBe(8);
    expect(await seen(project)).toHaveLength(4);
    // Closing one of them answers it.
    await atDesk(project, (desk) => desk.close("PAY-4", "canceled"));
    expect((await project.apply()).exitCode).toBe(0);
    expect(counts(await project.plan())).toEqual(QUIET);
  });

  it("a ticket that was removed is a question, and is not created again", async () => {
    const project = await applied();
    await atDesk(project, (desk) => desk.remove("PAY-1"));
    const plan = await project.plan();
    expect(plan.questions.map(({ kind, key }) => [kind, key])).toEqual([["ticket-missing", "PAY-1"]]);
    expect(plan.changes).toEqual([]);
    expect((await project.apply()).exitCode).toBe(4);
    expect(await seen(project)).toHaveLength(2);
  });

  it("an archived ticket is not written to, and not created again", async () => {
    const project = await applied();
    await atDesk(project, (desk) => desk.archive("PAY-1", true));
    await editSpec(project, (text) => text.replace("## One", "## Uno").replace("## Two", "## Due"));
    const report = await project.apply();
    expect(report.exitCode).not.toBe(0);
    expect(await seen(project)).toHaveLength(3);
    const tickets = await atDesk(project, (desk) => desk.list({ archived: true }));
    expect(tickets.map(({ title }) => title).sort()).toEqual(["Due", "One", "Two A"]);
  });

  it("a ticket that was moved to another project is followed, told, and not created again", async () => {
    const project = await applied();
    await atDesk(project, (desk) => desk.transfer("PAY-1", "OPS"));
    const left = await project.plan();
    expect(left.changes).toEqual([]);
    expect(left.diagnostics.map(({ code }) => code)).toEqual(["ticket-left"]);
    expect((await project.apply()).exitCode).toBe(0);
    expect(await project.read("specs/one.md")).toContain("## One\n<!-- canon:ticket:local:PAY-1 -->");
    const before = await project.read("specs/one.md");
    await editFile(project, "specs/one.md", (text) => text.replace("## One\n", "## Uno\n"));
    const edited = await project.plan();
    expect([edited.changes, edited.questions.map(({ kind, key }) => [kind, key])]).toEqual([[], [["ticket-left", "OPS-1"]]]);
    expect((await project.apply()).exitCode).toBe(4);
    expect(JSON.stringify(await seen(project))).not.toContain("Uno");
    await project.write("specs/one.md", before);
    await editFile(
      project,
      "canon.config.yaml",
      (text) => `${text.trimEnd()}\n  ops: { system: local, project: OPS }\nrouting: [{ match: { default: true }, target: main }]\n`,
    );
    expect((await project.plan()).changes.map(({ action, key }) => [action, key])).toEqual([["marker", "OPS-1"]]);
    await project.apply();
    expect(await project.read("specs/one.md")).toContain("## One\n<!-- canon:ticket:local:OPS-1 -->");
    expect(await project.tickets()).toHaveLength(3);
  });

  it("a ticket of another workspace is left alone", async () => {
    const project = await applied();
    await editFile(project, "canon.config.yaml", (text) => text.replace("id: test", "id: other"));
    const before = await seen(project);
    await editSpec(project, (text) => text.replace("## One", "## Uno"));
    const plan = await project.plan();
    expect(plan.changes).toEqual([]);
    expect(plan.diagnostics.map(({ code }) => code)).toContain("ticket-elsewhere");
    expect((await project.apply()).exitCode).toBe(1);
    expect(await seen(project)).toEqual(before);
  });

  it("another workspace on the same project makes its own tickets and touches no others", async () => {
    const project = await applied();
    await project.write("other.config.yaml", LOCAL_CONFIG.replace("id: test", "id: other").replace("specs/**", "others/**"));
    await project.write("others/one.md", SPEC);
    const other = project.within({ config: "other.config.yaml" });
    const before = await seen(project);
    expect((await other.apply()).exitCode).toBe(0);
    expect(await seen(project)).toHaveLength(6);
    expect((await seen(project)).filter((ticket) => before.some((one) => JSON.stringify(one) === JSON.stringify(ticket)))).toHaveLength(3);
    expect(counts(await project.plan())).toEqual(QUIET);
    expect((await project.plan()).targets[0]?.elsewhere).toBe(3);
  });

  it("one ticket on two sections stops both, and only them", async () => {
    const project = await applied({ "specs/one.md": SPEC, "specs/two.md": "## Other\n\nBody.\n" });
    await editFile(project, "specs/two.md", (text) =>
      text
        .replace("## Other\n", "## Other\n")
        .replace(/ticket:local:PAY-\d/, "ticket:local:PAY-1")
        .replace("Body.", "New body."),
    );
    await editSpec(project, (text) => text.replace("Body one.", "New body one.").replace("Body two.", "New body two."));
    const plan = await project.plan();
    expect(plan.diagnostics.filter(({ code }) => code === "ticket-twice").map(({ place, also }) => [place?.path, also?.map(({ path }) => path)])).toEqual([
      ["specs/one.md", ["specs/two.md"]],
      ["specs/two.md", ["specs/one.md"]],
    ]);
    expect(plan.changes.map(({ address }) => address)).toEqual(["specs/one.md#two"]);
    expect((await project.apply()).exitCode).toBe(5);
  });
});
