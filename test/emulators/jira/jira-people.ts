/** Robin Ito, who works in Jira's own interface, and whose editor rewrites what they type. */

import type { EmulatedPeople, EmulatedTicketInput, EmulatedTicketView } from "../kit/emulated-people.ts";
import { changeItems } from "./jira-changes.ts";
import type { JiraComment, JiraProject, JiraStatus, JiraTicket, JiraType } from "./jira-model.ts";
import { INITIAL_STATUS } from "./jira-project.ts";
import { withStatus } from "./jira-render.ts";
import { editedText, shownText } from "./jira-text.ts";
import type { JiraWorld } from "./jira-world.ts";

export function jiraPeople(world: JiraWorld, home: string): EmulatedPeople {
  const { robin, clock } = world;
  const project = mustFind(world.project(home), home);
  const at = (key: string): JiraTicket => mustFind(world.find(key), key);
  const save = (before: JiraTicket, after: JiraTicket): string => world.put(after, robin, changeItems(world, before, after)).key;
  const statusNamed = (of: JiraProject, name: string): JiraStatus => mustFind(of.statuses.find((status) => status.name === name) ?? null, name);
  const typeNamed = (of: JiraProject, name: string): JiraType => mustFind(of.types.find((type) => type.name === name) ?? null, name);

  const made = (ticket: Omit<JiraTicket, "id" | "key">): JiraTicket => {
    const now = clock.now();
    const whole = { ...ticket, id: String(world.nextNumber()), key: world.nextKey(ticket.project), creator: robin, created: now, changes: [] };
    return world.put(whole, robin, []);
  };

  return {
    name: robin.displayName,
    keys: () =>
      world
        .current()
        .filter(({ project: of, archived }) => of.id === project.id && archived === null)
        .sort((a, b) => Number(a.id) - Number(b.id))
        .map(({ key }) => key),
    create: ({ title, body = "", type, parent, status = INITIAL_STATUS, labels = [] }: EmulatedTicketInput) => {
      const above = parent === undefined ? null : at(parent);
      const chosen = type === undefined ? typeBelow(project, above) : typeNamed(project, type);
      const blank: Omit<JiraTicket, "id" | "key"> = {
        project,
        type: chosen,
        summary: title.trim(),
        description: editedText(world, body),
        status: statusNamed(project, INITIAL_STATUS),
        resolution: null,
        parent: above?.id ?? null,
        labels,
        components: project.components.slice(0, world.settings.requiredFields.includes("components") ? 1 : 0),
        custom: new Map(chosen.level === 1 && world.settings.epicName ? [[world.fields.epicName, title.trim()]] : []),
        properties: new Map(),
        comments: [],
        links: [],
        changes: [],
        creator: robin,
        created: 0,
        updated: 0,
        archived: null,
        hidden: false,
      };
      return made({ ...blank, ...pickStatus(statusNamed(project, status)) }).key;
    },
    edit: (key, { title, body, type, parent }) => {
      const before = at(key);
      return save(before, {
        ...before,
        ...(title === undefined ? {} : { summary: title.trim() }),
        ...(body === undefined ? {} : { description: editedText(world, body) }),
        ...(type === undefined ? {} : { type: typeNamed(before.project, type) }),
        ...(parent === undefined ? {} : { parent: parent === null ? null : at(parent).id }),
      });
    },
    move: (key, status) => {
      const before = at(key);
      return save(before, withStatus(before, statusNamed(before.project, status)));
    },
    label: (key, add, remove) => {
      const before = at(key);
      return save(before, { ...before, labels: [...new Set([...before.labels.filter((label) => !remove.includes(label)), ...add])] });
    },
    comment: (key, text) => {
      const before = at(key);
      const comment: JiraComment = { id: String(world.nextNumber()), author: robin, body: typed(world, text), created: clock.now(), properties: new Map() };
      return world.put({ ...before, comments: [...before.comments, comment] }, robin, []).key;
    },
    reword: (key, text) => {
      const before = at(key);
      const last = mustFind(before.comments.at(-1) ?? null, "a comment");
      return world.put({ ...before, comments: before.comments.map((one) => (one === last ? { ...one, body: typed(world, text) } : one)) }, robin, []).key;
    },
    // Whoever writes a comment may put properties on it.
    mimic: (key, from) => {
      const before = at(key);
      const last = mustFind(at(from).comments.at(-1) ?? null, "a comment");
      const comment: JiraComment = { ...last, id: String(world.nextNumber()), author: robin, created: clock.now() };
      return world.put({ ...before, comments: [...before.comments, comment] }, robin, []).key;
    },
    archive: (key) => world.put({ ...at(key), archived: clock.now() }, robin, []).key,
    remove: (key) => {
      const ticket = at(key);
      // Sub-tasks go with their parent; stories stay without their epic.
      for (const child of world.childrenOf(ticket.id)) {
        if (child.type.level === -1) world.remove(child.id);
        else save(child, { ...child, parent: null });
      }
      world.remove(ticket.id);
      return ticket.key;
    },
    transfer: (key) => {
      const before = at(key);
      const target = mustFind(world.projects.find(({ id }) => id !== before.project.id) ?? null, "another project");
      const moved = { ...before, project: target, key: world.nextKey(target), type: typeNamed(target, before.type.name), components: [] };
      return save(before, moved);
    },
    duplicate: (key) => {
      const { id: _id, key: _key, ...original } = at(key);
      return made({ ...original, ...pickStatus(statusNamed(original.project, INITIAL_STATUS)), summary: `CLONE - ${original.summary}`, comments: [] }).key;
    },
    hide: (key, hidden) => world.put({ ...at(key), hidden }, robin, [], false).key,
    show: (key): EmulatedTicketView => {
      const ticket = at(key);
      return {
        key: ticket.key,
        title: ticket.summary,
        body: shownText(ticket.description),
        type: ticket.type.name,
        status: ticket.status.name,
        parent: ticket.parent === null ? null : (world.find(ticket.parent)?.key ?? null),
        labels: ticket.labels,
        comments: ticket.comments.map(({ body }) => shownText(body)),
        links: ticket.links.map(({ object }) => String(object["url"])),
      };
    },
  };
}

function pickStatus(status: JiraStatus): Pick<JiraTicket, "status" | "resolution"> {
  return { status, resolution: status.category === "done" ? "Done" : null };
}

/** What the interface offers first. */
function typeBelow(project: JiraProject, parent: JiraTicket | null): JiraType {
  const level = parent === null ? 0 : parent.type.level - 1;
  return mustFind(project.types.find((type) => type.level === level && (parent !== null || type.name === "Task")) ?? null, "a type for this parent");
}

function typed(world: JiraWorld, text: string): JiraComment["body"] {
  const isCloud = world.settings.flavour === "cloud";
  const document = { type: "doc", version: 1, content: [{ type: "paragraph", content: [{ type: "text", text }] }] };
  return editedText(world, isCloud ? JSON.stringify(document) : text);
}

function mustFind<T>(found: T | null, name: string): T {
  if (found === null) throw new Error(`Robin finds no "${name}" in the emulated Jira`);
  return found;
}
