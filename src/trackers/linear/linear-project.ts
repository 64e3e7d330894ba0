/** The team that a target names, with its states and labels: one request, kept for the life of the tracker. */

import type { LinearDocument } from "@linear/sdk";
import { nearestWord } from "../../core/text/nearest-word.ts";
import type { ProjectShape } from "../tracker.ts";
import type { LinearClient } from "./linear-client.ts";
import { PROJECT, TEAM_NAMES } from "./linear-documents.ts";
import { byPlace, categoryOf } from "./linear-statuses.ts";
import { projectSchema, teamNamesSchema, type WireLabel, type WirePage, type WireState, type WireTeam } from "./linear-wire.ts";

export interface LinearProject {
  readonly account: string;
  /** The organisation's part of Linear's addresses: `acme`. */
  readonly urlKey: string;
  readonly team: WireTeam;
  /** In the order of Linear's boards. */
  readonly states: readonly WireState[];
  /** Where a ticket begins that names no state. */
  readonly initial: WireState;
  /** The team's and the workspace's, as far as one page holds them. */
  readonly labels: WirePage<WireLabel>;
}

/** `wanted` is a team's key, else its name. Throws TrackerError. */
export async function loadProject(client: LinearClient, wanted: string): Promise<LinearProject> {
  const named: LinearDocument.TeamFilter = { or: [{ key: { eqIgnoreCase: wanted } }, { name: { eqIgnoreCase: wanted } }] };
  const labels: LinearDocument.IssueLabelFilter = { or: [{ team: { null: true } }, { team: named }] };
  const { value, whole } = await client.read(projectSchema, { query: PROJECT, variables: { team: named, labels }, about: "CanonTeam" });
  if (!whole) throw client.error("unavailable", "not all of the team could be read.", "Run the command again.");
  const team = await chooseTeam(client, wanted, value.teams.nodes);
  const states = team.states.nodes.toSorted(byPlace);
  const initial =
    states.find(({ id }) => id === team.defaultIssueState?.id) ?? states.find(({ type }) => type === "backlog" || type === "unstarted") ?? states[0];
  if (!initial) throw client.error("forbidden", `the states of team ${team.key} cannot be seen.`, "Give the key access to the team.");
  const ofTeam = value.issueLabels.nodes.filter((label) => label.team === null || label.team.id === team.id);
  return { account: value.viewer.name, urlKey: value.organization.urlKey, team, states, initial, labels: { ...value.issueLabels, nodes: ofTeam } };
}

async function chooseTeam(client: LinearClient, wanted: string, found: readonly WireTeam[]): Promise<WireTeam> {
  const byKey = found.find(({ key }) => key.toLowerCase() === wanted.toLowerCase());
  if (byKey) return byKey;
  const [only, other] = found;
  if (only && !other) return only;
  if (other) throw client.error("invalid", `several teams are named ${wanted}.`, `Set project to the key of one: ${found.map(({ key }) => key).join(", ")}.`);
  const { value } = await client.read(teamNamesSchema, { query: TEAM_NAMES, variables: {}, about: "CanonTeams" });
  const names = value.teams.nodes.map(({ key, name }) => ({ key, text: `${key} (${name})` }));
  const nearest = nearestWord(wanted, [...names.map(({ key }) => key), ...value.teams.nodes.map(({ name }) => name)]);
  const known = names.length === 0 ? "The key sees no team at all: give it access to one." : `The key sees ${names.map(({ text }) => text).join(", ")}.`;
  throw client.error("not-found", `Linear has no team ${wanted}, or the key may not see it.`, `${nearest === null ? "" : `Did you mean ${nearest}? `}${known}`);
}

export function shapeOf({ team, states, initial }: LinearProject): ProjectShape {
  return {
    name: `${team.name} (${team.key})`,
    types: [],
    nesting: {},
    defaultTypes: [],
    statuses: states.map(({ name, type }) => ({ name, category: categoryOf(type) })),
    initialStatus: initial.name,
  };
}

/** A name is unique within a team up to its case. */
export function stateNamed({ states }: LinearProject, name: string): WireState | null {
  return states.find((state) => state.name === name) ?? states.find((state) => state.name.toLowerCase() === name.toLowerCase()) ?? null;
}
