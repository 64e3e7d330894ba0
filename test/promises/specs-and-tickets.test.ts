/** The promises A1 to A6 of docs/behaviours.md, kept from end to end on the local tracker. */

import { describe, expect, test } from "vitest";
import { makeProject } from "../harness/project.ts";

const SPEC = `# Payments

## 1 Keys

### 1.1 Storage

#### 1.1.1 Expiry

- [ ] after a day

## 2 Refunds
`;

const config = (target: string, more = ""): string =>
  `id: test\nspecs: { include: ["specs/**/*.md"] }\nticket_systems:\n  main: { system: local, project: PAY${target} }\n${more}`;

describe("A1: types and parents", () => {
  test("depths become the types of hierarchy, and parents the enclosing section's ticket, in one run", async () => {
    const project = await makeProject({ "specs/payments.md": SPEC });
    await project.apply();
    const tickets = await project.tickets();
    const titleOf = (key: string | null): string | null => tickets.find((ticket) => ticket.key === key)?.title ?? null;
    expect(Object.fromEntries(tickets.map(({ title, type, parent }) => [title, [type, titleOf(parent)]]))).toEqual({
      Keys: ["Epic", null],
      Storage: ["Story", "Keys"],
      Expiry: ["Sub-task", "Storage"],
      Refunds: ["Epic", null],
    });
  });

  test("hierarchy may give other depths other types", async () => {
    const project = await makeProject({ "specs/payments.md": SPEC }, config(', hierarchy: { 3: "Story" }'));
    await project.apply();
    expect((await project.tickets()).map(({ title, type }) => [title, type])).toEqual([["Storage", "Story"]]);
  });

  test("without auto_parent every ticket stands alone", async () => {
    const project = await makeProject({ "specs/payments.md": SPEC }, config(", auto_parent: false"));
    await project.apply();
    expect((await project.tickets()).filter(({ title, parent }) => title === "Storage" && parent !== null)).toEqual([]);
  });
});

describe("A2: a section with a marker", () => {
  test("updates that ticket and creates none, even when title, text and place of everything else change", async () => {
    const project = await makeProject({ "specs/payments.md": SPEC });
    await project.apply();
    const before = (await project.tickets()).map(({ id }) => id).sort();
    const text = await project.read("specs/payments.md");
    await project.write("specs/payments.md", text.replace("## 2 Refunds", "## 9 Money back").replace("# Payments", "# Paying"));
    expect((await project.plan()).changes.map(({ action, title }) => [action, title])).toEqual([["update", "Money back"]]);
    await project.apply();
    const after = await project.tickets();
    expect(after.map(({ id }) => id).sort()).toEqual(before);
    expect(after.map(({ title }) => title)).toContain("Money back");
  });
});

describe("A4: both forms of the configuration", () => {
  const both = `id: test
specs: { include: ["specs/**/*.md"] }
sync: { system: local, project_key: PAY }
ticket_systems:
  web: { system: local, project: WEB }
routing:
  - match: { path: "specs/web/**" }
    target: web
  - match: { default: true }
    target: default
`;

  test("work together: sync is the target named default", async () => {
    const project = await makeProject({ "specs/pay.md": "## Pay\n", "specs/web/shop.md": "## Shop\n" }, both);
    const { changes } = await project.plan();
    expect(changes.map(({ target, title }) => `${target} ${title}`).sort()).toEqual(["default Pay", "web Shop"]);
  });

  test.each(["create_tickets: false", "auto_tickets: false"])("%s creates nothing, and says how many it left out", async (key) => {
    const text = key.startsWith("auto") ? config("").replace("specs: {", `specs: { ${key},`) : config(`, ${key}`);
    const { changes, leftOut } = await (await makeProject({ "specs/payments.md": SPEC }, text)).plan();
    expect(changes).toEqual([]);
    expect(leftOut.createOff).toBe(4);
  });

  test("reverse_sync: false reads nothing back", async () => {
    const project = await makeProject({ "specs/payments.md": SPEC }, config(", reverse_sync: false"));
    await project.apply();
    await (await project.desk()).edit("PAY-1", { title: "Other words" });
    expect((await project.plan()).observed).toEqual([]);
  });
});

describe("A5: routing", () => {
  const routed = `id: test
specs: { include: ["specs/**/*.md"] }
ticket_systems:
  oss: { system: local, project: OSS }
  sec: { system: local, project: SEC }
  eng: { system: local, project: ENG }
routing:
  - match: { tags: ["open-source"] }
    target: oss
  - match: { team: security, path: "specs/**" }
    target: sec
  - match: { owner: dana, path: "specs/secret/**" }
    target: sec
  - match: { default: true }
    target: eng
`;

  test("goes by tags, team, owner and path; keys of a rule must all match; the first rule wins", async () => {
    const project = await makeProject(
      {
        "specs/a.md": "---\ntags: [open-source]\nteam: security\n---\n\n## Both rules\n",
        "specs/b.md": "---\nteam: security\n---\n\n## Team\n",
        "specs/c.md": "---\nowner: dana\n---\n\n## Owner elsewhere\n",
        "specs/secret/d.md": "---\nowner: dana\n---\n\n## Owner and path\n",
        "specs/e.md": "## Anything\n",
      },
      routed,
    );
    const { changes } = await project.plan();
    expect(Object.fromEntries(changes.map(({ title, target }) => [title, target]))).toEqual({
      "Both rules": "oss",
      Team: "sec",
      "Owner elsewhere": "eng",
      "Owner and path": "sec",
      Anything: "eng",
    });
  });

  test("a dangling target is refused with the nearest name", async () => {
    await expect((await makeProject({}, routed.replace("target: oss", "target: os"))).plan()).rejects.toThrow(/oss/);
  });
});

describe("A6: status", () => {
  test("all six states reach the tracker by its own names, and a change of state is a transition", async () => {
    const states = ["draft", "todo", "in_progress", "blocked"] as const;
    const project = await makeProject(Object.fromEntries(states.map((state) => [`specs/${state}.md`, `---\nstatus: ${state}\n---\n\n## ${state}\n`])));
    const names = await (await project.desk()).statuses();
    await project.apply();
    const tickets = await project.tickets();
    for (const state of states) expect(names.map(({ name }) => name)).toContain(tickets.find(({ title }) => title === state)?.status);
    const text = await project.read("specs/todo.md");
    for (const [state, category] of [
      ["done", "done"],
      ["deprecated", "canceled"],
    ] as const) {
      await project.write("specs/todo.md", text.replace("status:todo", `status:${state}`));
      expect((await project.plan()).changes.map(({ action }) => action)).toEqual(["transition"]);
      await project.apply();
      expect((await project.tickets()).find(({ title }) => title === "todo")?.category).toBe(category);
    }
  });

  test("a name the tracker lacks is an error that lists those it has", async () => {
    const project = await makeProject({ "specs/payments.md": SPEC }, config(', status_map: { todo: "Waiting for Godot" }'));
    const names = (await (await project.desk()).statuses()).map(({ name }) => name);
    const { diagnostics, targets } = await project.plan();
    const said = diagnostics.map(({ message, hint = "" }) => `${message} ${hint}`).join("\n");
    expect(said).toContain("Waiting for Godot");
    for (const name of names) expect(said).toContain(name);
    expect(targets.map(({ applyable }) => applyable)).toEqual([false]);
    await expect(project.apply()).rejects.toThrow("Waiting for Godot");
    expect(await project.tickets()).toEqual([]);
  });
});
