/** The fields that the emulated process has: what they hold, and who may write them. */

export type AzureFieldType = "string" | "integer" | "double" | "dateTime" | "plainText" | "html" | "treePath" | "history" | "identity" | "boolean";

export interface AzureField {
  readonly referenceName: string;
  readonly name: string;
  readonly type: AzureFieldType;
  readonly readOnly: boolean;
}

const WRITABLE: readonly (readonly [string, string, AzureFieldType])[] = [
  ["System.Title", "Title", "string"],
  ["System.Description", "Description", "html"],
  ["System.State", "State", "string"],
  ["System.Reason", "Reason", "string"],
  ["System.Tags", "Tags", "plainText"],
  ["System.WorkItemType", "Work Item Type", "string"],
  ["System.TeamProject", "Team Project", "string"],
  ["System.AreaPath", "Area Path", "treePath"],
  ["System.IterationPath", "Iteration Path", "treePath"],
  ["System.AssignedTo", "Assigned To", "identity"],
  ["System.History", "History", "history"],
  ["Microsoft.VSTS.Common.AcceptanceCriteria", "Acceptance Criteria", "html"],
  ["Microsoft.VSTS.TCM.ReproSteps", "Repro Steps", "html"],
  ["Microsoft.VSTS.Common.Priority", "Priority", "integer"],
  ["Microsoft.VSTS.Common.StackRank", "Stack Rank", "double"],
  ["Microsoft.VSTS.Common.ValueArea", "Value Area", "string"],
  ["Microsoft.VSTS.Scheduling.StoryPoints", "Story Points", "double"],
  ["Microsoft.VSTS.Scheduling.RemainingWork", "Remaining Work", "double"],
  ["Custom.Component", "Component", "string"],
];

const READ_ONLY: readonly (readonly [string, string, AzureFieldType])[] = [
  ["System.Id", "ID", "integer"],
  ["System.Rev", "Rev", "integer"],
  ["System.Parent", "Parent", "integer"],
  ["System.CommentCount", "Comment Count", "integer"],
  ["System.CreatedDate", "Created Date", "dateTime"],
  ["System.CreatedBy", "Created By", "identity"],
  ["System.ChangedDate", "Changed Date", "dateTime"],
  ["System.ChangedBy", "Changed By", "identity"],
  ["System.IsDeleted", "Is Deleted", "boolean"],
  ["Microsoft.VSTS.Common.StateChangeDate", "State Change Date", "dateTime"],
];

export const AZURE_FIELDS: readonly AzureField[] = [
  ...WRITABLE.map(([referenceName, name, type]) => ({ referenceName, name, type, readOnly: false })),
  ...READ_ONLY.map(([referenceName, name, type]) => ({ referenceName, name, type, readOnly: true })),
];

const BY_NAME: ReadonlyMap<string, AzureField> = new Map(
  AZURE_FIELDS.flatMap((field) => [
    [field.name.toLowerCase(), field],
    [field.referenceName.toLowerCase(), field],
  ]),
);

/** By reference name or display name, in any case. */
export function azureField(name: string): AzureField | null {
  return BY_NAME.get(name.toLowerCase()) ?? null;
}

/** What identity and date fields hold under bypassRules may be said by the writer. */
export const UNDER_BYPASS: readonly string[] = ["System.CreatedBy", "System.CreatedDate", "System.ChangedBy", "System.ChangedDate"];
