/** What the emulated Jira says about itself: who, which permissions, projects, types, statuses and fields. */

import type { JsonObject } from "../kit/json-value.ts";
import type { JiraCall, JiraHandler } from "./jira-call.ts";
import { listOf, ok, pageOf } from "./jira-call.ts";
import type { JiraProject, JiraType } from "./jira-model.ts";
import { JiraRefusal } from "./jira-refusal.ts";

/** Permission → where it is granted. */
const PERMISSIONS: Readonly<Record<string, "PROJECT" | "GLOBAL">> = {
  BROWSE_PROJECTS: "PROJECT",
  CREATE_ISSUES: "PROJECT",
  EDIT_ISSUES: "PROJECT",
  TRANSITION_ISSUES: "PROJECT",
  ADD_COMMENTS: "PROJECT",
  LINK_ISSUES: "PROJECT",
  BULK_CHANGE: "GLOBAL",
  ADMINISTER: "GLOBAL",
};

/** The account is nobody's administrator. */
const NEVER: ReadonlySet<string> = new Set(["ADMINISTER"]);

export const myself: JiraHandler = ({ world, render }) => ok(render.user(world.dana));

export const serverInfo: JiraHandler = ({ world, render }) => {
  const isCloud = world.settings.flavour === "cloud";
  return ok({
    baseUrl: new URL(render.base).origin,
    version: isCloud ? "1001.0.0-SNAPSHOT" : "10.3.24",
    versionNumbers: isCloud ? [1001, 0, 0] : [10, 3, 24],
    deploymentType: isCloud ? "Cloud" : "Server",
    buildNumber: isCloud ? 100_300 : 1_030_024,
    serverTitle: "Jira",
  });
};

export const myPermissions: JiraHandler = ({ world, request }) => {
  const { query } = request;
  const isCloud = world.settings.flavour === "cloud";
  const asked = listOf(query, "permissions");
  if (isCloud && asked.length === 0) throw new JiraRefusal(400, "The 'permissions' query parameter is required.");
  const unknown = asked.filter((one) => !(one in PERMISSIONS));
  if (unknown.length > 0) throw new JiraRefusal(400, `Unrecognized permission: ${unknown.join(", ")}`);
  const project = query.get("projectKey") ?? query.get("projectId");
  if (project !== null && (!world.project(project) || world.denied.has("BROWSE_PROJECTS"))) throw noProject(project);
  const keys = isCloud ? asked : Object.keys(PERMISSIONS);
  const permissions = keys.map((key, index): [string, JsonObject] => [
    key,
    { id: String(10 + index), key, name: key, type: PERMISSIONS[key], description: "", havePermission: !world.denied.has(key) && !NEVER.has(key) },
  ]);
  return ok({ permissions: Object.fromEntries(permissions) });
};

export const readProject: JiraHandler = (call) => {
  const { world, render } = call;
  const project = projectOf(call);
  return ok({
    ...render.project(project),
    issueTypes: project.types.map((type) => typeIn(call, project, type)),
    components: project.components.map(({ id, name }) => ({ self: `${render.base}/component/${id}`, id, name })),
    ...(world.settings.flavour === "cloud"
      ? { projectTypeKey: "software", style: project.style === "team" ? "next-gen" : "classic", simplified: project.style === "team" }
      : { projectTypeKey: "software" }),
  });
};

/** Those that the account may browse. */
export const allProjects: JiraHandler = (call) => ok(visible(call));

export const searchProjects: JiraHandler = (call) => {
  const { startAt, maxResults, total, values } = pageOf(visible(call), call.request.query, 50, 100);
  return ok({ self: `${call.render.base}/project/search`, startAt, maxResults, total, isLast: startAt + values.length >= total, values });
};

function visible({ world, render }: JiraCall): readonly JsonObject[] {
  return world.denied.has("BROWSE_PROJECTS") ? [] : world.projects.map(render.project);
}

export const projectStatuses: JiraHandler = (call) => {
  const project = projectOf(call);
  return ok(
    project.types.map((type) => ({
      self: `${call.render.base}/issuetype/${type.id}`,
      id: type.id,
      name: type.name,
      subtask: type.level === -1,
      statuses: project.statuses.map(call.render.status),
    })),
  );
};

export const projectComponents: JiraHandler = (call) =>
  ok(projectOf(call).components.map(({ id, name }) => ({ self: `${call.render.base}/component/${id}`, id, name })));

export const projectHierarchy: JiraHandler = (call) => {
  const project = projectOf(call);
  const names = { "-1": project.style === "team" ? "Subtask" : "Sub-task", "0": "Story", "1": "Epic" };
  const levels = ([-1, 0, 1] as const).map((level) => ({
    level,
    name: names[level],
    issueTypes: project.types.filter((type) => type.level === level).map(({ id, name }) => ({ id: Number(id), name })),
  }));
  return ok({ projectId: Number(project.id), hierarchy: levels });
};

export const typesOfProject: JiraHandler = (call) => {
  const project = call.world.project(call.request.query.get("projectId") ?? "");
  if (!project) throw noProject(String(call.request.query.get("projectId")));
  return ok(project.types.map((type) => typeIn(call, project, type)));
};

/** What can be created: the way to types and required fields without administrator's rights. */
export const createTypes: JiraHandler = (call) => {
  const project = projectOf(call);
  const { startAt, maxResults, total, values } = pageOf(project.types, call.request.query, 50, 200);
  const types = values.map((type) => typeIn(call, project, type));
  return ok({
    startAt,
    maxResults,
    total,
    ...(call.world.settings.flavour === "cloud" ? { issueTypes: types } : { isLast: startAt + values.length >= total, values: types }),
  });
};

