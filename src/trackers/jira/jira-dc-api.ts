/** Jira Data Center: REST v2 with texts in wiki markup. A thin client of our own, because the vendor's library knows the Cloud only. */

import type { MarkdownParser } from "../../core/spec/markdown-parser.ts";
import type { IssueEdit, JiraApi, Logged, NewIssue } from "./jira-api.ts";
import { createIssues } from "./jira-bulk-create.ts";
import { inPath } from "./jira-chunks.ts";
import type { JiraClient, JiraRequest } from "./jira-client.ts";
import { openDcReads } from "./jira-dc-reads.ts";
import { DETAIL_FIELDS } from "./jira-details.ts";
import { numberOf } from "./jira-map.ts";
import { signedBy } from "./jira-note.ts";
import { PROPERTY, type JiraProperty } from "./jira-property.ts";
import { wikiToMarkdown } from "./jira-text.ts";
import { blocksToWiki } from "./wiki/blocks-to-wiki.ts";
import { wikiFormat } from "./wiki/wiki-format.ts";
import {
  loggedSchema,
  commentsSchema,
  fieldNamesSchema,
  formSchema,
  issueSchema,
  updatedPageSchema,
  permissionsSchema,
  projectNamesSchema,
  projectSchema,
  propertySchema,
  transitionsSchema,
  typeStatusesSchema,
  userSchema,
  type WireComment,
} from "./jira-wire.ts";

const API = "/rest/api/2";
const EPIC_LINK = "com.pyxis.greenhopper.jira:gh-epic-link";

export function openDcApi(client: JiraClient, parser: MarkdownParser, titleLimit: number): JiraApi {
  const format = wikiFormat(parser, { titleLimit });
  const get = (path: string, query?: JiraRequest["query"], what?: string): JiraRequest => ({
    ...{ method: "GET", path: API + path, writes: false },
    ...(query === undefined ? {} : { query }),
    ...(what === undefined ? {} : { what }),
  });
  const write = (method: string, path: string, what: string, needs: string, body: unknown): JiraRequest => ({
    method,
    path: API + path,
    writes: true,
    what,
    needs,
    body,
  });

  let link: Promise<string | null> | undefined;
  const epicLink = async (): Promise<string | null> => {
    link ??= client.ask(get("/field"), fieldNamesSchema).then((fields) => fields.find(({ schema }) => schema?.custom === EPIC_LINK)?.id ?? null);
    try {
      return await link;
    } catch (error) {
      link = undefined;
      throw error;
    }
  };
  const reads = openDcReads(client, get, epicLink);
  const setProperty = async (key: string, property: JiraProperty): Promise<void> => {
    reads.forget(key);
    await client.send(write("PUT", `/issue/${inPath(key)}/properties/${PROPERTY}`, key, "Edit Issues", property));
  };

  return {
    format,
    description: (body) => body,
    bodyOf: (description) => (typeof description === "string" ? description : ""),
    markdownOf: (text) => (typeof text === "string" ? wikiToMarkdown(text) : ""),

    myself: async () => client.ask(get("/myself"), userSchema),
    project: async (key) => client.find(get(`/project/${inPath(key)}`), projectSchema),
    projects: async () => client.ask(get("/project"), projectNamesSchema),
    statuses: async (project) => client.ask(get(`/project/${inPath(project)}/statuses`), typeStatusesSchema),
    permissions: async (project, names) => {
      const { permissions } = await client.ask(get("/mypermissions", { projectKey: project }), permissionsSchema);
      return names.filter((name) => permissions[name]?.havePermission === true);
    },
    form: async (project, type) => {
      const { values, fields } = await client.ask(get(`/issue/createmeta/${inPath(project)}/issuetypes/${inPath(type)}`, { maxResults: 200 }), formSchema);
      return values ?? fields ?? [];
    },
    epicLink,

    byKeys: reads.byKeys,
    byQuery: reads.byQuery,
    details: async (key) => {
      const link = await epicLink();
      return client.find(get(`/issue/${inPath(key)}`, { fields: [...DETAIL_FIELDS, ...(link === null ? [] : [link])] }, key), issueSchema);
    },
    newest: async (project) => {
      const jql = `project = ${JSON.stringify(project)} ORDER BY created DESC`;
      const { issues } = await client.ask(reads.search({ jql, maxResults: 1, startAt: 0, fields: ["updated"] }), updatedPageSchema);
      return issues[0] === undefined ? 0 : numberOf(issues[0].key);
    },

    create: async (issues) =>
      createIssues(client, issues.length, {
        ...write("POST", "/issue/bulk", `${issues.length} creates`, "Create Issues", { issueUpdates: issues.map(newIssue) }),
        creations: issues.length,
      }),
    edit: async (key, edit) => {
      reads.forget(key);
      await client.send(write("PUT", `/issue/${inPath(key)}`, key, "Edit Issues", editBody(edit)));
      return null;
    },
    setProperty,
    transitions: async (key) => (await client.ask(get(`/issue/${inPath(key)}/transitions`, undefined, key), transitionsSchema)).transitions,
    transit: async (key, transition) => {
      reads.forget(key);
      await client.send(write("POST", `/issue/${inPath(key)}/transitions`, key, "Transition Issues", { transition: { id: transition } }));
      // The schema knows properties here, the server is not known to take them.
      return false;
    },

    signed: async (key) => {
      const comments = await allComments(client, get, key);
      const found = await Promise.all(
        comments.map(async (comment) => {
          const property = await client.find(get(`/comment/${inPath(comment.id)}/properties/${PROPERTY}`, undefined, key), propertySchema);
          return property === null ? [] : signedBy(comment, property.value);
        }),
      );
      return found.flat();
    },
    comment: async (key, markdown, sign, standing) => {
      // Behind a blank line nothing is front matter.
      const text = `\n${markdown}`;
      const body = blocksToWiki(parser.parse(text).children, text).join("\n\n");
      if (standing === null) {
        const properties = [{ key: PROPERTY, value: JSON.stringify(sign) }];
        await client.send(write("POST", `/issue/${inPath(key)}/comment`, key, "Add Comments", { body, properties }));
        return;
      }
      // The schema knows properties of an edit, the server is not known to take them. The sign goes last: without it the text is sent once more.
      await client.send(write("PUT", `/issue/${inPath(key)}/comment/${inPath(standing)}`, key, "Edit Own Comments", { body }));
      await client.send(write("PUT", `/comment/${inPath(standing)}/properties/${PROPERTY}`, key, "Edit Own Comments", sign));
    },
    link: async (key, { globalId, url, title, relationship }) => {
      await client.send(write("POST", `/issue/${inPath(key)}/remotelink`, key, "Link Issues", { globalId, relationship, object: { url, title } }));
    },
    logged: async (keys) => (await Promise.all(keys.map(async (key) => log(client, get, key)))).flat(),
  };
}

