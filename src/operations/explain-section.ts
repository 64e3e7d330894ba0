/** `canon plan --explain ADDRESS` and `canon show ADDRESS`: why a section is what it is in the plan. */

import { FORWARD } from "../core/plan/selection.ts";
import { explainSection } from "../core/plan/explain-section.ts";
import type { Explanation } from "../core/model/explanation.ts";
import { noSection } from "./check-addresses.ts";
import { gather, type GatherOptions } from "./gather.ts";
import { withHistory } from "./plan.ts";
import type { Workspace } from "./workspace.ts";

/** Throws an AddressError where no section has the address. */
export async function explainAddress(workspace: Workspace, address: string, options: Omit<GatherOptions, "selection">): Promise<Explanation> {
  const selection = { addresses: [], exclude: [], targets: [], includeDone: false, ...FORWARD };
  const gathered = await gather(workspace, { ...options, selection });
  try {
    const plan = await withHistory(gathered);
    const explanation = explainSection(address, { ...gathered.made, plan }, gathered.input);
    if (explanation === null) throw noSection(address, [...gathered.docs.values()]);
    return explanation;
  } finally {
    await gathered.close();
  }
}
