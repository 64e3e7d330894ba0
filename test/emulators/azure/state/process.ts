/** The Agile process: types with their states, steps, categories and backlog levels, as the vendor's example of it lists them. */

export interface AzureState {
  readonly name: string;
  readonly color: string;
  readonly category: "Proposed" | "InProgress" | "Resolved" | "Completed" | "Removed";
}

export interface AzureType {
  readonly name: string;
  readonly referenceName: string;
  readonly color: string;
  readonly description: string;
  /** Backlog level: 4 epics, 3 features, 2 requirements, 1 tasks; null: on no backlog. */
  readonly level: number | null;
  /** In their order; the first is that of a new work item. */
  readonly states: readonly AzureState[];
  /** The steps of the vendor's example. */
  readonly steps: Readonly<Record<string, readonly string[]>>;
}

export interface AzureCategory {
  readonly name: string;
  readonly referenceName: string;
  readonly defaultType: string;
  readonly types: readonly string[];
}

const NEW: AzureState = { name: "New", color: "b2b2b2", category: "Proposed" };
const ACTIVE: AzureState = { name: "Active", color: "007acc", category: "InProgress" };
const RESOLVED: AzureState = { name: "Resolved", color: "ff9d00", category: "Resolved" };
const CLOSED: AzureState = { name: "Closed", color: "339933", category: "Completed" };
const REMOVED: AzureState = { name: "Removed", color: "ffffff", category: "Removed" };

const WITH_RESOLVED = {
  New: ["Removed", "Closed", "Resolved", "Active"],
  Active: ["Removed", "Closed", "Resolved", "New"],
  Resolved: ["Removed", "Closed", "Active", "New"],
  Closed: ["Resolved", "Active", "New"],
  Removed: ["New"],
};

const FULL: readonly AzureState[] = [NEW, ACTIVE, RESOLVED, CLOSED, REMOVED];

export const AZURE_TYPES: readonly AzureType[] = [
  type("Bug", "CC293D", 2, [NEW, ACTIVE, RESOLVED, CLOSED], {
    New: ["Closed", "Resolved", "Active"],
    Active: ["Closed", "Resolved", "New"],
    Resolved: ["Closed", "Active", "New"],
    Closed: ["Resolved", "Active", "New"],
  }),
  type("Code Review Request", "FCEE83", null, [{ ...NEW, name: "Requested" }, CLOSED], { Requested: ["Closed"], Closed: [] }),
  type("Epic", "FF7B00", 4, FULL, WITH_RESOLVED),
  type("Feature", "773B93", 3, FULL, WITH_RESOLVED),
  type("Task", "F2CB1D", 1, [NEW, ACTIVE, CLOSED, REMOVED], {
    New: ["Removed", "Closed", "Active"],
    Active: ["Removed", "Closed", "New"],
    Closed: ["Active", "New"],
    Removed: ["New"],
  }),
  type("User Story", "009CCC", 2, FULL, WITH_RESOLVED),
];

export const AZURE_CATEGORIES: readonly AzureCategory[] = [
  category("Bug Category", "Microsoft.BugCategory", ["Bug"]),
  category("Code Review Request Category", "Microsoft.CodeReviewRequestCategory", ["Code Review Request"]),
  category("Epic Category", "Microsoft.EpicCategory", ["Epic"]),
  category("Feature Category", "Microsoft.FeatureCategory", ["Feature"]),
  category("Hidden Types Category", "Microsoft.HiddenCategory", ["Code Review Request"]),
  category("Requirement Category", "Microsoft.RequirementCategory", ["User Story"]),
  category("Task Category", "Microsoft.TaskCategory", ["Task"]),
];

/** By name or reference name, in any case. */
export function azureType(name: string): AzureType | null {
  const wanted = name.toLowerCase();
  return AZURE_TYPES.find((one) => one.name.toLowerCase() === wanted || one.referenceName.toLowerCase() === wanted) ?? null;
}

function type(name: string, color: string, level: number | null, states: readonly AzureState[], steps: AzureType["steps"]): AzureType {
  const referenceName = `Microsoft.VSTS.WorkItemTypes.${name.replaceAll(" ", "")}`;
  return { name, referenceName, color, description: `${name} of the Agile process.`, level, states, steps };
}

function category(name: string, referenceName: string, types: readonly string[]): AzureCategory {
  return { name, referenceName, defaultType: types[0] ?? "", types };
}
