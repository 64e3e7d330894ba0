/** What must not be forgotten about people while the bot runs: their commits, and the proposals that they declined. */

import type { PullRequest } from "../../src/forges/forge.ts";
import { readProposalSign } from "../../src/core/bot/proposal-sign.ts";
import { ANSWERS } from "../../src/core/bot/propose.ts";
import { isAncestor, isProposal, type Sight } from "./bot-sight.ts";

/** What people answered, they asked for: it comes as often as they do, whatever else is open. */
export function isAnswers({ body }: PullRequest): boolean {
  return readProposalSign(body)?.spec === ANSWERS;
}

export class BotLedger {
  /** By branch: commits of people that it must hold. */
  readonly #commits = new Map<string, Set<string>>();
  /** By print of a proposal: numbers of the pull requests in which people declined it. */
  readonly #declined = new Map<string, Set<number>>();
  /** Those that people opened again, or whose branch they wrote by force: what stands twice then stands so because of them. */
  readonly reopened: Set<number> = new Set();
  hasLostMemory = false;
  readonly #known = new Set<number>();
  readonly #openedAt: number[] = [];
  readonly #checked = new Set<string>();

  /** A person moved a branch to this commit, or took it away; what they left out by force they left out themselves. */
  pushed(remote: string, branch: string, commit: string | null, isTheirs: boolean): void {
    const before = this.#commits.get(branch) ?? new Set<string>();
    const still = commit === null ? [] : [...before].filter((one) => isAncestor(remote, one, commit));
    this.#commits.set(branch, new Set(commit !== null && isTheirs ? [...still, commit] : still));
  }

  declined(request: PullRequest): void {
    const print = readProposalSign(request.body)?.print;
    if (print !== undefined && !isAnswers(request)) this.#declined.set(print, (this.#declined.get(print) ?? new Set<number>()).add(request.number));
  }

  openedAgain({ number }: PullRequest): void {
    this.reopened.add(number);
    for (const numbers of this.#declined.values()) numbers.delete(number);
  }

  /** What is wrong with commits of people. */
  lostCommits({ branches }: Sight, remote: string): readonly string[] {
    return [...this.#commits].flatMap(([branch, commits]) => {
      const head = branches.get(branch);
      return [...commits].flatMap((commit) => {
        if (this.#checked.has(`${commit} ${head ?? ""}`)) return [];
        if (head === undefined || !isAncestor(remote, commit, head)) return [`the commit ${commit.slice(0, 8)} of a person is gone from ${branch}`];
        this.#checked.add(`${commit} ${head}`);
        return [];
      });
    });
  }

  /** What is wrong with proposals: twins, declined ones, and too many. */
  wrongProposals({ requests }: Sight, account: string, limits: { readonly open: number; readonly perHour: number }): readonly string[] {
    const wrong: string[] = [];
    const proposals = requests.filter((request) => isProposal(request, account));
    const open = proposals.filter(({ state, number }) => state === "open" && !this.reopened.has(number));
    const signed = open.map((request) => ({ number: request.number, sign: readProposalSign(request.body) }));
    for (const [what, by] of [
      ["spec", Map.groupBy(signed, ({ sign }) => sign?.spec ?? "")],
      ["proposal", Map.groupBy(signed, ({ sign }) => sign?.print ?? "")],
    ] as const)
      for (const [name, several] of by)
        if (several.length > 1)
          wrong.push(`${several.length} pull requests are open for one ${what}: ${name.slice(0, 30)} ${several.map(({ number }) => `#${number}`).join(" ")}`);
    for (const { number, sign } of signed) {
      const before = [...(this.#declined.get(sign?.print ?? "") ?? [])].filter((one) => one !== number);
      if (before.length > 0) wrong.push(`#${number} proposes again what was declined in ${before.map((one) => `#${one}`).join(" ")}`);
    }
    const fresh = proposals.filter((request) => !this.#known.has(request.number) && !isAnswers(request));
    for (const { number, createdAt } of fresh) {
      this.#known.add(number);
      const at = Date.parse(createdAt);
      this.#openedAt.push(at);
      const within = this.#openedAt.filter((one) => Math.abs(one - at) < 3_600_000).length;
      if (within > limits.perHour) wrong.push(`#${number} is number ${within} within an hour`);
    }
    const counted = open.filter((request) => !isAnswers(request)).length;
    if (fresh.length > 0 && counted > limits.open) wrong.push(`${counted} proposals are open, and ${limits.open} may be`);
    return wrong;
  }
}
