/** A ticket that is gone is made again only when somebody says so, and then once, whatever happens in between. */

import { describe, expect, it } from "vitest";
import type { Plan } from "../../src/core/model/plan.ts";
import { atDesk, editFile } from "../harness/at-desk.ts";
import { makeProject, type Project } from "../harness/project.ts";
import { openShell } from "../cli/captured-world.ts";

const SPEC = "specs/pay.md";
const ADDRESS = `${SPEC}#refunds`;
const TEXT = "# Pay\n\n## Keys\n\nText of keys.\n\n## Refunds\n\nMoney back.\n";
const RECREATE = { addresses: [ADDRESS], decisions: [{ kind: "recreate", address: ADDRESS } as const] };

/** PAY-2 was the ticket of the section, and somebody deleted it. */
async function bereft(text = TEXT): Promise<Project> {
  const project = await makeProject({ [SPEC]: text });
  await project.apply();
  await atDesk(project, (desk) => desk.remove("PAY-2"));
  return project;
}

const told = ({ changes, questions, diagnostics }: Plan): object => ({
  changes: changes.map(({ action, reason, key, title }) => `${action} ${key ?? title} ${reason}`),
  questions: questions.map(({ kind }) => kind),
  problems: diagnostics.map(({ code, severity }) => `${severity} ${code}`),
});

const NOTHING = { changes: [], questions: [], problems: [] };

