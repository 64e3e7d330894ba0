/** Robin Ito, who works in Linear's own interface: sees everything, and is bound by no scope. */

import type { EmulatedPeople, EmulatedTicketInput, EmulatedTicketView } from "../kit/emulated-people.ts";
import type { IssueState, TeamState, UserState } from "./linear-state.ts";
import { NOW, type LinearWorld } from "./linear-world.ts";
import type { IssueEdit, LinearWrites } from "./linear-writes.ts";

export interface LinearPeople extends EmulatedPeople {
  /** Comments under an id of their choice, as anybody with a key may. */
  take(key: string, id: string, text: string): string;
  /** Deletes the newest comment; its id is not given again. */
  unsay(key: string): string;
}

/** `project`: the key of the team that Canon works in. */
export function linearPeople(world: LinearWorld, writes: LinearWrites, project: string): LinearPeople {
  const actor: UserState = world.person;
  const teamOf = (key: string): TeamState => {
    const team = world.teams.find((one) => one.key === key);
    if (!team) throw new Error(`there is no team ${key}`);
    return team;
  };
  const sees = (ref: string): IssueState | null => world.issue(ref, NOW);
  const issue = (key: string): IssueState => {
    const found = sees(key);
    if (!found) throw new Error(`there is no issue ${key}`);
    return found;
  };
  const update = (key: string, edit: IssueEdit): string => world.identifier(writes.update(issue(key), edit, actor, sees));
  const labelIds = (names: readonly string[], team: TeamState): readonly string[] =>
    names.map((name) => {
      const label = [...world.labels.values()].find((one) => one.name.toLowerCase() === name.toLowerCase() && (one.teamId === null || one.teamId === team.id));
      return (label ?? writes.label({ name })).id;
    });
  const stateId = (name: string, team: TeamState): string => {
    const state = team.states.find((one) => one.name === name);
    if (!state) throw new Error(`team ${team.key} has no state "${name}": it has ${team.states.map((one) => one.name).join(", ")}`);
    return state.id;
  };
  const create = (team: TeamState, { title, body, parent, status, labels }: EmulatedTicketInput): IssueState => {
    const [made] = writes.create(
      [
        {
          teamId: team.id,
          title,
          description: body,
          parentId: parent === undefined ? null : issue(parent).id,
          stateId: status === undefined ? null : stateId(status, team),
          labelIds: labelIds(labels ?? [], team),
        },
      ],
      actor,
      sees,
      false,
    );
    if (!made) throw new Error("nothing was created");
    return made;
  };
  return {
    name: actor.name,
    keys: () => [...world.issues(NOW)].filter((one) => one.teamId === teamOf(project).id && one.archivedAt === null).map((one) => world.identifier(one)),
    // Linear has no types: `type` says nothing here.
    create: (input) => world.identifier(create(teamOf(project), input)),
    edit: (key, { title, body, parent }) =>
      update(key, { title, description: body, parentId: parent === undefined || parent === null ? parent : issue(parent).id }),
    move: (key, status) => {
      const found = issue(key);
      // People give a priority where leaving triage asks for one.
      const priority = world.status(found.stateId).status.type === "triage" && found.priority === 0 ? 3 : undefined;
      return update(key, { stateId: stateId(status, world.team(found.teamId)), priority });
    },
    label: (key, add, remove) => {
      const team = world.team(issue(key).teamId);
      return update(key, { addedLabelIds: labelIds(add, team), removedLabelIds: labelIds(remove, team) });
    },
    comment: (key, text) => {
      writes.comment(issue(key), { body: text }, actor);
      return key;
    },
    reword: (key, text) => {
      const found = issue(key);
      const last = lastOf(found.comments);
      writes.amend(found, { comments: found.comments.map((one) => (one === last ? { ...one, body: text } : one)) });
      return key;
    },
    // The id, by which Canon knows its own, cannot be had twice.
    mimic: (key, from) => {
      writes.comment(issue(key), { body: lastOf(issue(from).comments).body }, actor);
      return key;
    },
    take: (key, id, text) => {
      writes.comment(issue(key), { id, body: text }, actor);
      return key;
    },
    unsay: (key) => {
      const found = issue(key);
      writes.amend(found, { comments: found.comments.slice(0, -1) });
      return key;
    },
    archive: (key) => update(key, { archived: true }),
    remove: (key) => {
      writes.erase(issue(key));
      return key;
    },
    transfer: (key) => update(key, { teamId: (world.team(issue(key).teamId).key === project ? teamOf("OPS") : teamOf(project)).id }),
    duplicate: (key) => {
      const found = issue(key);
      const [copy] = writes.create([{ ...found, id: null }], actor, sees, false);
      if (!copy) throw new Error("nothing was copied");
      const attachments = found.attachments.map((one) => ({ ...one, id: crypto.randomUUID(), creatorId: actor.id }));
      return world.identifier(writes.amend(copy, { attachments }));
    },
    hide: (key, hidden) => world.identifier(writes.amend(issue(key), { hidden })),
    show: (key) => viewOf(issue(key), world),
  };
}

function lastOf<T>(all: readonly T[]): T {
  const last = all.at(-1);
  if (last === undefined) throw new Error("nobody has said anything");
  return last;
}

function viewOf(issue: IssueState, world: LinearWorld): EmulatedTicketView {
  const parent = issue.parentId === null ? null : world.issue(issue.parentId, NOW);
  return {
    key: world.identifier(issue),
    title: issue.title,
    body: issue.description ?? "",
    type: null,
    status: world.status(issue.stateId).status.name,
    parent: parent && world.identifier(parent),
    labels: issue.labelIds.map((id) => world.label(id).name),
    comments: issue.comments.map(({ body }) => body),
    links: issue.attachments.map(({ url }) => url),
  };
}
