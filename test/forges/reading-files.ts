/** The exam, reading: branches and references, files byte for byte at a commit, and where commits lie. */

import { expect } from "vitest";
import { kindOf, NOWHERE, SPEC, START, subjects, TICK, type ForgeExam } from "./stage.ts";

export const READING_FILES: readonly ForgeExam[] = [
  {
    name: "a repository says what it is, who Canon is there and what Canon may do",
    async run({ forge, account }) {
      const found = await forge.repository();
      expect(found).toMatchObject({ defaultBranch: "main", visibility: "private", account });
      expect(found.name).toMatch(/^[^\s/]+\/[^\s/]+$/);
      for (const command of ["plan", "apply", "pull"] as const) expect(found.token.needs[command].length).toBeGreaterThan(0);
      // A host that does not tell says so.
      if (found.granted === null) expect(found.token.remarks).not.toEqual([]);
      else expect(found.granted).toEqual(expect.arrayContaining([...found.needed]));
      expect(forge.identity).not.toMatch(/@|^\w+:\/\//);
    },
  },
  {
    name: "branches are found by the beginning of their names, whole and not as a pattern",
    async run(stage) {
      const person = await stage.person("dana", "write");
      const pay = await person.push("canon/sync/payments", [{ path: "a.md", content: "a\n" }]);
      const key = await person.push("canon/sync/schlüssel", [{ path: "a.md", content: "b\n" }]);
      await person.push("x/canon/sync/payments", [{ path: "a.md", content: "d\n" }]);
      expect(await stage.forge.branches("canon/sync/")).toEqual([
        { name: "canon/sync/payments", head: pay },
        { name: "canon/sync/schlüssel", head: key },
      ]);
      expect((await stage.forge.branches("")).map(({ name }) => name)).toEqual(
        expect.arrayContaining(["main", "canon/sync/payments", "x/canon/sync/payments"]),
      );
      expect(await stage.forge.branches("nothing")).toEqual([]);
      expect(await stage.forge.branches("*")).toEqual([]);
    },
  },
  {
    name: "a reference stands at its commit, and where there is none at null",
    async run(stage) {
      expect(await stage.forge.head("refs/heads/main")).toBe(stage.first);
      const next = await (await stage.person("dana")).push("main", [{ path: "a.md", content: "a\n" }]);
      expect(await stage.forge.head("refs/heads/main")).toBe(next);
      for (const ref of ["refs/heads/missing", "refs/heads/mai", "refs/canon/bot"]) expect(await stage.forge.head(ref)).toBe(null);
    },
  },
  {
    name: "the paths of a commit are its plain files, blanks and letters of all kinds kept",
    async run(stage) {
      const person = await stage.person("dana");
      const odd = ["specs/zu zahlen.md", "specs/Übersicht.md", 'specs/say "hi".md', "specs/a\tb.md", "決済/返金.md"];
      const commit = await person.push("main", [
        ...odd.map((path) => ({ path, content: `${path}\n` })),
        { path: "run.sh", content: "exit\n", kind: "executable" },
        { path: "link.md", content: SPEC, kind: "link" },
        { path: "vendored", content: stage.first, kind: "submodule" },
      ]);
      expect([...(await stage.forge.paths(commit))].sort()).toEqual([...Object.keys(START), ...odd, "run.sh"].sort());
      expect([...(await stage.forge.paths(stage.first))].sort()).toEqual(Object.keys(START).sort());
      expect(await stage.forge.read(commit, odd)).toEqual(new Map(odd.map((path) => [path, `${path}\n`])));
    },
  },
  {
    name: "a file is read as it stands: line ends, byte order mark and a missing last newline",
    async run(stage) {
      const texts = {
        "crlf.md": "# A\r\n\r\nb\r\n",
        "mixed.md": "a\r\nb\nc\rd",
        "bom.md": "\uFEFF# A\n",
        "empty.md": "",
        "emoji.md": "🧾 naïve e\u0301\n",
        "nul.md": "a\0b",
      };
      const commit = await (
        await stage.person("dana")
      ).push(
        "main",
        Object.entries(texts).map(([path, content]) => ({ path, content })),
      );
      expect(Object.fromEntries(await stage.forge.read(commit, Object.keys(texts)))).toEqual(texts);
    },
  },
  {
    name: "what is no file at that commit is absent: never there, taken away, a folder, a link, a submodule",
    async run(stage) {
      const person = await stage.person("dana");
      const commit = await person.push("main", [
        { path: "README.md", content: null },
        { path: "link.md", content: SPEC, kind: "link" },
        { path: "folder", content: "specs", kind: "link" },
        { path: "vendored", content: stage.first, kind: "submodule" },
      ]);
      const asked = [SPEC, "README.md", "specs", "link.md", "folder/payments.md", "vendored", "vendored/README.md", "missing.md", "specs/*.md", ":/README.md"];
      expect([...(await stage.forge.read(commit, asked)).keys()]).toEqual([SPEC]);
      expect((await stage.forge.read(stage.first, ["README.md"])).get("README.md")).toBe(START["README.md"]);
      expect(await stage.forge.read(commit, [])).toEqual(new Map());
    },
  },
  {
    name: "a file that is not UTF-8 is refused, and only when it is asked for",
    async run(stage) {
      const commit = await (await stage.person("dana")).push("main", [{ path: "latin.md", content: Uint8Array.from([0x66, 0xfc, 0x72, 0x0a]) }]);
      expect(await kindOf(stage.forge.read(commit, [SPEC, "latin.md"]))).toBe("invalid");
      expect((await stage.forge.read(commit, [SPEC])).get(SPEC)).toBe(START[SPEC]);
      expect(await stage.forge.paths(commit)).toContain("latin.md");
    },
  },
  {
    name: "commits between two are those that only the head has, the newest first, whole",
    async run(stage) {
      const person = await stage.person("dana");
      const one = await person.push("topic", [{ path: "a.md", content: "1\n" }], { message: "One\n\nBecause.\n\nCanon-Section: specs/payments.md#refunds" });
      await stage.pass(TICK);
      const two = await person.push("topic", [{ path: "a.md", content: "2\n" }], { message: "Zwei: ändern" });
      await stage.pass(TICK);
      const main = await person.push("main", [{ path: "b.md", content: "3\n" }], { message: "Elsewhere" });
      const found = await stage.forge.commits(main, two);
      expect(found).toMatchObject([
        { id: two, parents: [one], author: "dana", message: "Zwei: ändern" },
        { id: one, parents: [stage.first], author: "dana", message: "One\n\nBecause.\n\nCanon-Section: specs/payments.md#refunds" },
      ]);
      for (const { at } of found) expect(new Date(at).toISOString().slice(0, 19)).toBe(at.slice(0, 19));
      expect(subjects(await stage.forge.commits(two, main))).toEqual(["Elsewhere"]);
      expect(await stage.forge.commits(two, one)).toEqual([]);
      expect(await stage.forge.commits(two, two)).toEqual([]);
    },
  },
  {
    name: "300 commits are listed whole",
    async run(stage) {
      const head = await (await stage.person("dana")).push("long", [{ path: "a.md", content: "a\n" }], { message: "Again", times: 300 });
      const found = await stage.forge.commits(stage.first, head);
      expect(new Set(found.map(({ id }) => id)).size).toBe(300);
      expect(found[0]?.id).toBe(head);
      expect(found.at(-1)?.parents).toEqual([stage.first]);
    },
  },
  {
    name: "paths that differ between two commits: changed, new, gone, both names of a renamed one, and none that came out equal",
    async run(stage) {
      const person = await stage.person("dana");
      const text = "# Keys\n\nA long enough text that git takes the other for a rename of this one.\n";
      const before = await person.push("main", [
        { path: "specs/keys.md", content: text },
        { path: "gone.md", content: "x\n" },
      ]);
      await person.push("topic", [{ path: SPEC, content: "# Other\n" }]);
      const after = await person.push("topic", [
        { path: "specs/keys.md", content: null },
        { path: "specs/schlüssel bund.md", content: text },
        { path: "gone.md", content: null },
        { path: SPEC, content: START[SPEC] ?? "" },
        { path: "README.md", content: "# Pay!\n" },
      ]);
      expect([...(await stage.forge.changed(before, after))].sort()).toEqual(["README.md", "gone.md", "specs/keys.md", "specs/schlüssel bund.md"].sort());
      expect([...(await stage.forge.changed(after, before))].sort()).toEqual([...(await stage.forge.changed(before, after))].sort());
      expect(await stage.forge.changed(after, after)).toEqual([]);
    },
  },
  {
    name: "paths differ between the two trees themselves, not since their merge base",
    async run(stage) {
      const person = await stage.person("dana");
      const topic = await person.push("topic", [{ path: "a.md", content: "a\n" }]);
      const main = await person.push("main", [{ path: "b.md", content: "b\n" }]);
      expect([...(await stage.forge.changed(main, topic))].sort()).toEqual(["a.md", "b.md"]);
    },
  },
  {
    name: "the merge base is where two parted; null where they have nothing in common",
    async run(stage) {
      const person = await stage.person("dana");
      const topic = await person.push("topic", [{ path: "a.md", content: "a\n" }]);
      const main = await person.push("main", [{ path: "b.md", content: "b\n" }]);
      expect(await stage.forge.mergeBase(main, topic)).toBe(stage.first);
      expect(await stage.forge.mergeBase(stage.first, main)).toBe(stage.first);
      expect(await stage.forge.mergeBase(main, main)).toBe(main);
      const alone = await stage.forge.commit({
        ref: "refs/canon/bot",
        expected: null,
        parent: null,
        files: [{ path: "memory.json", text: "{}\n" }],
        message: "Memory",
      });
      expect(await stage.forge.mergeBase(main, alone.state === "done" ? alone.commit : "")).toBe(null);
    },
  },
  {
    name: "a commit that the repository does not have is not found",
    async run({ forge, first }) {
      const calls = [
        forge.paths(NOWHERE),
        forge.read(NOWHERE, [SPEC]),
        forge.commits(first, NOWHERE),
        forge.changed(NOWHERE, first),
        forge.mergeBase(first, NOWHERE),
      ];
      expect(new Set(await Promise.all(calls.map(kindOf)))).toEqual(new Set(["not-found"]));
    },
  },
  {
    name: "what is no full reference or no commit id is refused before it is sent",
    async run({ forge, first }) {
      const refs = [
        "main",
        "",
        "refs/heads/",
        "--upload-pack=touch x",
        "refs/heads/a..b",
        "refs/heads/a b",
        "refs/heads/-\n",
        "refs/heads/--force",
        "refs/heads/a.lock",
        "refs/heads/@{u}",
        "refs/heads/a/",
        "refs/heads//a",
        "refs/heads/.a",
        "heads/main",
        "refs/heads/a:b",
        "refs/heads/*",
      ];
      for (const ref of refs) {
        expect([ref, await kindOf(forge.head(ref))]).toEqual([ref, "invalid"]);
        expect([ref, await kindOf(forge.move(ref, first, null))]).toEqual([ref, "invalid"]);
      }
      for (const id of ["main", "HEAD", "", "--help", first.slice(0, 12), `${first}^`]) {
        expect([id, await kindOf(forge.paths(id))]).toEqual([id, "invalid"]);
        expect([id, await kindOf(forge.mergeBase(first, id))]).toEqual([id, "invalid"]);
      }
    },
  },
];
