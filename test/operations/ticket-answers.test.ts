/** The answers to a ticket that people made: a label that says it is none of ours, or a section of its own. */

import { describe, expect, it } from "vitest";
import type { Plan, Selection } from "../../src/core/model/plan.ts";
import { atDesk } from "../harness/at-desk.ts";
import { canon } from "../harness/canon.ts";
import { applyInChild, copyOf, twoAtATime } from "../harness/kill.ts";
import { LOCAL_CONFIG, makeProject, type Project } from "../harness/project.ts";

const SPEC = "# Pay\n\n## Keys\n\nText of keys.\n\n### Rotation\n\nEvery year.\n\n## Refunds\n\nMoney back.\n\n## Ceremony\n\nAn older one.\n";

const BODY = "Two people, **one** room.\n\n```sh\nopenssl rand 32\n```\n";

async function withIdea(body = BODY, title = "Ceremony"): Promise<{ readonly project: Project; readonly key: string }> {
  const project = await makeProject({ "specs/pay.md": SPEC });
  expect((await project.apply()).exitCode).toBe(0);
  const key = await atDesk(project, async (desk) => {
    const made = await desk.create({ title, parent: "PAY-1", type: "Story", body, status: "In Progress" });
    await desk.criterion(made.key, { kind: "add", text: "two signatures" });
    return made.key;
  });
  return { project, key };
}

function accepting(key: string, address = "specs/pay.md#keys"): Partial<Selection> {
  return { addresses: [address], includeDone: true, decisions: [{ kind: "accept", address, target: "main", key }] };
}

const kinds = ({ questions }: Plan): readonly string[] => questions.map(({ kind }) => kind);
const quiet = ({ changes, conflicts, questions, observed, orphans }: Plan): readonly unknown[] => [changes, conflicts, questions, observed, orphans];

