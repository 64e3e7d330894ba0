/** Labels by name and by id: tickets carry ids only, which cost a tenth of a page of names. Kept for the life of the tracker. */

import * as z from "zod/mini";
import type { LinearDocument } from "@linear/sdk";
import type { TrackerError } from "../tracker-error.ts";
import type { LinearClient, Read } from "./linear-client.ts";
import { LABEL, LABELS } from "./linear-documents.ts";
import { chosenId } from "./linear-ids.ts";
import { runMutations } from "./linear-mutations.ts";
import type { LinearProject } from "./linear-project.ts";
import { labelSchema, pageOf, type WireLabel } from "./linear-wire.ts";

/** Marks each ticket of Canon's. Hidden from `Ticket.labels`, and never taken away. */
export const MARK = "canon";

export interface LabelBook {
  /** Learns the names of these ids. */
  learn(ids: readonly string[]): Promise<void>;
  /** undefined: nobody has asked for it yet, or it cannot be seen. */
  nameOf(id: string): string | undefined;
  /** Ids of all labels that are the mark, whichever team's. */
  isMark(id: string): boolean;
  /** Ids by name of those there are. */
  find(names: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** The same, and makes those that are missing; an error where that is refused. */
  ensure(names: readonly string[]): Promise<ReadonlyMap<string, string | TrackerError>>;
}

const labelsAnswer = z.object({ issueLabels: pageOf(labelSchema) });

export function labelBook(client: LinearClient, project: () => LinearProject): LabelBook {
  const byId = new Map<string, WireLabel>();
  const add = (labels: readonly WireLabel[]): void => {
    for (const label of labels) byId.set(label.id, label);
  };
  add(project().labels.nodes);

  const fetch = async (filter: LinearDocument.IssueLabelFilter): Promise<void> => {
    let after: string | null = null;
    do {
      const { value, whole }: Read<z.infer<typeof labelsAnswer>> = await client.read(labelsAnswer, {
        query: LABELS,
        variables: { filter, after },
        about: "CanonLabels",
      });
      if (!whole) throw client.error("unavailable", "not all labels could be read.", "Run the command again.");
      add(value.issueLabels.nodes);
      after = value.issueLabels.pageInfo.hasNextPage ? value.issueLabels.pageInfo.endCursor : null;
    } while (after !== null);
  };

  /** The team's own before the workspace's, the exact name before one of another case: Linear takes no two that differ by case only. */
  const named = (name: string): string | undefined => {
    const { team } = project();
    const usable = [...byId.values()].filter((label) => !label.isGroup && (label.team === null || label.team.id === team.id));
    const ranked = usable.filter((label) => label.name.toLowerCase() === name.toLowerCase()).sort((a, b) => rank(b, name) - rank(a, name));
    return ranked[0]?.id;
  };

  const find = async (names: readonly string[]): Promise<ReadonlyMap<string, string>> => {
    const unknown = names.filter((name) => named(name) === undefined);
    // One page held all there were when the project was read.
    if (unknown.length > 0 && project().labels.pageInfo.hasNextPage) await fetch(namedFilter(unknown, project().team.id));
    return new Map(
      names.flatMap((name) => {
        const id = named(name);
        return id === undefined ? [] : [[name, id]];
      }),
    );
  };

  return {
    learn: async (ids) => {
      const unknown = [...new Set(ids)].filter((id) => !byId.has(id));
      if (unknown.length > 0) await fetch({ id: { in: unknown } });
    },
    nameOf: (id) => byId.get(id)?.name,
    isMark: (id) => byId.get(id)?.name.toLowerCase() === MARK,
    find,
    ensure: async (names) => {
      const wanted = [...new Set(names)];
      const found = await find(wanted);
      const missing = wanted.filter((name) => !found.has(name));
      if (missing.length === 0) return found;
      const { team } = project();
      const fates = await runMutations(
        client,
        missing.map((name) => ({
          ticket: `label ${name}`,
          mutations: [
            { field: "issueLabelCreate", input: { id: chosenId("label", team.id, name), name, teamId: team.id }, selection: `issueLabel { ${LABEL} }` },
          ],
        })),
        "CanonLabels",
      );
      for (const fate of fates) if (fate.state === "landed") add(madeLabels(fate.payloads ?? []));
      // Somebody else made it meanwhile, or the answer did not show it.
      const unseen = missing.filter((name) => named(name) === undefined);
      if (unseen.length > 0) await fetch(namedFilter(unseen, team.id));
      return new Map(wanted.map((name) => [name, named(name) ?? labelError(client, name, errorAt(fates, missing.indexOf(name)))]));
    },
  };
}

const made = z.object({ issueLabel: labelSchema });

function madeLabels(payloads: readonly unknown[]): readonly WireLabel[] {
  return payloads.flatMap((payload) => {
    const parsed = z.safeParse(made, payload);
    return parsed.success ? [parsed.data.issueLabel] : [];
  });
}

function namedFilter(names: readonly string[], teamId: string): LinearDocument.IssueLabelFilter {
  return { and: [{ or: names.map((name) => ({ name: { eqIgnoreCase: name } })) }, { or: [{ team: { null: true } }, { team: { id: { eq: teamId } } }] }] };
}

function rank({ name, team }: WireLabel, wanted: string): number {
  return (name === wanted ? 2 : 0) + (team === null ? 0 : 1);
}

function errorAt(fates: Awaited<ReturnType<typeof runMutations>>, index: number): TrackerError | null {
  const fate = fates[index];
  return fate === undefined || fate.state === "landed" ? null : fate.error;
}

/** The tickets that wait for it have not been sent: what is unknown of a label is not unknown of them. */
function labelError(client: LinearClient, name: string, error: TrackerError | null): TrackerError {
  if (error === null) return client.error("unavailable", `label ${name} was made and cannot be found.`, "Run the command again.");
  if (error.kind === "unknown-outcome") return client.reworded(error, { kind: "unavailable" });
  if (error.kind === "rate-limited" || error.kind === "unavailable") return error;
  return client.reworded(error, {
    hint: `${error.hint ?? ""} If it may write and only labels are refused, make the label ${name} in the team by hand.`.trim(),
  });
}
