/** Everything the command line takes from the process it runs in, as one value, so that tests can be the process. */

import type { WorkspaceOptions } from "../operations/workspace.ts";

export interface World {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absent: the system's. */
  readonly clock?: NonNullable<WorkspaceOptions["clock"]>;
  /** Results: what was asked for. */
  readonly stdout: Sink;
  /** For people: progress, questions, errors. */
  readonly stderr: Sink;
  /** Answers with the line that somebody types, null when they leave; null itself where nobody can be asked. */
  readonly ask: ((question: string, signal: AbortSignal) => Promise<string | null>) | null;
  /** Calls `listener` on every ^C until the returned function is called. */
  readonly onInterrupt: (listener: () => void) => () => void;
  /** Ends at once, without waiting for anything. */
  readonly exit: (code: number) => void;
}

export interface Sink {
  readonly write: (text: string) => void;
  readonly isTerminal: boolean;
  /** For views that redraw; null where there is no terminal behind it. */
  readonly stream: NodeJS.WriteStream | null;
  /** Width and height now: windows are resized. */
  readonly size: () => { readonly columns: number; readonly rows: number };
}

/** ^C, and what ends a job in CI: a run that is told to stop comes to a clean end. */
const INTERRUPTS = ["SIGINT", "SIGTERM"] as const;

/** A log has no width; the width of a terminal of old reads well everywhere. */
const LOG_SIZE = { columns: 80, rows: 24 };

export function realWorld(): World {
  return {
    cwd: process.cwd(),
    env: process.env,
    stdout: sinkOf(process.stdout),
    stderr: sinkOf(process.stderr),
    ask: process.stdin.isTTY && process.stderr.isTTY ? async (question, signal) => (await import("./ask.ts")).askLine(question, signal) : null,
    onInterrupt: (listener) => {
      for (const signal of INTERRUPTS) process.on(signal, listener);
      return () => {
        for (const signal of INTERRUPTS) process.off(signal, listener);
      };
    },
    exit: (code) => {
      // oxlint-disable-next-line unicorn/no-process-exit -- The second ^C: whatever keeps the process alive shall not.
      process.exit(code);
    },
  };
}

function sinkOf(stream: NodeJS.WriteStream): Sink {
  // Whoever reads us may leave (`canon plan | head`): then there is nobody to write to, but a run goes on.
  let isOpen = true;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (isOpen && error.code !== "EPIPE" && stream === process.stdout) tellLostOutput(error);
    isOpen = false;
  });
  return {
    write: (text) => void (isOpen && stream.write(text)),
    isTerminal: Boolean(stream.isTTY),
    stream,
    size: () => ({ columns: stream.columns || columnsOf(process.env) || LOG_SIZE.columns, rows: stream.rows || LOG_SIZE.rows }),
  };
}

/** Output that was asked for and is lost (a full disk) is a failure, though not of the run that it tells about. */
function tellLostOutput(error: Error): void {
  process.stderr.write(`canon: the output could not be written: ${error.message}\n`);
  process.exitCode = Number(process.exitCode ?? 0) || 1;
}

function columnsOf(env: NodeJS.ProcessEnv): number {
  const columns = Number(env["COLUMNS"]);
  return Number.isInteger(columns) && columns > 0 ? columns : 0;
}