describe("canon ticket accept", () => {
  it("writes a section below the one that is named, behind all that stands under it, and adopts the ticket as it is", async () => {
    const { project, key } = await withIdea();
    const before = await atDesk(project, async (desk) => (await desk.show(key)).ticket);
    const plan = await project.plan(accepting(key));
    expect(plan.changes).toMatchObject([{ action: "adopt", address: "specs/pay.md#ceremony-2", key, edits: [{ before: [] }] }]);
    expect((await project.apply(accepting(key))).exitCode).toBe(0);
    const spec = await project.read("specs/pay.md");
    expect(spec).toContain(
      [
        "### Ceremony",
        `<!-- canon:ticket:local:${key} -->`,
        "<!-- canon:system:ceremony-2 status:in_progress -->",
        "",
        "Two people, **one** room.",
        "",
        "```sh",
        "openssl rand 32",
        "```",
        "",
        "- [ ] two signatures",
        "",
        "## Refunds",
      ].join("\n"),
    );
    expect(spec.indexOf("### Ceremony")).toBeGreaterThan(spec.indexOf("Every year."));
    const after = await atDesk(project, async (desk) => (await desk.show(key)).ticket);
    expect({ ...after, base: null, revision: "", updatedAt: "", updatedBy: "" }).toEqual({ ...before, base: null, revision: "", updatedAt: "", updatedBy: "" });
    expect(after.base).toMatchObject({ address: "specs/pay.md#ceremony-2", workspace: "test" });
    expect(quiet(await project.plan())).toEqual([[], [], [], [], []]);
  });

  it("makes hostile words safe, and nothing else of the spec changes", async () => {
    const hostile = "# Not a heading\n\n<!-- canon:skip -->\n\n<script>alert(1)</script>\n\n- [ ] no criterion\n\n~~~\nnever closed";
    const { project, key } = await withIdea(hostile, "Take <!-- canon:skip --> *care*");
    const before = await project.read("specs/pay.md");
    expect((await project.apply(accepting(key))).exitCode).toBe(0);
    const spec = await project.read("specs/pay.md");
    expect(spec).not.toMatch(/^<!-- canon:skip -->$/m);
    const added = spec.split("\n").filter((line) => !before.split("\n").includes(line));
    expect(before.split("\n").filter((line) => !spec.split("\n").includes(line))).toEqual([]);
    expect(added.length).toBeGreaterThan(4);
    const plan = await project.plan();
    expect(plan.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect([plan.changes, plan.conflicts, plan.questions, plan.orphans]).toEqual([[], [], [], []]);
    // What was made safe may differ from what people wrote, as both sides left it; nobody has to decide anything.
    expect(plan.observed.flatMap(({ held }) => held.map(({ verdict }) => verdict)).filter((verdict) => verdict !== "apart")).toEqual([]);
  });

  it.each([
    ["the ticket of a section", "PAY-1", "specs/pay.md#refunds", /is the ticket of specs\/pay\.md#keys already/],
    ["what is not there", "PAY-99", "specs/pay.md#keys", /has no ticket PAY-99/],
    ["a place that is skipped", "PAY-5", "specs/pay.md#refunds", /is skipped/],
  ])("refuses %s", async (_what, key, into, why) => {
    const { project } = await withIdea();
    if (into.endsWith("refunds") && key === "PAY-5")
      await project.write("specs/pay.md", (await project.read("specs/pay.md")).replace("## Refunds\n", "## Refunds\n<!-- canon:skip -->\n"));
    const spec = await project.read("specs/pay.md");
    const plan = await project.plan(accepting(key, into));
    expect(plan.changes).toEqual([]);
    expect(plan.diagnostics.filter(({ code }) => code === "accept-refused").map(({ message }) => message)).toEqual([expect.stringMatching(why)]);
    expect(await project.read("specs/pay.md")).toBe(spec);
  });

  it("killed anywhere, is ended by the same command", { timeout: 300_000 }, async () => {
    const { project: start, key } = await withIdea();
    const selection = accepting(key);
    const whole = await applyInChild((await copyOf(start)).root, { moment: 0, selection });
    if (whole.killed) throw new Error("nobody was to be killed");
    await twoAtATime(
      whole.labels.flatMap((label, index) => (/lock\.json/.test(label) ? [] : [index + 1])),
      async (moment) => {
        const what = `killed at ${moment}: ${whole.labels[moment - 1] ?? "?"}`;
        const project = await copyOf(start);
        expect(await applyInChild(project.root, { moment, selection }), what).toEqual({ killed: true });
        // What is done already is refused, in words.
        await project.apply(selection);
        expect((await project.read("specs/pay.md")).match(/^### Ceremony$/gm), what).toHaveLength(1);
        expect(await atDesk(project, async (desk) => (await desk.show(key)).ticket.base?.address), what).toBe("specs/pay.md#ceremony-2");
        expect(quiet(await project.plan()), what).toEqual([[], [], [], [], []]);
      },
    );
  });

  it("asks at the command line, shows with -n, and tells a key and a place that are wrong", async () => {
    const { project, key } = await withIdea();
    const run = (...words: readonly string[]): ReturnType<typeof canon> => canon(["ticket", "accept", ...words, "-C", project.root]);
    expect(await run(key)).toMatchObject({ code: 64, stderr: expect.stringContaining("--into") });
    expect(await run(key, "--into", "specs/pay.md#keyz", "-n")).toMatchObject({ code: 1, stderr: expect.stringContaining("specs/pay.md#keys") });
    expect(await run("OPS-1", "--into", "specs/pay.md#keys", "-n")).toMatchObject({ code: 1, stderr: expect.stringContaining("OPS-1") });
    expect(await run(key, "--into", "specs/pay.md#keys")).toMatchObject({ code: 64, stderr: expect.stringContaining("--auto-approve") });
    expect(await run(key, "--into", "specs/pay.md#keys", "-n")).toMatchObject({ code: 0, stdout: expect.stringContaining("Ceremony") });
    expect(await project.read("specs/pay.md")).not.toContain("### Ceremony");
    expect(await run(key, "--into", "specs/pay.md#keys", "--auto-approve")).toMatchObject({ code: 0 });
    expect(await project.read("specs/pay.md")).toContain("### Ceremony");
  });
});

describe("canon ticket ignore", () => {
  it("puts the label on, and nobody is asked again", async () => {
    const { project, key } = await withIdea();
    expect(kinds(await project.plan())).toEqual(["unmapped"]);
    const run = (...words: readonly string[]): ReturnType<typeof canon> => canon(["ticket", "ignore", ...words, "-C", project.root]);
    expect(await run(key, "-n")).toMatchObject({ code: 0, stdout: expect.stringContaining("would get the label canon-ignore") });
    expect(kinds(await project.plan())).toEqual(["unmapped"]);
    expect(await run(key)).toMatchObject({ code: 0, stdout: expect.stringContaining("1 ticket gets the label canon-ignore") });
    const { labels, base, title } = await atDesk(project, async (desk) => (await desk.show(key)).ticket);
    expect({ labels, base, title }).toEqual({ labels: ["canon-ignore"], base: null, title: "Ceremony" });
    expect(quiet(await project.plan())).toEqual([[], [], [], [], []]);
    expect(await run(key, "--json")).toMatchObject({ code: 0, stdout: expect.stringContaining('"already":[{') });
    const runs = await canon(["runs", "-C", project.root]);
    expect(runs.stdout).toContain("canon ticket ignore");
  });

  it("writes nothing where one of several is a section's own, or is not there", async () => {
    const { project, key } = await withIdea();
    const run = await canon(["ticket", "ignore", key, "PAY-1", "PAY-99", "-C", project.root]);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain("PAY-1 is the ticket of specs/pay.md#keys");
    expect(run.stdout).toContain("PAY-99");
    expect(await atDesk(project, async (desk) => (await desk.show(key)).ticket.labels)).toEqual([]);
  });

  it("asks which target, where a key could belong to two", async () => {
    const { project, key } = await withIdea();
    await project.write("canon.config.yaml", `${LOCAL_CONFIG}  twin: { system: local, project: PAY, path: .canon/twin.sqlite }\n`);
    const unsure = await canon(["ticket", "ignore", key, "-C", project.root]);
    expect(unsure).toMatchObject({ code: 1, stderr: expect.stringContaining("--target main") });
    expect(await canon(["ticket", "ignore", key, "--target", "main", "-C", project.root])).toMatchObject({ code: 0 });
  });
});

describe("a heading at another depth", () => {
  it("is asked about where the tracker cannot convert the ticket, and the rest is written", async () => {
    const project = await makeProject({ "specs/pay.md": "# Pay\n\n## Keys\n\nText.\n\n### Rotation\n\nEvery year.\n" });
    await project.apply();
    await project.write("specs/pay.md", (await project.read("specs/pay.md")).replace("### Rotation", "## Rotation").replace("Every year.", "Every month."));
    expect((await project.plan()).changes).toMatchObject([{ title: "Rotation", fields: expect.arrayContaining([expect.objectContaining({ field: "type" })]) }]);
    await atDesk(project, (desk) => desk.behave({ convertsTypes: false }));
    const plan = await project.plan();
    expect(plan.questions).toMatchObject([{ kind: "level-changed", key: "PAY-2", address: "specs/pay.md#rotation" }]);
    expect(plan.changes.flatMap(({ fields }) => fields.map(({ field }) => field))).toEqual(["parent", "body"]);
    expect((await project.apply()).exitCode).toBe(4);
    const left = await project.plan();
    expect([left.changes, left.questions.map(({ kind }) => kind)]).toEqual([[], ["level-changed"]]);
  });
});
