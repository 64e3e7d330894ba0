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
  return { create: numberOf(session, "allow-mass-create"), close: numberOf(session, "allow-mass-close") };
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
  const allowed = { ...given };
  const open = masses.filter(({ kind, count }) => allowed[kind] !== count);
  const ask = asker(session);
  if (ask === null) {
    if (open[0] !== undefined) throw tooMany(open[0], plan);
    return allowed;
  }
  for (const mass of open) {
    if ((await ask(massQuestion(mass, plan), signal))?.trim() !== String(mass.count)) return null;
    allowed[mass.kind] = mass.count;
  }
  const isAnswered = isSaved || session.input.flag("auto-approve") || open.length > 0 || (await ask(question(session), signal))?.trim() === "yes";
  return isAnswered ? allowed : null;
}

/** Nobody is asked who would not see the plan. */
function asker({ world, json, quiet }: Session): World["ask"] {
  return json || quiet ? null : world.ask;
}

function numberOf(session: Session, option: "allow-mass-create" | "allow-mass-close"): number | null {
  const text = session.input.has(option) ? session.input.text(option) : null;
  if (text === null) return null;
  if (!/^\d+$/.test(text)) throw usageError(`--${option} takes a number, not "${text}".`, "Give exactly the number that the plan shows.");
  return Number(text);
}

function labelOf(name: string, plan: Plan): string {
  const target = plan.targets.find((one) => one.name === name);
  return target === undefined ? name : `${target.system} ${target.project}`;
}

function massQuestion({ kind, target, count, limit }: Mass, plan: Plan): string {
  return `  Type ${count} to ${kind} ${count} tickets in ${labelOf(target, plan)} (limit ${limit}): `;
}

export function tooMany({ kind, target, count, limit }: Mass, plan: Plan): Error {
  return usageError(
    `This would ${kind} ${count} tickets in ${labelOf(target, plan)}, and more than ${limit} need a word.`,
    `If that is meant, give --allow-mass-${kind}=${count}.`,
  );
}