/** The schema takes the value of a property as text [S]; what is stored is read in both forms. */
function propertiesOf(property: JiraProperty): readonly { readonly key: string; readonly value: string }[] {
  return [{ key: PROPERTY, value: JSON.stringify(property) }];
}

function newIssue({ fields, property }: NewIssue): unknown {
  return { fields, properties: propertiesOf(property) };
}

function editBody({ fields, update, property }: IssueEdit): unknown {
  return { fields, update, ...(property === null ? {} : { properties: propertiesOf(property) }) };
}

type Get = (path: string, query?: JiraRequest["query"], what?: string) => JiraRequest;

async function allComments(client: JiraClient, get: Get, key: string): Promise<readonly WireComment[]> {
  const comments: WireComment[] = [];
  for (let total = 1; comments.length < total;) {
    const page = await client.ask(get(`/issue/${inPath(key)}/comment`, { startAt: comments.length, maxResults: 500 }, key), commentsSchema);
    if (page.comments.length === 0) break;
    comments.push(...page.comments);
    total = page.total;
  }
  return comments;
}

/** By key: the index would not show what was written just now. Nothing where the ticket is gone. */
async function log(client: JiraClient, get: Get, key: string): Promise<readonly Logged[]> {
  const ticket = await client.find(get(`/issue/${inPath(key)}`, { fields: "comment", expand: "changelog" }, key), loggedSchema);
  if (ticket === null) return [];
  const { comment } = ticket.fields;
  const isWhole = comment !== undefined && comment.comments.length >= comment.total;
  const comments = isWhole ? comment.comments : await allComments(client, get, ticket.key);
  return [{ id: ticket.id, key: ticket.key, changes: ticket.changelog?.histories ?? [], comments }];
}
