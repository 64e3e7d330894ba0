/** Where the vendor's own client library finds each API: it asks before its first call, so an emulator must answer. */

import type { WireAnswer } from "../../kit/wire.ts";
import type { Call } from "./call.ts";

interface Location {
  readonly id: string;
  readonly area: string;
  readonly resourceName: string;
  readonly routeTemplate: string;
  readonly resourceVersion: number;
}

const LOCATION: readonly Location[] = [
  at("e81700f7-3be2-46de-8624-2eb35882fcaa", "Location", "ResourceAreas", "_apis/{resource}/{areaId}", 1),
  at("00d9565f-ed9c-4a06-9a50-00e7896ccab4", "Location", "ConnectionData", "_apis/{resource}", 1),
];

const CORE: readonly Location[] = [at("603fe2ac-9723-48b9-88ad-09305aa6c6e1", "core", "projects", "_apis/{resource}/{*projectId}", 4)];

const ITEM = "{project}/_apis/{area}/{resource}/{id}";
const WIT: readonly Location[] = [
  at("62d3d110-0047-428c-ad3c-4fe872c91c74", "wit", "workItems", "{project}/_apis/{area}/{resource}/${type}", 3),
  at("72c7ddf8-2cdc-4f60-90cd-ab71c14a399b", "wit", "workItems", ITEM, 3),
  at("908509b6-4248-4475-a1cd-829139ba419f", "wit", "workItemsBatch", "{project}/_apis/{area}/{resource}", 1),
  at("1a9c53f7-f243-4447-b110-35ef023636e4", "wit", "wiql", "{project}/{team}/_apis/{area}/{resource}", 2),
  at("7c8d7a76-4a09-43e8-b5df-bd792f4ac6aa", "wit", "workItemTypes", "{project}/_apis/{area}/{resource}/{type}", 2),
  at("7c9d7a76-4a09-43e8-b5df-bd792f4ac6aa", "wit", "workItemTypeStates", "{project}/_apis/{area}/workItemTypes/{type}/states", 1),
  at("bd293ce5-3d25-4192-8e67-e8092e879efb", "wit", "workItemTypesField", "{project}/_apis/{area}/workItemTypes/{type}/fields/{field}", 3),
  at("9b9f5734-36c8-415e-ba67-f83b45c31408", "wit", "workItemTypeCategories", "{project}/_apis/{area}/{resource}/{category}", 2),
  at("608aac0a-32e1-4493-a863-b9cf4566d257", "wit", "comments", "{project}/_apis/{area}/workItems/{workItemId}/{resource}/{commentId}", 4),
  at("e07b5fa4-1499-494d-a496-64b860fd64ff", "wit", "attachments", ITEM, 4),
  at("6570bf97-d02c-4a91-8d93-3abe9895b1a9", "wit", "updates", "{project}/_apis/{area}/workItems/{id}/{resource}/{updateNumber}", 3),
  at("a00c85a5-80fa-4565-99c3-bcd2181434bb", "wit", "revisions", "{project}/_apis/{area}/workItems/{id}/{resource}/{revisionNumber}", 3),
  at("b51fd764-e5c2-4b9b-aaf7-3395cf4bdd94", "wit", "fields", "{project}/_apis/{area}/{resource}/{fieldNameOrRefName}", 3),
  at("bc15bc60-e7a8-43cb-ab01-2106be3983a1", "wit", "tags", "{project}/_apis/{area}/{resource}/{tagIdOrName}", 1),
  at("b70d8d39-926c-465e-b927-b1bf0e5ca0e0", "wit", "recyclebin", ITEM, 2),
];

const AREAS: Readonly<Record<string, readonly Location[]>> = { location: LOCATION, core: CORE, wit: WIT };

export function listLocations({ values }: Call): WireAnswer {
  const value = (AREAS[(values["area"] ?? "").toLowerCase()] ?? []).map((one) => ({ ...one, minVersion: "1.0", maxVersion: "7.2", releasedVersion: "7.1" }));
  return { status: 200, body: { count: value.length, value } };
}

export function listResourceAreas({ collection }: Call): WireAnswer {
  const value = [
    { id: "79134c72-4a58-4b42-976c-04e7115f32bf", name: "core", locationUrl: `${collection}/` },
    { id: "5264459e-e5e0-4bd8-b118-0985e68a4ec5", name: "wit", locationUrl: `${collection}/` },
  ];
  return { status: 200, body: { count: value.length, value } };
}

function at(id: string, area: string, resourceName: string, routeTemplate: string, resourceVersion: number): Location {
  return { id, area, resourceName, routeTemplate, resourceVersion };
}
