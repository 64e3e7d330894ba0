/** The hidden lines in the body of a proposal: what finds it again when the bot's memory is lost, and that the bot closed it itself. Read only from the bot's own pull requests. */

export interface ProposalSign {
  readonly spec: string;
  readonly print: string;
}

const SIGN = /^<!-- canon:bot:proposal ([0-9a-f]{64}) (\S+) -->$/m;

export function proposalSign({ spec, print }: ProposalSign): string {
  // Two dashes would end the comment for some parsers.
  return `<!-- canon:bot:proposal ${print} ${encodeURIComponent(spec).replaceAll("-", "%2D")} -->`;
}

export function readProposalSign(body: string): ProposalSign | null {
  const [, print, spec] = SIGN.exec(body.replaceAll("\r\n", "\n")) ?? [];
  if (print === undefined || spec === undefined) return null;
  try {
    return { spec: decodeURIComponent(spec), print };
  } catch {
    return null;
  }
}

const WITHDRAWN = "<!-- canon:bot:withdrawn -->";

/** Written with the close itself. The name of who closed it says too little: a person may use the bot's account, and so may other jobs. */
export function withdrawnBody(body: string): string {
  return `${body.trimEnd()}\n\n${WITHDRAWN}\n`;
}

/** On a line of its own: where the body quotes a ticket, every line begins with a sign. */
export function isWithdrawn(body: string): boolean {
  return body.replaceAll("\r\n", "\n").split("\n").includes(WITHDRAWN);
}
