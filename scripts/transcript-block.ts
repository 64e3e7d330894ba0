/** Transcripts in documents: fenced blocks between two comments, whose `$` lines are run and whose other lines are their real output. */

/** A block of a document. Blocks of one name run one after the other in one folder, wherever they stand. */
export interface TranscriptBlock {
  readonly name: string;
  /** Folder of this repository that the first block of a name starts in a copy of; null: an empty folder. */
  readonly from: string | null;
  readonly commands: readonly TranscriptCommand[];
  /** Offsets of the text between the fence lines. */
  readonly start: number;
  readonly end: number;
}

export interface TranscriptCommand {
  /** As it stands in the document, with continuation lines. */
  readonly text: string;
  /** From a trailing `# exit N`; 0 without one. */
  readonly exitCode: number;
}

const BLOCK = /<!-- transcript: (?<name>[a-z-]+)(?: from (?<from>[\w./-]+))? -->\n+```\w*\n(?<body>[\s\S]*?)^```\n+<!-- \/transcript -->/gm;

export function findTranscripts(document: string): readonly TranscriptBlock[] {
  return [...document.matchAll(BLOCK)].map((match) => {
    const { name = "", from, body = "" } = match.groups ?? {};
    const start = match.index + match[0].lastIndexOf(body, match[0].lastIndexOf("```"));
    return { name, from: from ?? null, commands: readCommands(body), start, end: start + body.length };
  });
}

/** A line that begins with `$ ` is a command; one that begins with `> ` directly below continues it. */
function readCommands(body: string): readonly TranscriptCommand[] {
  const commands: string[] = [];
  let open = false;
  for (const line of body.split("\n")) {
    if (line.startsWith("$ ")) commands.push(line.slice(2));
    else if (open && line.startsWith("> ")) commands.push(`${commands.pop()}\n${line.slice(2)}`);
    open = line.startsWith("$ ") || (open && line.startsWith("> "));
  }
  return commands.map((text) => ({ text, exitCode: Number(/# exit (\d+)$/.exec(text)?.[1] ?? 0) }));
}

/** The block's text with fresh output under each command. */
export function printTranscript(commands: readonly TranscriptCommand[], outputs: readonly string[]): string {
  const entries = commands.map(({ text }, index) => {
    const output = (outputs[index] ?? "").replace(/[ \t]+$/gm, "").replace(/^\n+|\n+$/g, "");
    return `$ ${text.replaceAll("\n", "\n> ")}\n${output === "" ? "" : `${output}\n`}`;
  });
  return entries.join("\n");
}
