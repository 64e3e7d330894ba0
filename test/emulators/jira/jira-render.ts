/** Writes tickets, people, statuses and types as Jira's answers show them. */

import type { JsonObject } from "../kit/json-value.ts";
import type {
  JiraChange,
  JiraComment,
  JiraProject,
  JiraRemoteLink,
  JiraStatus,
  JiraText,
  JiraTicket,
  JiraTransition,
  JiraType,
  JiraUser,
} from "./jira-model.ts";
import { resolutionFor } from "./jira-project.ts";
import { jiraTime } from "./jira-time.ts";
import type { JiraWorld } from "./jira-world.ts";

export interface JiraRender {
  /** `http://host/rest/api/3` */
  readonly base: string;
  time(at: number): string;
  user(user: JiraUser): JsonObject;
  status(status: JiraStatus): JsonObject;
  type(type: JiraType): JsonObject;
  project(project: JiraProject): JsonObject;
  transition(transition: JiraTransition): JsonObject;
  comment(ticket: JiraTicket, comment: JiraComment, withProperties: boolean): JsonObject;
  link(ticket: JiraTicket, link: JiraRemoteLink): JsonObject;
  change(change: JiraChange, fieldIds?: ReadonlySet<string>): JsonObject | null;
  /** `wanted`: names, `*all`, `*navigable`, or names with a minus. */
  fields(ticket: JiraTicket, wanted: readonly string[]): JsonObject;
}

const CATEGORIES = {
  new: { id: 2, key: "new", colorName: "blue-gray", name: "To Do" },
  indeterminate: { id: 4, key: "indeterminate", colorName: "yellow", name: "In Progress" },
  done: { id: 3, key: "done", colorName: "green", name: "Done" },
} as const;

/** Not among `*navigable`. */
const HEAVY: ReadonlySet<string> = new Set(["comment", "attachment", "worklog"]);

