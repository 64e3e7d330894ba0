/** What a project is like: itself, its types with states, categories, fields, tags and backlog levels, and who is asking. */

import type { WireAnswer } from "../../kit/wire.ts";
import { AZURE_FIELDS, azureField } from "../state/fields.ts";
import type { AzureField } from "../state/fields.ts";
import { identityJson } from "../state/identity.ts";
import { AZURE_CATEGORIES, AZURE_TYPES, azureType } from "../state/process.ts";
import type { AzureCategory, AzureType } from "../state/process.ts";
import type { AzureProject } from "../state/world.ts";
import { AzureRefusal, noSuchProject } from "./azure-refusal.ts";
import type { Call } from "./call.ts";

export function connectionData({ by, collection, world }: Call): WireAnswer {
  const { id, displayName, uniqueName } = by;
  const user = {
    id,
    descriptor: `Microsoft.IdentityModel.Claims.ClaimsIdentity;${uniqueName}`,
    subjectDescriptor: identityJson(by, collection).descriptor,
    providerDisplayName: displayName,
    isActive: true,
    properties: { Account: { $type: "System.String", $value: uniqueName } },
    resourceVersion: 2,
    metaTypeId: 0,
  };
  const ids = { instanceId: "d81542e4-cdfa-4333-b082-1ae2d6c3ad16", deploymentId: "e2c11c4e-8b1c-4b5c-9d5f-2a1f6a0d8b77" };
  return {
    status: 200,
    body: {
      authenticatedUser: user,
      authorizedUser: user,
      ...ids,
      deploymentType: "hosted",
      locationServiceData: { serviceOwner: ids.deploymentId, defaultAccessMappingMoniker: world.organization },
    },
  };
}

export function listProjects({ world, collection }: Call): WireAnswer {
  return listOf(world.projects.map((project) => projectJson(project, collection)));
}

export function getProject({ world, collection, values }: Call): WireAnswer {
  const project = world.project(values["name"] ?? "");
  if (project === null) throw noSuchProject(values["name"] ?? "");
  const defaultTeam = {
    id: project.id.replace(/^./, "9"),
    name: `${project.name} Team`,
    url: `${collection}/_apis/projects/${project.id}/teams/${project.id.replace(/^./, "9")}`,
  };
  const capabilities = {
    processTemplate: { templateName: "Agile", templateTypeId: "adcc42ab-9882-485e-a3ed-7678f01f66bc" },
    versioncontrol: { sourceControlType: "Git" },
  };
  return {
    status: 200,
    body: { ...projectJson(project, collection), capabilities, _links: { self: { href: `${collection}/_apis/projects/${project.id}` } }, defaultTeam },
  };
}

export function listTypes({ collection, project }: Call): WireAnswer {
  return listOf(AZURE_TYPES.map((type) => typeJson(type, collection, project)));
}

export function getType(call: Call): WireAnswer {
  return { status: 200, body: typeJson(typeOf(call), call.collection, call.project) };
}

export function listStates(call: Call): WireAnswer {
  return listOf(typeOf(call).states);
}

export function listTypeFields(call: Call): WireAnswer {
  const type = typeOf(call);
  return listOf(AZURE_FIELDS.map((field) => ({ ...fieldReference(field, call.collection), alwaysRequired: isRequired(field, type, call) })));
}

export function listCategories({ collection, project }: Call): WireAnswer {
  return listOf(AZURE_CATEGORIES.map((category) => categoryJson(category, collection, project)));
}

export function getCategory({ collection, project, values }: Call): WireAnswer {
  const category = AZURE_CATEGORIES.find(({ referenceName, name }) =>
    [referenceName.toLowerCase(), name.toLowerCase()].includes((values["category"] ?? "").toLowerCase()),
  );
  if (category === undefined) throw new AzureRefusal(404, "WorkItemTypeCategoryNotFoundException", `The category ${values["category"] ?? ""} does not exist.`);
  return { status: 200, body: categoryJson(category, collection, project) };
}

export function listFields({ collection }: Call): WireAnswer {
  return listOf(AZURE_FIELDS.map((field) => fieldJson(field, collection)));
}

export function getField({ collection, values }: Call): WireAnswer {
  const field = azureField(values["field"] ?? "");
  if (field === null) throw new AzureRefusal(404, "WorkItemTrackingFieldDefinitionNotFoundException", `TF51535: Cannot find field ${values["field"] ?? ""}.`);
  return { status: 200, body: fieldJson(field, collection) };
}

export function listTags({ collection, project }: Call): WireAnswer {
  return listOf([...(project?.tags.values() ?? [])].map((name) => ({ name, url: `${collection}/_apis/wit/tags/${encodeURIComponent(name)}` })));
}

