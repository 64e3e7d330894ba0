/** Forty sections over three levels and three files (LF, CRLF, BOM without a final newline), with all that a body can hold. */

const FILES = [
  ["specs/payments.md", ["Keys", "Refunds"]],
  ["specs/api.md", ["Endpoints", "Limits"]],
  ["specs/team/ops.md", ["Alarms"]],
] as const;

/** Titles are unique, so that tickets can be compared whatever keys they got; two bodies are equal on purpose. */
export function fortySections(): Readonly<Record<string, string>> {
  return Object.fromEntries(FILES.map(([path, epics], index) => [path, written(epics.map((name) => chapter(name)).join("\n"), index)]));
}

function chapter(name: string): string {
  const stories = ["one", "two", "three"].map((part, index) => {
    const tasks = index === 2 ? [] : [`#### ${name} ${part} in detail\n\n1. first of ${name}\n2. then the rest\n\n\`\`\`js\nconst part = "${part}";\n\`\`\`\n`];
    const more = index === 0 ? [`#### ${name} ${part} tried\n\n| a | b |\n| - | - |\n| 1 | 2 |\n`, `#### ${name} ${part} told\n\nTo be written.\n`] : [];
    return [`### ${name} ${part}\n\nTo be written.\n\n- [ ] ${name} ${part} works\n- [x] it is *documented*\n`, ...tasks, ...more].join("\n");
  });
  return [`## ${name}\n\nAll about **${name}**, with a [link](https://example.com/${name.toLowerCase()}).\n`, ...stories].join("\n");
}

function written(text: string, index: number): string {
  if (index === 1) return text.replaceAll("\n", "\r\n");
  return index === 2 ? `\uFEFF${text.trimEnd()}` : text;
}
