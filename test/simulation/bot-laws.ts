/** The laws of the bot that hold after every step: what is wrong, in sentences; nothing when all is well. */

import { lostWords, twins } from "./checks.ts";
import { recall } from "../../src/operations/bot/remember.ts";
import { issuesOf } from "./bot-answering.ts";
import { isAnswers, type BotLedger } from "./bot-ledger.ts";
import { isProposal, sightOf, specsAt, textInSight, type Sight } from "./bot-sight.ts";
import { readSpecFile } from "./spec-text.ts";
import { gitIn, type BotSimWorld } from "./bot-world.ts";
import { readTickets } from "./world.ts";

export async function wrongNow(sim: BotSimWorld, ledger: BotLedger, looked: Looked): Promise<readonly string[]> {
  const { stage, remote, world, switches } = sim;
  const sight = await sightOf(sim);
  const seen = { specs: new Map([["in sight", textInSight(sight, remote)]]), tickets: await readTickets(world) };
  const plan = async (): ReturnType<typeof world.project.plan> => {
    sim.catchUp();
    return world.project.within({ anyBranch: true }).plan({ direction: "both", includeDone: true });
  };
  return [
    ...ledger.lostCommits(sight, remote),
    ...ledger.wrongProposals(sight, stage.account, switches),
    ...(await secondComments(sim, sight, looked)),
    ...(await wrongQuestions(sim)),
    ...wrongCommits(sim, sight, looked),
    ...twins(world, seen),
    ...(await lostWords(world, seen, plan)),
  ];
}

/** What was looked at already: pull requests by their last change, and commits. */
export interface Looked {
  readonly requests: Map<number, string>;
  readonly commits: Set<string>;
}

const SIGN = "<!-- canon:bot:plan -->";

async function secondComments({ stage }: BotSimWorld, { requests }: Sight, looked: Looked): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const { number, updatedAt, head } of requests) {
    if (looked.requests.get(number) === updatedAt) continue;
    looked.requests.set(number, updatedAt);
    const comments = (await stage.forge.comments(number)).filter(({ author, body }) => author === stage.account && body.startsWith(SIGN));
    if (comments.length > 0 && head.fork) wrong.push(`#${number} comes from a fork, and the bot shows a plan there`);
    if (comments.length > 1) wrong.push(`#${number} has ${comments.length} comments of the bot about its plan`);
  }
  return wrong;
}

async function wrongQuestions(sim: BotSimWorld): Promise<readonly string[]> {
  const issues = await issuesOf(sim);
  const { questions } = await recall(sim.stage.forge);
  const strangers = questions.answers.filter(({ by }) => by === sim.stranger.name);
  return [
    ...(issues.length > 1 ? [`${issues.length} issues with questions: ${issues.map(({ number }) => `#${number}`).join(" ")}`] : []),
    ...strangers.map(({ word, key, address }) => `a stranger answered ${word} for ${key ?? address}`),
  ];
}

/**
 * At the quiet end: what was merged with a trailer in its body is marked in its section, where that is still there. Nothing
 * is known of what was merged before the memory was lost, and nothing is written where people closed the markers.
 */
export function unmarkedCode({ remote, tip }: BotSimWorld, { requests }: Sight, ledger: BotLedger): readonly string[] {
  if (ledger.hasLostMemory || requests.some(({ state, head }) => state === "closed" && head.branch.startsWith("canon/markers"))) return [];
  const specs = specsAt(remote, tip());
  return requests.flatMap(({ number, state, body }) => {
    const [, path = "", id = ""] = /^Canon-Section: (.+)#(\S+)$/m.exec(body) ?? [];
    const markers =
      readSpecFile(path, specs.get(path) ?? "").chunks.find((chunk) => chunk.markers.some((line) => line.includes(`canon:system:${id} `)))?.markers ?? [];
    if (state !== "merged" || markers.length === 0 || markers.some((line) => line.includes("canon:skip") || line.includes(`PR#${number} `))) return [];
    return [`#${number} implements ${path}#${id}, and is not marked there`];
  });
}

/** On the default branch the bot writes marker lines; on its proposals criteria and statuses. */
function wrongCommits({ stage, remote }: BotSimWorld, { branches, requests }: Sight, { commits }: Looked): readonly string[] {
  const heads = ["main", ...requests.filter((request) => isProposal(request, stage.account) && !isAnswers(request)).map(({ head }) => head.branch)];
  return [...new Set(heads)].flatMap((branch) => {
    const head = branches.get(branch);
    if (head === undefined || commits.has(head)) return [];
    commits.add(head);
    const [author = "", parents = "", ...message] = gitIn(remote, "show", "-s", "--format=%an%n%P%n%B", head).split("\n");
    const [parent, another] = parents.split(" ");
    if (author !== stage.account || parent === undefined || another !== undefined) return [];
    const isMarkers = branch === "main" || message.join("\n").includes("Canon-Bot: markers");
    const lines = gitIn(remote, "diff", "-U0", "--no-color", parent, head)
      .split("\n")
      .filter((line) => /^[-+](?!--|\+\+)/.test(line));
    const strange = lines.filter((line) => !MARKER.test(line) && (isMarkers || !CRITERION.test(line)));
    return strange.length === 0 ? [] : [`the bot's commit ${head.slice(0, 8)} on ${branch} changes ${strange.map((line) => JSON.stringify(line)).join(", ")}`];
  });
}

const MARKER = /^[-+]\s*<!-- canon:.*-->\s*$/;
const CRITERION = /^[-+]\s*(?:$|(?:[-+*]|\d+[.)]) \[[ xX]\] )/;