export function listAreas({ collection, project, values }: Call): WireAnswer {
  const kind = /^iterations$/i.test(values["group"] ?? "") ? "iteration" : "area";
  const name = project?.name ?? "";
  const path = `\\${name}\\${kind === "area" ? "Area" : "Iteration"}`;
  return {
    status: 200,
    body: { id: 1, identifier: project?.id, name, structureType: kind, hasChildren: false, path, url: `${collection}/_apis/wit/classificationNodes/${kind}s` },
  };
}

/** In no document of ../shared/contracts: which types stand on which backlog, the vendor's own source of levels. */
export function backlogConfiguration({ collection, project }: Call): WireAnswer {
  const level = (number: number, id: string, name: string): unknown => ({
    id,
    name,
    rank: number * 10,
    type: number === 1 ? "task" : number === 2 ? "requirement" : "portfolio",
    workItemTypes: AZURE_TYPES.filter((type) => type.level === number).map(({ name: typeName }) => ({
      name: typeName,
      url: `${collection}/${project?.id ?? ""}/_apis/wit/workItemTypes/${encodeURIComponent(typeName)}`,
    })),
  });
  return {
    status: 200,
    body: {
      portfolioBacklogs: [level(4, "Microsoft.EpicCategory", "Epics"), level(3, "Microsoft.FeatureCategory", "Features")],
      requirementBacklog: level(2, "Microsoft.RequirementCategory", "Stories"),
      taskBacklog: level(1, "Microsoft.TaskCategory", "Tasks"),
      bugsBehavior: "asRequirements",
      hiddenBacklogs: [],
    },
  };
}

function listOf(value: readonly unknown[]): WireAnswer {
  return { status: 200, body: { count: value.length, value } };
}

function projectJson({ id, name }: AzureProject, collection: string): Readonly<Record<string, unknown>> {
  return {
    id,
    name,
    url: `${collection}/_apis/projects/${id}`,
    state: "wellFormed",
    revision: 11,
    visibility: "private",
    lastUpdateTime: "2026-01-05T09:00:00Z",
  };
}

function typeOf({ values }: Call): AzureType {
  const type = azureType(values["type"] ?? "");
  if (type === null) throw new AzureRefusal(404, "WorkItemTypeNotFoundException", `VS402323: Work item type ${values["type"] ?? ""} does not exist.`);
  return type;
}

function typeJson(type: AzureType, collection: string, project: AzureProject | null): unknown {
  const { name, referenceName, description, color, states, steps } = type;
  const transitions = Object.fromEntries([
    ["", [{ to: states[0]?.name ?? "", actions: null }]],
    ...Object.entries(steps).map(([from, to]) => [from, [from, ...to].map((one) => ({ to: one, actions: null }))]),
  ]);
  const url = `${collection}/${project?.id ?? ""}/_apis/wit/workItemTypes/${encodeURIComponent(name)}`;
  return {
    name,
    referenceName,
    description,
    color,
    icon: { id: "icon_book", url: `${collection}/_apis/wit/workItemIcons/icon_book?color=${color}&v=2` },
    isDisabled: false,
    transitions,
    states,
    url,
  };
}

function isRequired({ referenceName }: AzureField, { name }: AzureType, { world }: Call): boolean {
  return ["System.Title", "System.State"].includes(referenceName) || (world.behaviour.requiredFields[name] ?? []).includes(referenceName);
}

function categoryJson({ name, referenceName, defaultType, types }: AzureCategory, collection: string, project: AzureProject | null): unknown {
  const typeReference = (type: string): unknown => ({
    name: type,
    url: `${collection}/${project?.id ?? ""}/_apis/wit/workItemTypes/${encodeURIComponent(type)}`,
  });
  const url = `${collection}/${project?.id ?? ""}/_apis/wit/workItemTypeCategories/${referenceName}`;
  return { name, referenceName, defaultWorkItemType: typeReference(defaultType), workItemTypes: types.map(typeReference), url };
}

function fieldReference({ name, referenceName }: AzureField, collection: string): Readonly<Record<string, unknown>> {
  return { name, referenceName, url: `${collection}/_apis/wit/fields/${referenceName}` };
}

function fieldJson(field: AzureField, collection: string): unknown {
  // The vendor has no type of its own for identities: they are texts with a mark.
  const type = field.type === "identity" ? "string" : field.type;
  return {
    ...fieldReference(field, collection),
    type,
    usage: "workItem",
    readOnly: field.readOnly,
    canSortBy: true,
    isQueryable: true,
    isIdentity: field.type === "identity",
    isPicklist: false,
    isPicklistSuggested: false,
    supportedOperations: [],
  };
}
