/** Jira Cloud: REST v3 with texts as Atlassian documents; tickets are read a hundred at a time with their property. */

import type { MarkdownParser } from "../../core/spec/markdown-parser.ts";
import { adfFormat } from "./adf/adf-format.ts";
import { parseJson } from "./adf/adf-node.ts";
import { blocksToAdf } from "./adf/blocks-to-adf.ts";
import { TaskIds } from "./adf/task-ids.ts";
import { adfBody } from "./jira-adf-body.ts";
import type { JiraApi, NewIssue } from "./jira-api.ts";
import { createIssues } from "./jira-bulk-create.ts";
import { chunks, inPath } from "./jira-chunks.ts";
import type { JiraClient } from "./jira-client.ts";
import { cloudLog, cloudSigned } from "./jira-cloud-log.ts";
import { DETAIL_FIELDS } from "./jira-details.ts";
import { cloudIds, cloudIssues } from "./jira-cloud-reads.ts";
import { loadJiraJs, readRequest as read, writeRequest as write } from "./jira-js.ts";
import { numberOf } from "./jira-map.ts";
import { PROPERTY } from "./jira-property.ts";
import { adfToMarkdown } from "./jira-text.ts";
import {
  formSchema,
  idsSchema,
  issueSchema,
  permissionsSchema,
  projectPageSchema,
  projectSchema,
  transitionsSchema,
  typeStatusesSchema,
  userSchema,
} from "./jira-wire.ts";

export async function openCloudApi(client: JiraClient, parser: MarkdownParser, titleLimit: number): Promise<JiraApi> {
  const js = await loadJiraJs();

  return {
    format: adfFormat(parser, { titleLimit }),
    description: (body) => (body === "" ? null : (parseJson(body) ?? null)),
    bodyOf: adfBody,
    markdownOf: adfToMarkdown,

    myself: async () =>
      client.ask(
        read((library) => js.getCurrentUser(library)),
        userSchema,
      ),
    project: async (key) =>
      client.find(
        read((library) => js.getProject(library, { projectIdOrKey: inPath(key) })),
        projectSchema,
      ),
    projects: async () =>
      (
        await client.ask(
          read((library) => js.searchProjects(library, { maxResults: 100 })),
          projectPageSchema,
        )
      ).values,
    statuses: async (project) =>
      client.ask(
        read((library) => js.getAllStatuses(library, { projectIdOrKey: inPath(project) })),
        typeStatusesSchema,
      ),
    permissions: async (project, names) => {
      const asked = read((library) => js.getMyPermissions(library, { projectKey: project, permissions: names.join(",") }));
      const { permissions } = await client.ask(asked, permissionsSchema);
      return names.filter((name) => permissions[name]?.havePermission === true);
    },
    form: async (project, type) => {
      const asked = read((library) => js.getCreateIssueMetaIssueTypeId(library, { projectIdOrKey: inPath(project), issueTypeId: type, maxResults: 200 }));
      return (await client.ask(asked, formSchema)).fields ?? [];
    },
    epicLink: async () => null,

    byKeys: async (keys) => cloudIssues(client, js, keys),
    details: async (key) =>
      client.find(
        read((library) => js.getIssue(library, { issueIdOrKey: inPath(key), fields: [...DETAIL_FIELDS] }), key),
        issueSchema,
      ),
    byQuery: async (jql) => {
      const { ids, complete } = await cloudIds(client, js, jql);
      const found = await cloudIssues(client, js, ids);
      // An id that the index still shows and nobody has is a ticket that was removed just now.
      return { ...found, missing: [], complete: found.complete && complete };
    },
    newest: async (project) => {
      const jql = `project = ${JSON.stringify(project)} ORDER BY created DESC`;
      const asked = read((library) => js.searchAndReconsileIssuesUsingJqlPost(library, { jql, maxResults: 1, fields: ["key"] }));
      const [issue] = (await client.ask(asked, idsSchema)).issues;
      return issue?.key === undefined ? 0 : numberOf(issue.key);
    },

    create: async (issues) =>
      createIssues(client, issues.length, {
        ...write((library) => js.createIssues(library, { issueUpdates: issues.map(newIssue) }), `${issues.length} creates`, "Create issues"),
        creations: issues.length,
      }),
    edit: async (key, { fields, update, property }) => {
      const properties = property === null ? {} : { properties: [{ key: PROPERTY, value: property }] };
      const request = write(
        (library) => js.editIssue(library, { issueIdOrKey: inPath(key), returnIssue: true, fields: { ...fields }, update: { ...update }, ...properties }),
        key,
        "Edit issues",
      );
      const parsed = issueSchema.safeParse((await client.send(request)).json);
      // An answer that shows only a part of the ticket is no echo; the write itself is done.
      return parsed.success && "description" in parsed.data.fields ? parsed.data : null;
    },
    setProperty: async (key, property) => {
      await client.send(
        write((library) => js.setIssueProperty(library, { issueIdOrKey: inPath(key), propertyKey: PROPERTY, body: property }), key, "Edit issues"),
      );
    },
    transitions: async (key) =>
      (
        await client.ask(
          read((library) => js.getTransitions(library, { issueIdOrKey: inPath(key) }), key),
          transitionsSchema,
        )
      ).transitions,
    transit: async (key, transition, property) => {
      const properties = property === null ? {} : { properties: [{ key: PROPERTY, value: property }] };
      const step = { issueIdOrKey: inPath(key), transition: { id: transition }, ...properties };
      await client.send(write((library) => js.doTransition(library, step), key, "Transition issues"));
      return property !== null;
    },

    signed: async (key) => cloudSigned(client, js, key),
    comment: async (key, markdown, sign, standing) => {
      // Behind a blank line nothing is front matter.
      const text = `\n${markdown}`;
      const document = { type: "doc", version: 1, content: blocksToAdf(parser.parse(text).children, text, new TaskIds()).map((node) => ({ ...node })) };
      const said = { body: document, properties: [{ key: PROPERTY, value: sign }] };
      const issueIdOrKey = inPath(key);
      await client.send(
        standing === null
          ? write((library) => js.addComment(library, { issueIdOrKey, ...said }), key, "Add comments")
          : // [S] Properties are optional on create and update: text and sign change in one request.
            write((library) => js.updateComment(library, { issueIdOrKey, id: inPath(standing), body: said }), key, "Edit own comments"),
      );
    },
    link: async (key, { globalId, url, title, relationship }) => {
      const link = { issueIdOrKey: inPath(key), globalId, relationship, object: { url, title } };
      await client.send(write((library) => js.createOrUpdateRemoteIssueLink(library, link), key, "Link issues"));
    },
    logged: async (keys) => (await Promise.all(chunks(keys, 100).map(async (some) => cloudLog(client, js, some)))).flat(),
  };
}

function newIssue({ fields, property }: NewIssue): { fields: Record<string, unknown>; properties: { key: string; value: unknown }[] } {
  return { fields: { ...fields }, properties: [{ key: PROPERTY, value: property }] };
}