describe("recreate", () => {
  it("is what the question about the missing ticket names", async () => {
    const plan = await (await bereft()).plan();
    expect(told(plan)).toEqual({ ...NOTHING, questions: ["ticket-missing"] });
    expect(plan.questions[0]?.hint).toContain(`canon recreate ${ADDRESS}`);
  });

  it("creates with the next generation, and the marker names the new ticket", async () => {
    const project = await bereft();
    const plan = await project.plan(RECREATE);
    expect(told(plan)).toEqual({ ...NOTHING, changes: ["create Refunds ticket-missing"] });
    expect(plan.changes[0]?.splice?.before).toEqual(["<!-- canon:ticket:local:PAY-2 -->", "<!-- canon:system:refunds status:draft -->"]);
    expect((await project.apply(RECREATE)).exitCode).toBe(0);
    expect(await project.read(SPEC)).toContain("## Refunds\n<!-- canon:ticket:local:PAY-3 -->\n<!-- canon:system:refunds status:draft gen:2 -->\n\nMoney");
    expect(told(await project.plan())).toEqual(NOTHING);
  });

  it("can be done again and again", async () => {
    const project = await bereft();
    await project.apply(RECREATE);
    await atDesk(project, (desk) => desk.remove("PAY-3"));
    await project.apply(RECREATE);
    expect(await project.read(SPEC)).toContain("<!-- canon:ticket:local:PAY-4 -->\n<!-- canon:system:refunds status:draft gen:3 -->\n");
  });

  it.each([
    ["has a ticket that exists", `${SPEC}#keys`],
    ["has none yet", `${SPEC}#new`],
  ])("is refused for a section that %s", async (_what, address) => {
    const project = await bereft(`${TEXT}\n`);
    await editFile(project, SPEC, (text) => `${text}\n## New\n\nSomething.\n`);
    const plan = await project.plan({ addresses: [address], decisions: [{ kind: "recreate", address }] });
    expect(told(plan)).toEqual({ ...NOTHING, problems: ["error recreate-refused"] });
  });

  it("is refused where the tracker was read in part", async () => {
    const project = await bereft();
    await atDesk(project, (desk) => desk.setFaults([{ operation: "read", nth: 1, kind: "partial" }]));
    expect(told(await project.plan(RECREATE))).toEqual({ ...NOTHING, problems: ["error tracker-unreachable", "error recreate-refused"] });
  });

  it("is refused once it is done", async () => {
    const project = await bereft();
    await project.apply(RECREATE);
    expect(told(await project.plan(RECREATE))).toEqual({ ...NOTHING, problems: ["error recreate-refused"] });
  });

  it("does not take the lost section's new ticket for that of another with the same text", async () => {
    const project = await bereft("# Pay\n\n## Keys\n\nSame text.\n\n## Refunds\n\nSame text.\n");
    await editFile(project, SPEC, (text) => `${text}\n## Again\n\nSame text.\n`);
    await project.write("specs/other.md", "# Other\n");
    // The marker cannot be written: the ticket is known by its claim alone.
    const broken = project.within({
      disk: {
        ...(await project.open()).disk,
        rename: async (from, to) => {
          if (to.endsWith("pay.md")) throw Object.assign(new Error("read-only"), { code: "EROFS" });
          return (await project.open()).disk.rename(from, to);
        },
      },
    });
    expect((await broken.apply(RECREATE)).unmarked.map(({ key }) => key)).toEqual(["PAY-3"]);
    expect(told(await project.plan())).toEqual({ ...NOTHING, changes: ["marker PAY-3 marker-lost", "create Again new-section"] });
    await project.apply();
    expect(await project.read(SPEC)).toMatch(
      /## Refunds\n<!-- canon:ticket:local:PAY-3 -->\n<!-- canon:system:refunds status:draft gen:2 -->\n\nSame text\.\n\n## Again\n<!-- canon:ticket:local:PAY-4 -->/,
    );
    expect(told(await project.plan())).toEqual(NOTHING);
  });

  it("finds the ticket by its token where nothing else is left of the run that made it", async () => {
    const project = await bereft();
    const before = await project.read(SPEC);
    await project.apply(RECREATE);
    await project.write(SPEC, before);
    expect(told(await project.plan())).toEqual({ ...NOTHING, changes: ["marker PAY-3 marker-lost"] });
    expect(told(await project.plan(RECREATE))).toEqual({ ...NOTHING, changes: ["marker PAY-3 marker-lost"] });
    await project.apply();
    expect(await project.read(SPEC)).toContain("<!-- canon:ticket:local:PAY-3 -->\n<!-- canon:system:refunds status:draft gen:2 -->\n");
  });

  it("takes what people changed elsewhere in the file along", async () => {
    const project = await bereft();
    await atDesk(project, (desk) => desk.move("PAY-1", "In Progress"));
    expect((await project.apply({ direction: "both", vouches: true, decisions: RECREATE.decisions })).exitCode).toBe(0);
    expect(await project.read(SPEC)).toContain("<!-- canon:system:keys status:in_progress -->");
    expect(await project.read(SPEC)).toContain("<!-- canon:ticket:local:PAY-3 -->\n<!-- canon:system:refunds status:draft gen:2 -->\n");
    const [token] = (await project.tickets()).flatMap(({ key, token: of, base }) => (key === "PAY-3" ? [[of, base?.token]] : []));
    expect(token?.[0]).toBe(token?.[1]);
    expect(told(await project.plan({ direction: "both", vouches: true }))).toEqual(NOTHING);
  });
});

describe("canon recreate", () => {
  it("recreates every section below an address that misses its ticket", async () => {
    const project = await bereft();
    const shell = openShell();
    const ran = await shell.canon("recreate", "specs", "-C", project.root, "--auto-approve");
    expect(ran).toMatchObject({ exitCode: 0, err: "" });
    expect(ran.out).toContain("in place of one that is gone");
    expect(await project.read(SPEC)).toContain("<!-- canon:ticket:local:PAY-3 -->");
    expect((await shell.canon("recreate", "specs", "-C", project.root, "--auto-approve")).out).toBe("  No section here misses its ticket.\n");
  });

  it("only shows with -n, asks without it, and says why not", async () => {
    const project = await bereft();
    const shell = openShell();
    expect((await shell.canon("recreate", ADDRESS, "-C", project.root, "-n")).out).toContain("1 create");
    expect((await shell.canon("recreate", ADDRESS, "-C", project.root)).exitCode).toBe(64);
    expect((await shell.asked(["no"], "recreate", ADDRESS, "-C", project.root)).out).toContain("Nothing was written.");
    const refused = await shell.canon("recreate", `${SPEC}#keys`, "-C", project.root, "--auto-approve");
    expect([refused.exitCode, refused.out.includes("The section has PAY-1")]).toEqual([1, true]);
    expect(await project.tickets()).toHaveLength(1);
  });
});
