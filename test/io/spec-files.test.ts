/** Finding and reading specs: what belongs, in a fixed order; nothing outside, nothing through links, no guessed encodings. */

import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { findSpecs, readSpec } from "../../src/io/spec-files.ts";
import { processorTimeSince } from "../harness/processor-time.ts";

const made: string[] = [];

function folder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = mkdtempSync(join(tmpdir(), "canon-specs-"));
  made.push(root);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

afterAll(() => {
  for (const root of made) rmSync(root, { recursive: true, force: true });
});

async function codeOf(root: string, path: string): Promise<string> {
  const read = await readSpec(root, path);
  return read.ok ? "ok" : read.diagnostic.code;
}

describe("findSpecs", () => {
  it("gives files that match, sorted by code unit, each once", async () => {
    const root = folder({ "specs/b.md": "", "specs/a/z.md": "", "specs/B.md": "", "specs/é.md": "", "specs/a.txt": "", "docs/x.md": "" });
    expect(await findSpecs(root, ["specs/**/*.md", "specs/b.md"], [])).toEqual(["specs/B.md", "specs/a/z.md", "specs/b.md", "specs/é.md"]);
    expect(await findSpecs(root, ["**/*.md"], ["specs/a/**", "**/b.md"])).toEqual(["docs/x.md", "specs/B.md", "specs/é.md"]);
    expect(await findSpecs(root, ["docs/x.md", "none/**", "specs/{a,b}/*.md"], [])).toEqual(["docs/x.md", "specs/a/z.md"]);
    expect(await findSpecs(root, ["./specs/*.md"], [])).toEqual(["specs/B.md", "specs/b.md", "specs/é.md"]);
    expect(await findSpecs(root, [], [])).toEqual([]);
  });

  it("passes over installed packages, git, its own state, and repositories inside", async () => {
    const root = folder({
      "node_modules/a/r.md": "",
      ".git/x.md": "",
      ".canon/y.md": "",
      "a/node_modules/b.md": "",
      "sub/.git": "gitdir: x",
      "sub/s.md": "",
      "ok.md": "",
    });
    expect(await findSpecs(root, ["**/*.md", "sub/*.md", "node_modules/**/*.md", ".git/*.md"], [])).toEqual(["ok.md"]);
  });

  it("takes a folder named x.md for a folder", async () => {
    const root = folder({ "specs/x.md/inner.md": "" });
    expect(await findSpecs(root, ["specs/**/*.md"], [])).toEqual(["specs/x.md/inner.md"]);
    expect(await codeOf(root, "specs/x.md")).toBe("spec-unreadable");
  });

  it("follows no links, inside or outside, and no globs that leave the root", async () => {
    const outside = folder({ "secret.md": "", "specs/o.md": "" });
    const root = folder({ "specs/a.md": "" });
    symlinkSync(join(outside, "secret.md"), join(root, "specs/link.md"));
    symlinkSync(join(outside, "specs"), join(root, "linked"));
    symlinkSync(join(root, "specs"), join(root, "again"));
    symlinkSync(root, join(root, "specs/loop"));
    expect(await findSpecs(root, ["**/*.md", "linked/*.md", "again/*.md"], [])).toEqual(["specs/a.md"]);
    expect(await findSpecs(join(root, "specs"), ["../**/*.md", `${outside}/*.md`, "a/../../*.md", "/**/*.md"], [])).toEqual([]);
  });

  it("is content with a root that is itself a link, or missing", async () => {
    const root = folder({ "specs/a.md": "text" });
    const link = `${root}-link`;
    symlinkSync(root, link);
    made.push(link);
    expect(await findSpecs(link, ["specs/*.md"], [])).toEqual(["specs/a.md"]);
    expect(await readSpec(link, "specs/a.md")).toEqual({ ok: true, text: "text" });
    expect(await findSpecs(join(root, "none"), ["**/*.md"], [])).toEqual([]);
  });
});

