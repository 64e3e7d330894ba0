/** Whether a plan may be carried out: by a person who says yes, by a flag, or by having been saved; floods need their exact number. */

import type { Plan } from "../core/model/plan.ts";
import type { Mass } from "../core/plan/mass.ts";
import type { Allowed } from "../operations/apply.ts";
import type { Session } from "./session.ts";
import { usageError } from "./usage-error.ts";
import type { World } from "./world.ts";

function question({ command }: Session): string {
  return `  ${command.charAt(0).toUpperCase()}${command.slice(1)}? Only yes is accepted: `;
}

/** Before anything is read: whether anybody could say yes at all, and the numbers that flags allow. */
export function readApproval(session: Session, isSaved: boolean): Allowed {
  const isGiven = isSaved || session.input.flag("auto-approve");
  if (!isGiven && asker(session) === null)
    throw usageError(
      `canon ${session.command} needs an answer, and there is nobody to ask.`,
      session.command === "apply" ? "Give --auto-approve, or a plan that canon plan --out FILE saved." : "Give --auto-approve.",
    );
  return { create: numbersOf(session, "allow-mass-create"), close: numbersOf(session, "allow-mass-close") };
}

/** What is allowed beyond the limits, with what people type; null when somebody said no. */
export async function approve(
  session: Session,
  plan: Plan,
  masses: readonly Mass[],
  given: Allowed,
  isSaved: boolean,
  signal: AbortSignal,
): Promise<Allowed | null> {
  let allowed = given;
  const open = masses.filter(({ kind, count }) => !given[kind].includes(count));
  const ask = asker(session);
  if (ask === null) {
    if (open.length > 0) throw tooMany(open, plan);
    return allowed;
  }
  for (const mass of open) {
    if ((await ask(massQuestion(mass, plan), signal))?.trim() !== String(mass.count)) return null;
    allowed = { ...allowed, [mass.kind]: [...allowed[mass.kind], mass.count] };
  }
  const isAnswered = isSaved || session.input.flag("auto-approve") || open.length > 0 || (await ask(question(session), signal))?.trim() === "yes";
  return isAnswered ? allowed : null;
}

/** Nobody is asked who would not see the plan. */
function asker({ world, json, quiet }: Session): World["ask"] {
  return json || quiet ? null : world.ask;
}

function numbersOf(session: Session, option: "allow-mass-create" | "allow-mass-close"): readonly number[] {
  const texts = session.input.has(option) ? session.input.list(option) : [];
  const stranger = texts.find((text) => !/^\d+$/.test(text));
  if (stranger !== undefined) throw usageError(`--${option} takes a number, not "${stranger}".`, "Give exactly the number that the plan shows.");
  return texts.map(Number);
}

function labelOf(name: string, plan: Plan): string {
  const target = plan.targets.find((one) => one.name === name);
  return target === undefined ? name : `${target.system} ${target.project}`;
}

function massQuestion({ kind, target, count, limit }: Mass, plan: Plan): string {
  return `  Type ${count} to ${kind} ${count} tickets in ${labelOf(target, plan)} (limit ${limit}): `;
}

/** Each target has a limit of its own, and so a number of its own. */
export function tooMany(masses: readonly Mass[], plan: Plan): Error {
  const [what, flags] = [
    masses.map(({ kind, target, count, limit }) => `This would ${kind} ${count} tickets in ${labelOf(target, plan)}, and more than ${limit} need a word.`),
    masses.map(({ kind, count }) => `--allow-mass-${kind}=${count}`),
  ];
  return usageError(what.join(" "), `If that is meant, give ${[...new Set(flags)].join(" ")}.`);
}