export const createFields: JiraHandler = (call) => {
  const { world, params, request } = call;
  const project = projectOf(call);
  const type = project.types.find(({ id }) => id === params[1]);
  if (!type) throw new JiraRefusal(400, `The issue type with id '${params[1]}' does not exist in this project.`);
  const isCloud = world.settings.flavour === "cloud";
  const { startAt, maxResults, total, values } = pageOf(fieldsOf(call, project, type), request.query, 50, 200);
  const fields = values.map(({ id, name, required, schema, operations, allowedValues }) => ({
    fieldId: id,
    ...(isCloud ? { key: id } : {}),
    name,
    required,
    hasDefaultValue: false,
    schema,
    operations,
    ...(allowedValues ? { allowedValues } : {}),
  }));
  return ok({ startAt, maxResults, total, ...(isCloud ? { fields } : { isLast: startAt + values.length >= total, values: fields }) });
};

export const allFields: JiraHandler = ({ world }) => {
  const { fields, settings } = world;
  const isCloud = settings.flavour === "cloud";
  const system = (id: string, name: string, type: string): JsonObject => ({
    id,
    ...(isCloud ? { key: id } : {}),
    name,
    custom: false,
    orderable: true,
    navigable: true,
    searchable: true,
    clauseNames: [id],
    schema: { type, system: id },
  });
  const custom = (id: string, name: string, kind: string): JsonObject => {
    const customId = Number(id.replace("customfield_", ""));
    const schema = { type: kind.endsWith("link") ? "any" : "string", custom: kind, customId };
    return { ...system(id, name, "string"), custom: true, clauseNames: [`cf[${customId}]`, name], schema };
  };
  return ok([
    system("summary", "Summary", "string"),
    system("description", "Description", "string"),
    system("labels", "Labels", "array"),
    system("components", "Component/s", "array"),
    system("parent", "Parent", "issuelink"),
    ...(settings.style === "company"
      ? [
          custom(fields.epicLink, "Epic Link", "com.pyxis.greenhopper.jira:gh-epic-link"),
          custom(fields.epicName, "Epic Name", "com.pyxis.greenhopper.jira:gh-epic-label"),
        ]
      : []),
    ...(settings.requiredFields.includes("team") ? [custom(fields.team, "Team Name", "com.atlassian.jira.plugin.system.customfieldtypes:textfield")] : []),
  ]);
};

/** Workflows are for administrators. */
export const workflows: JiraHandler = () => {
  throw new JiraRefusal(403, "Only Jira administrators can access workflows.");
};

/** Only apps may register webhooks. */
export const webhooks: JiraHandler = () => {
  throw new JiraRefusal(403, "The caller is not a Connect or OAuth 2.0 app.");
};

interface CreateField {
  readonly id: string;
  readonly name: string;
  readonly required: boolean;
  readonly schema: JsonObject;
  readonly operations: readonly string[];
  readonly allowedValues?: readonly unknown[];
}

function fieldsOf({ world, render }: JiraCall, project: JiraProject, type: JiraType): readonly CreateField[] {
  const { fields, settings } = world;
  const isCloud = settings.flavour === "cloud";
  const text = (id: string, name: string, required: boolean, custom?: string): CreateField => {
    const schema = custom ? { type: "string", custom, customId: Number(id.replace("customfield_", "")) } : { type: "string", system: id };
    return { id, name, required, schema, operations: ["set"] };
  };
  const components = project.components.map(({ id, name }) => ({ self: `${render.base}/component/${id}`, id, name }));
  return [
    text("summary", "Summary", true),
    { id: "issuetype", name: "Issue Type", required: true, schema: { type: "issuetype", system: "issuetype" }, operations: [] },
    { id: "project", name: "Project", required: true, schema: { type: "project", system: "project" }, operations: ["set"] },
    text("description", "Description", false),
    { id: "labels", name: "Labels", required: false, schema: { type: "array", items: "string", system: "labels" }, operations: ["add", "set", "remove"] },
    {
      id: "components",
      name: "Component/s",
      required: settings.requiredFields.includes("components"),
      schema: { type: "array", items: "component", system: "components" },
      operations: ["add", "set", "remove"],
      allowedValues: components,
    },
    ...(type.level === -1 || (isCloud && type.level === 0)
      ? [{ id: "parent", name: "Parent", required: type.level === -1, schema: { type: "issuelink", system: "parent" }, operations: ["set"] }]
      : []),
    ...(settings.style === "company" && type.level === 1
      ? [text(fields.epicName, "Epic Name", settings.epicName, "com.pyxis.greenhopper.jira:gh-epic-label")]
      : []),
    ...(settings.style === "company" && type.level === 0 ? [text(fields.epicLink, "Epic Link", false, "com.pyxis.greenhopper.jira:gh-epic-link")] : []),
    ...(settings.requiredFields.includes("team") ? [text(fields.team, "Team Name", true, "com.atlassian.jira.plugin.system.customfieldtypes:textfield")] : []),
  ];
}

function typeIn({ render }: JiraCall, project: JiraProject, type: JiraType): JsonObject {
  const scope = project.style === "team" ? { scope: { type: "PROJECT", project: { id: project.id } } } : {};
  return { ...render.type(type), ...scope };
}

function projectOf({ world, params }: JiraCall): JiraProject {
  const wanted = params[0] ?? "";
  const project = world.project(wanted);
  if (!project || world.denied.has("BROWSE_PROJECTS")) throw noProject(wanted);
  return project;
}

function noProject(wanted: string): JiraRefusal {
  return new JiraRefusal(404, `No project could be found with key '${wanted}'.`);
}
