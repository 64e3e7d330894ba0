/** A project of thirty sections over three files (LF, CRLF, BOM without a final newline), and what people edit in it. */

const FILES = [
  ["specs/payments.md", ["Keys", "Refunds"]],
  ["specs/api.md", ["Endpoints", "Limits"]],
  ["specs/team/ops.md", ["Alarms", "Backups"]],
] as const;

/** Titles are unique, so that tickets can be compared whatever keys they got; two bodies are equal on purpose. */
export function thirtySections(): Readonly<Record<string, string>> {
  return Object.fromEntries(FILES.map(([path, epics], index) => [path, written(epics.flatMap((name) => chapter(name)).join("\n"), index)]));
}

function chapter(name: string): readonly string[] {
  return [
    `## ${name}\n\nAll about **${name}**, with a [link](https://example.com/${name.toLowerCase()}).\n`,
    ...["one", "two"].flatMap((part) => [
      `### ${name} ${part}\n\nTo be written.\n\n- [ ] ${name} ${part} works\n- [x] it is *documented*\n`,
      `#### ${name} ${part} in detail\n\n1. first of ${name}\n2. then the rest\n\n\`\`\`js\nconst part = "${part}";\n\`\`\`\n`,
    ]),
  ];
}

function written(text: string, index: number): string {
  if (index === 1) return text.replaceAll("\n", "\r\n");
  return index === 2 ? `\uFEFF${text.trimEnd()}` : text;
}

/** Edits of ten sections in files that have their markers: titles, bodies, criteria, statuses, a parent, another file, a new section. */
export function edited(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { "specs/payments.md": payments = "", "specs/api.md": api = "", "specs/team/ops.md": ops = "" } = files;
  const moved = between(payments, "#### Refunds two in detail", null);
  const reparented = between(ops, "#### Backups one in detail", "### Backups two");
  return {
    "specs/payments.md": payments
      .replace(moved, "")
      .replace("### Keys one", "### 4.2 Keys, renamed")
      .replace("All about **Refunds**", "Everything about **Refunds**")
      .replace("- [ ] Keys two works", "- [x] Keys two works\n- [ ] and is fast"),
    "specs/api.md": api
      .replace("## Limits", "## Quotas")
      .replace('const part = "one";', "const part = 1;")
      .replace(/(system:endpoints-two status:)draft/, "$1in_progress")
      .replace(/(system:quotas status:|system:limits status:)draft/, "$1blocked"),
    "specs/team/ops.md": `${ops
      .replace(reparented, "")
      .replace("All about **Alarms**", "All about *alarms*")
      .replace(/(system:alarms-one status:)draft/, "$1todo")}\n\n${reparented.trimEnd()}\n\n### Restores\n\nNew here.\n\n${moved.trim()}\n`,
  };
}

function between(text: string, from: string, to: string | null): string {
  const start = text.indexOf(from);
  return text.slice(start, to === null ? undefined : text.indexOf(to));
}
