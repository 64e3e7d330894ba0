/** Runs parsed JQL over the index: which tickets match, in which order. */

import { fieldIds } from "./jira-project.ts";
import { EMPTY } from "./jql-parse.ts";
import type { Jql, JqlNode, JqlOrder } from "./jql-parse.ts";
import type { JiraTicket } from "./jira-model.ts";
import { JiraRefusal } from "./jira-refusal.ts";
import { shownText } from "./jira-text.ts";
import { jqlTime } from "./jira-time.ts";
import type { JiraWorld } from "./jira-world.ts";

type Clause = Extract<JqlNode, { readonly kind: "clause" }>;
type Test = (ticket: JiraTicket) => boolean;

/** What a field has for a ticket, lower case; empty where it has nothing. */
type Values = (ticket: JiraTicket) => readonly string[];

const NONE: Test = () => false;

export interface JqlOptions {
  /** Ignore keys and names that nobody has, and say so in `warnings`. */
  readonly lenient: boolean;
}

export interface JqlFound {
  readonly tickets: readonly JiraTicket[];
  readonly warnings: readonly string[];
}

export function searchJql(world: JiraWorld, { where, order }: Jql, tickets: readonly JiraTicket[], { lenient }: JqlOptions): JqlFound {
  const warnings: string[] = [];
  const unknown = (message: string): void => {
    if (!lenient) throw new JiraRefusal(400, message);
    warnings.push(message);
  };
  const test = where === null ? () => true : compile(where);
  return { tickets: tickets.filter(test).sort(comparing(order)), warnings };

  function compile(node: JqlNode): Test {
    switch (node.kind) {
      case "and": {
        const parts = node.parts.map(compile);
        return (ticket) => parts.every((part) => part(ticket));
      }
      case "or": {
        const parts = node.parts.map(compile);
        return (ticket) => parts.some((part) => part(ticket));
      }
      case "not": {
        const part = compile(node.part);
        return (ticket) => !part(ticket);
      }
      case "clause":
        return clause(node);
    }
  }

  function clause(given: Clause): Test {
    const field = given.field.toLowerCase();
    const isCloud = world.settings.flavour === "cloud";
    const epicLink = fieldIds(world.settings).epicLink;
    switch (field) {
      case "project":
        return matching(
          given,
          (ticket) => [ticket.project.id],
          (value) => {
            const project = world.projects.find(({ id, key, name }) => [id, key.toLowerCase(), name.toLowerCase()].includes(value.toLowerCase()));
            return named(project?.id, `The value '${value}' does not exist for the field 'project'.`);
          },
        );
      case "key":
      case "issuekey":
      case "issue":
      case "id":
        return matching(given, (ticket) => [ticket.id], keyed("key"));
      case "parent":
        // Data Center's clause knows sub-tasks only.
        return matching(given, ({ parent, type }) => (parent === null || (!isCloud && type.level !== -1) ? [] : [parent]), keyed("parent"));
      case "epic link":
      case `cf[${epicLink.replace("customfield_", "")}]`:
        return matching(given, ({ parent, type }) => (parent === null || type.level !== 0 ? [] : [parent]), keyed("Epic Link"));
      case "labels":
        return matching(
          given,
          (ticket) => ticket.labels.map((label) => label.toLowerCase()),
          (value) => value.toLowerCase(),
        );
      case "component":
        return matching(
          given,
          (ticket) => ticket.components.map(({ name }) => name.toLowerCase()),
          (value) => value.toLowerCase(),
        );
      case "status":
        return matching(
          given,
          (ticket) => [ticket.status.id],
          (value) => {
            const status = world.projects
              .flatMap(({ statuses }) => statuses)
              .find(({ id, name }) => id === value || name.toLowerCase() === value.toLowerCase());
            return named(status?.id, `The value '${value}' does not exist for the field 'status'.`);
          },
        );
      case "statuscategory":
        return matching(
          given,
          (ticket) => [ticket.status.category],
          (value) => {
            const names: Readonly<Record<string, string>> = {
              "to do": "new",
              "in progress": "indeterminate",
              done: "done",
              new: "new",
              indeterminate: "indeterminate",
            };
            return named(names[value.toLowerCase()], `The value '${value}' does not exist for the field 'statusCategory'.`);
          },
        );
      case "issuetype":
      case "type":
        return matching(
          given,
          (ticket) => [ticket.type.name.toLowerCase(), ticket.type.id],
          (value) => {
            const type = world.projects.flatMap(({ types }) => types).find(({ id, name }) => id === value || name.toLowerCase() === value.toLowerCase());
            return named(type && value.toLowerCase(), `The value '${value}' does not exist for the field 'issuetype'.`);
          },
        );
      case "resolution":
        return matching(
          given,
          ({ resolution }) => (resolution === null ? [] : [resolution.toLowerCase()]),
          (value) => value.toLowerCase(),
        );
      case "reporter":
      case "creator":
        return matching(
          given,
          ({ creator }) => [creator.accountId, creator.name],
          (value) => (value === "currentuser()" ? world.dana.accountId : value),
        );
      case "created":
        return dated(given, (ticket) => ticket.created);
      case "updated":
        return dated(given, (ticket) => ticket.updated);
      case "summary":
        return worded(given, (ticket) => ticket.summary);
      case "description":
        return worded(given, (ticket) => shownText(ticket.description));
      case "text":
        return worded(given, (ticket) => [ticket.summary, shownText(ticket.description), ...ticket.comments.map(({ body }) => shownText(body))].join(" "));
      default:
        // Entity properties are found only where an installed app indexes them, and none is.
        throw new JiraRefusal(400, `Field '${given.field}' does not exist or you do not have permission to view it.`);
    }
  }

  function keyed(field: string): (value: string) => string | null {
    return (value) => {
      const id = world.find(value)?.id;
      if (id === undefined && world.settings.jqlMissingKeys === "ignore") return null;
      return named(id, `An issue with key '${value}' does not exist for field '${field}'.`);
    };
  }

  function named(value: string | undefined, message: string): string | null {
    if (value === undefined) unknown(message);
    return value ?? null;
  }

  function matching({ field, operator, values }: Clause, of: Values, read: (value: string) => string | null): Test {
    const isEmpty: Test = (ticket) => of(ticket).length === 0;
    switch (operator) {
      case "is":
      case "is not":
        if (values[0] !== EMPTY) throw unsupported(field, `${operator} ${String(values[0])}`);
        return operator === "is" ? isEmpty : (ticket) => !isEmpty(ticket);
      case "=":
      case "in":
      case "!=":
      case "not in": {
        const wanted = new Set(values.filter((value) => value !== EMPTY).flatMap((value) => read(value) ?? []));
        const orEmpty = values.includes(EMPTY);
        const test: Test = (ticket) => of(ticket).some((value) => wanted.has(value)) || (orEmpty && isEmpty(ticket));
        // A ticket without a value matches neither a value nor its opposite.
        return operator === "=" || operator === "in" ? test : (ticket) => !isEmpty(ticket) && !test(ticket);
      }
      default:
        throw unsupported(field, operator);
    }
  }

  function dated({ field, operator, values }: Clause, of: (ticket: JiraTicket) => number): Test {
    const [text = ""] = values;
    const now = world.clock.now();
    const limit = text === "now()" ? now : jqlTime(text, world.settings.timeZone, now);
    if (limit === null) {
      throw new JiraRefusal(
        400,
        `Date value '${text}' for field '${field}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.`,
      );
    }
    switch (operator) {
      case ">=":
        return (ticket) => of(ticket) >= limit;
      case ">":
        return (ticket) => of(ticket) > limit;
      case "<=":
        return (ticket) => of(ticket) <= limit;
      case "<":
        return (ticket) => of(ticket) < limit;
      default:
        throw unsupported(field, operator);
    }
  }

  function worded({ field, operator, values }: Clause, of: (ticket: JiraTicket) => string): Test {
    if (operator !== "~" && operator !== "!~") throw unsupported(field, operator);
    const wanted = wordsOf(values[0] ?? "");
    if (wanted.length === 0) return NONE;
    const test: Test = (ticket) => {
      const has = wordsOf(of(ticket));
      return wanted.every((word) => has.some((one) => (word.endsWith("*") ? one.startsWith(word.slice(0, -1)) : one === word)));
    };
    return operator === "~" ? test : (ticket) => !test(ticket);
  }
}

