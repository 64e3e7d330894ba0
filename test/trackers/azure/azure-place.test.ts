/** The address of a project: every way to write it leads to one, and no token goes where it should not. */

import { expect, it } from "vitest";
import { placeOf } from "../../../src/trackers/azure/azure-place.ts";

function place(project: string, baseUrl: string | null, url?: string): ReturnType<typeof placeOf> {
  return placeOf({
    target: { name: "boards", system: "azure", project, baseUrl, envPrefix: "", public: false },
    env: url === undefined ? {} : { AZURE_DEVOPS_ORG_URL: url },
  });
}

it.each([
  ["fabrikam/Payments", null, undefined],
  ["fabrikam/payments", null, "https://dev.azure.com/fabrikam/"],
  ["Payments", null, "dev.azure.com/fabrikam"],
  ["Fabrikam/Payments", "https://dev.azure.com", undefined],
  ["Payments", "https://DEV.azure.com/Fabrikam", "https://dev.azure.com/other"],
] as const)("%s with %s and %s is one project", (project, baseUrl, url) => {
  expect(place(project, baseUrl, url).identity).toBe("azure:dev.azure.com/fabrikam/payments");
});

it.each([
  ["tfs.example.com/tfs/DefaultCollection", "DefaultCollection/Web Shop", "https://tfs.example.com/tfs/DefaultCollection"],
  ["https://fabrikam.visualstudio.com", "fabrikam/Web Shop", "https://fabrikam.visualstudio.com"],
  ["http://127.0.0.1:8080", "fabrikam/Web Shop", "http://127.0.0.1:8080/fabrikam"],
])("%s is an address", (url, project, collection) => {
  expect(place(project, url)).toMatchObject({ collection, project: "Web Shop" });
});

it.each([
  ["Payments", null, undefined, "names no organisation"],
  ["Payments", "https://dev.azure.com", undefined, "names no organisation"],
  ["fabrikam/Payments", null, "https://dev.azure.com/other", "leads to other"],
  ["fabrikam/Payments", "http://dev.azure.com/fabrikam", undefined, "no address to send a token to"],
  ["fabrikam/Payments", "https://user@dev.azure.com/fabrikam", undefined, "no address to send a token to"],
  ["/Payments", null, undefined, "project of boards"],
  ["fabrikam/", null, undefined, "project of boards"],
] as const)("%s with %s and %s is refused", (project, baseUrl, url, why) => {
  expect(() => place(project, baseUrl, url)).toThrow(why);
});
