/** How Azure DevOps says no: a status and an exception by name, in one JSON form for all of its APIs. */

import type { WireAnswer } from "../../kit/wire.ts";

export class AzureRefusal extends Error {
  readonly status: number;
  /** The name of the vendor's exception, which clients tell errors apart by. */
  readonly typeKey: string;
  readonly customProperties: Readonly<Record<string, unknown>> | null;

  constructor(status: number, typeKey: string, message: string, customProperties: Readonly<Record<string, unknown>> | null = null) {
    super(message);
    this.name = "AzureRefusal";
    this.status = status;
    this.typeKey = typeKey;
    this.customProperties = customProperties;
  }
}

const NAMESPACE = "Microsoft.TeamFoundation.WorkItemTracking.Server";

export function refusalBody({ typeKey, message, customProperties }: AzureRefusal): Readonly<Record<string, unknown>> {
  return {
    $id: "1",
    ...(customProperties === null ? {} : { customProperties }),
    innerException: null,
    message,
    typeName: `${NAMESPACE}.${typeKey}, ${NAMESPACE}`,
    typeKey,
    errorCode: 0,
    eventId: 3200,
  };
}

export function refusalAnswer(refusal: AzureRefusal): WireAnswer {
  return { status: refusal.status, body: refusalBody(refusal) };
}

/** Missing, deleted and invisible work items answer alike: nobody learns that a hidden one exists. */
export function noSuchWorkItem(id: number): AzureRefusal {
  const message = `TF401232: Work item ${id} does not exist, or you do not have permissions to read it.`;
  return new AzureRefusal(404, "WorkItemUnauthorizedAccessException", message);
}

/** A rule of the work item type that a field breaks; the flags are the vendor's words for how. */
export function ruleError(fieldReferenceName: string, fieldName: string, flags: string): AzureRefusal {
  const code = flags.split(", ").map((flag) => `${flag.slice(0, 1).toUpperCase()}${flag.slice(1)}`);
  const message = `TF401320: Rule Error for field ${fieldName}. Error code: ${code.join(", ")}.`;
  const error = { fieldReferenceName, fieldStatusFlags: flags, errorMessage: message, fieldStatusCode: 524289, ruleValidationErrors: null };
  return new AzureRefusal(400, "RuleValidationException", message, { RuleValidationErrors: [error] });
}

export function badRequest(message: string, typeKey = "VssPropertyValidationException"): AzureRefusal {
  return new AzureRefusal(400, typeKey, message);
}

export function mayNotRead(): AzureRefusal {
  return new AzureRefusal(403, "PermissionDeniedException", "The current user does not have permissions to view work items under the specified area path.");
}

export function mayNotSave(): AzureRefusal {
  const message = "TF237111: The current user does not have permissions to save work items under the specified area path.";
  return new AzureRefusal(403, "PermissionDeniedException", message);
}

export function noSuchProject(name: string): AzureRefusal {
  return new AzureRefusal(
    404,
    "ProjectDoesNotExistWithNameException",
    `TF200016: The following project does not exist: ${name}. Verify that the name of the project is correct and that the project exists.`,
  );
}