function unsupported(field: string, operator: string): JiraRefusal {
  return new JiraRefusal(400, `The operator '${operator}' is not supported by the '${field}' field.`);
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+\*?/gu) ?? [];
}

/** Without an order the newest stand first: nobody may rely on another one. */
function comparing(order: readonly JqlOrder[]): (a: JiraTicket, b: JiraTicket) => number {
  const keys = order.map(({ field, descending }) => ({ read: orderBy(field), sign: descending ? -1 : 1 }));
  return (a, b) => {
    for (const { read, sign } of keys) {
      const [one, two] = [read(a), read(b)];
      if (one !== two) return (one < two ? -1 : 1) * sign;
    }
    return Number(b.id) - Number(a.id);
  };
}

function orderBy(field: string): (ticket: JiraTicket) => string | number {
  switch (field.toLowerCase()) {
    case "key":
    case "issuekey":
      return ({ key }) => `${key.split("-")[0]} ${key.split("-")[1]?.padStart(9, "0")}`;
    case "id":
      return ({ id }) => Number(id);
    case "created":
      return ({ created }) => created;
    case "updated":
      return ({ updated }) => updated;
    case "summary":
      return ({ summary }) => summary;
    case "status":
      return ({ status }) => Number(status.id);
    default:
      throw new JiraRefusal(400, `Not able to sort using field '${field}'.`);
  }
}
