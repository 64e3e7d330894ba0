/** Whether a plan may be carried out: by a person who says yes, by a flag, or by having been saved; floods need their exact number. */

import type { Plan } from "../core/model/plan.ts";
import type { Mass } from "../core/plan/mass.ts";
import { askLine } from "./ask.ts";
import type { Session } from "./session.ts";
import { usageError } from "./usage-error.ts";

const QUESTION = "  Apply? Only yes is accepted: ";

export async function isApproved(session: Session, plan: Plan, masses: readonly Mass[], isSaved: boolean, signal: AbortSignal): Promise<boolean> {
  const mayAsk = session.world.canAsk && !session.json && !session.quiet;
  const open = openMasses(session, masses);
  const needsYes = !isSaved && !session.input.flag("auto-approve");
  if (!mayAsk) {
    const [mass] = open;
    if (mass !== undefined) throw tooMany(mass, plan);
    if (needsYes) throw usageError("canon apply needs an answer, and there is nobody to ask.", "Give --auto-approve, or a plan that canon plan --out FILE saved.");
    return true;
  }
  for (const mass of open) if ((await askLine(massQuestion(mass, plan), signal))?.trim() !== String(mass.count)) return false;
  return !needsYes || open.length > 0 || (await askLine(QUESTION, signal))?.trim() === "yes";
}

/** A number given by a flag must be the exact one: of one target, or of all together. */
function openMasses(session: Session, masses: readonly Mass[]): readonly Mass[] {
  return masses.filter((mass) => {
    const given = session.input.text(`allow-mass-${mass.kind}`);
    const total = masses.filter(({ kind }) => kind === mass.kind).reduce((sum, { count }) => sum + count, 0);
    return given !== String(mass.count) && given !== String(total);
  });
}

function labelOf(name: string, plan: Plan): string {
  const target = plan.targets.find((one) => one.name === name);
  return target === undefined ? name : `${target.system} ${target.project}`;
}

function massQuestion({ kind, target, count, limit }: Mass, plan: Plan): string {
  return `  This ${kind}s ${count} tickets in ${labelOf(target, plan)}; more than ${limit} need the number. Type ${count} to go on: `;
}

function tooMany({ kind, target, count, limit }: Mass, plan: Plan): Error {
  return usageError(`This would ${kind} ${count} tickets in ${labelOf(target, plan)}, and more than ${limit} need a word.`, `If that is meant, give --allow-mass-${kind}=${count}.`);
}