describe("readSpec", () => {
  it("gives the text from which the same bytes come back", async () => {
    const texts = ["", "\uFEFFa\r\nb\rc\n", "é🚀\u2028\0\uFFFD\uFEFF", "x".repeat(100_000)];
    for (const text of texts) {
      const bytes = Buffer.from(text, "utf8");
      const read = await readSpec(folder({ "a.md": bytes }), "a.md");
      expect(read.ok && Buffer.from(read.text, "utf8").equals(bytes)).toBe(true);
    }
  });

  it.each<[string, number[], number, string]>([
    ["Latin-1", [0x61, 0x0a, 0x62, 0xe9, 0x63], 2, "0xE9"],
    ["a character cut at the end", [0x61, 0x0a, 0x0a, 0xe2, 0x82], 3, "0xE2"],
    ["a lone continuation", [0x80], 1, "0x80"],
    ["an overlong form", [0x61, 0x0d, 0x0a, 0x0d, 0xc0, 0xaf], 3, "0xC0"],
    ["half a surrogate pair", [0xed, 0xa0, 0x80], 1, "0xED"],
    ["UTF-16", [0xff, 0xfe, 0x61, 0x00], 1, "0xFF"],
    ["a bad byte behind good characters", [0xc3, 0xa9, 0x0a, 0xf0, 0x9f, 0x9a, 0x80, 0xfe], 2, "0xFE"],
  ])("refuses %s with its line", async (_, bytes, line, byte) => {
    const read = await readSpec(folder({ "a.md": Uint8Array.from(bytes) }), "a.md");
    expect(read).toMatchObject({ ok: false, diagnostic: { code: "spec-not-utf8", place: { path: "a.md", line } } });
    expect(read.ok ? "" : read.diagnostic.message).toContain(byte);
  });

  it("refuses what is larger than anybody reads, before reading it", async () => {
    const root = folder({ "a.md": Buffer.alloc(16 * 1024 * 1024 + 1, 0xff), "b.md": Buffer.alloc(1024 * 1024, 0x61) });
    expect(await readSpec(root, "a.md")).toMatchObject({ ok: false, diagnostic: { code: "spec-too-large" } });
    expect(await codeOf(root, "b.md")).toBe("ok");
  });

  it("refuses what lies outside, is reached by a link, or is not there", async () => {
    const outside = folder({ "secret.md": "s" });
    const root = folder({ "specs/a.md": "a" });
    symlinkSync(join(outside, "secret.md"), join(root, "specs/out.md"));
    symlinkSync(join(root, "specs/a.md"), join(root, "specs/in.md"));
    symlinkSync(join(root, "specs"), join(root, "dir"));
    expect(await codeOf(root, "specs/out.md")).toBe("spec-outside");
    expect(await codeOf(root, "specs/in.md")).toBe("spec-outside");
    expect(await codeOf(root, "dir/a.md")).toBe("spec-outside");
    expect(await codeOf(join(root, "specs"), "../../secret.md")).toMatch(/spec-(outside|unreadable)/);
    expect(await codeOf(root, `../${outside.split("/").at(-1) ?? ""}/secret.md`)).toBe("spec-outside");
    expect(await readSpec(root, "specs/none.md")).toMatchObject({
      ok: false,
      diagnostic: { code: "spec-unreadable", message: "The file cannot be read: there is no such file." },
    });
    expect(await codeOf(root, "specs/a.md/x.md")).toBe("spec-unreadable");
    expect(await codeOf(root, "specs/./a.md")).toBe("ok");
  });

  it.skipIf(process.getuid?.() === 0)("says so when it may not read (skipped as root, who may read all)", async () => {
    const root = folder({ "a.md": "a" });
    chmodSync(join(root, "a.md"), 0);
    expect(await codeOf(root, "a.md")).toBe("spec-unreadable");
  });
});

it("finds thousands of files quickly", async () => {
  const root = folder(Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`specs/${index % 60}/${index}.md`, "# A\n"])));
  const started = process.cpuUsage();
  expect(await findSpecs(root, ["specs/**/*.md"], [])).toHaveLength(3000);
  expect(processorTimeSince(started)).toBeLessThan(1500);
});