export function jiraRender(world: JiraWorld, base: string): JiraRender {
  const { fields: ids, settings } = world;
  const isCloud = settings.flavour === "cloud";
  const time = (at: number): string => jiraTime(at, settings.timeZone);
  const user = ({ accountId, name, displayName, emailAddress, timeZone }: JiraUser): JsonObject => {
    const shared = { displayName, emailAddress, active: true, timeZone, avatarUrls: { "48x48": `${base}/avatar/48` } };
    return isCloud
      ? { self: `${base}/user?accountId=${accountId}`, accountId, accountType: "atlassian", ...shared }
      : { self: `${base}/user?username=${name}`, key: name, name, ...shared };
  };
  const status = ({ id, name, category }: JiraStatus): JsonObject => ({
    self: `${base}/status/${id}`,
    id,
    name,
    description: "",
    iconUrl: `${base}/icons/${id}`,
    statusCategory: { self: `${base}/statuscategory/${CATEGORIES[category].id}`, ...CATEGORIES[category] },
  });
  const type = ({ id, name, level }: JiraType): JsonObject => ({
    self: `${base}/issuetype/${id}`,
    id,
    name,
    description: "",
    iconUrl: `${base}/icons/type`,
    subtask: level === -1,
    // Data Center does not tell levels: an epic is the type that has an Epic Name.
    ...(isCloud ? { hierarchyLevel: level } : {}),
  });
  const project = ({ id, key, name }: JiraProject): JsonObject => ({ self: `${base}/project/${id}`, id, key, name });
  const brief = (ticket: JiraTicket): JsonObject => ({
    id: ticket.id,
    key: ticket.key,
    self: `${base}/issue/${ticket.id}`,
    fields: { summary: ticket.summary, status: status(ticket.status), issuetype: type(ticket.type) },
  });
  const parentOf = ({ parent }: JiraTicket): JiraTicket | null => {
    const found = parent === null ? null : world.find(parent);
    return found === null || found.hidden ? null : found;
  };
  const comment = (ticket: JiraTicket, { id, author, body, created, properties }: JiraComment, withProperties: boolean): JsonObject => ({
    self: `${base}/issue/${ticket.id}/comment/${id}`,
    id,
    author: user(author),
    body,
    updateAuthor: user(author),
    created: time(created),
    updated: time(created),
    ...(isCloud ? { jsdPublic: true } : {}),
    ...(withProperties ? { properties: [...properties].map(([key, value]) => ({ key, value })) } : {}),
  });

  const readers: Readonly<Record<string, (ticket: JiraTicket) => unknown>> = {
    summary: (ticket) => ticket.summary,
    description: (ticket): JiraText => ticket.description,
    issuetype: (ticket) => type(ticket.type),
    project: (ticket) => project(ticket.project),
    status: (ticket) => status(ticket.status),
    resolution: ({ resolution }) => (resolution === null ? null : { self: `${base}/resolution/1`, id: "1", name: resolution, description: "" }),
    labels: (ticket) => ticket.labels,
    components: (ticket) => ticket.components.map(({ id, name }) => ({ self: `${base}/component/${id}`, id, name })),
    parent: (ticket) => {
      // Data Center shows an epic in its own field.
      const parent = isCloud || ticket.type.level === -1 ? parentOf(ticket) : null;
      return parent === null ? undefined : brief(parent);
    },
    subtasks: (ticket) =>
      world
        .childrenOf(ticket.id)
        .filter((child) => child.type.level === -1 && !child.hidden)
        .map(brief),
    creator: (ticket) => user(ticket.creator),
    reporter: (ticket) => user(ticket.creator),
    assignee: () => null,
    created: (ticket) => time(ticket.created),
    updated: (ticket) => time(ticket.updated),
    issuelinks: () => [],
    fixVersions: () => [],
    archiveddate: ({ archived }) => (archived === null ? null : time(archived)),
    archivedby: ({ archived }) => (archived === null ? null : user(world.robin)),
    attachment: () => [],
    comment: (ticket) => ({
      comments: ticket.comments.map((one) => comment(ticket, one, false)),
      maxResults: ticket.comments.length,
      total: ticket.comments.length,
      startAt: 0,
    }),
    [ids.epicName]: ({ custom }) => custom.get(ids.epicName) ?? null,
    ...(settings.style === "company"
      ? { [ids.epicLink]: (ticket: JiraTicket): string | null => (ticket.type.level === 0 ? (parentOf(ticket)?.key ?? null) : null) }
      : {}),
    ...(settings.requiredFields.includes("team") ? { [ids.team]: ({ custom }: JiraTicket): unknown => custom.get(ids.team) ?? null } : {}),
  };

  return {
    base,
    time,
    user,
    status,
    type,
    project,
    comment,
    transition: ({ id, name, to, from }) =>
      isCloud
        ? {
            id,
            name,
            to: status(to),
            hasScreen: false,
            isGlobal: from === null,
            isInitial: false,
            isAvailable: true,
            isConditional: false,
            looped: from === null,
          }
        : { id, name, to: status(to) },
    link: (ticket, { id, globalId, relationship, object }) => ({
      id,
      self: `${base}/issue/${ticket.id}/remotelink/${id}`,
      ...(globalId === null ? {} : { globalId }),
      ...(relationship === null ? {} : { relationship }),
      object,
    }),
    change: ({ id, author, created, items }, wanted) => {
      const shown = items.filter((item) => wanted === undefined || wanted.has(item.fieldId));
      if (shown.length === 0) return null;
      return {
        id,
        author: user(author),
        created: time(created),
        items: shown.map(({ field, fieldId, custom, from, fromText, to, toText }) => ({
          field,
          fieldtype: custom ? "custom" : "jira",
          ...(isCloud && fieldId !== "" ? { fieldId } : {}),
          from,
          fromString: fromText,
          to,
          toString: toText,
        })),
      };
    },
    fields: (ticket, wanted) => {
      const dropped = new Set(wanted.filter((name) => name.startsWith("-")).map((name) => name.slice(1)));
      const named = new Set(wanted);
      const all = named.has("*all") || (!named.has("*navigable") && wanted.every((name) => name.startsWith("-")));
      return Object.fromEntries(
        Object.entries(readers)
          .filter(([name]) => !dropped.has(name) && (named.has(name) || all || (named.has("*navigable") && !HEAVY.has(name))))
          .map(([name, read]) => [name, read(ticket)]),
      );
    },
  };
}

export function withStatus(ticket: JiraTicket, status: JiraStatus): JiraTicket {
  return { ...ticket, status, resolution: resolutionFor(status) };
}
