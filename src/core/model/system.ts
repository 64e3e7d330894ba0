/** The trackers Canon knows by name: the words that stand in markers and in `system:` of a configuration. */

export const SYSTEMS = ["jira", "linear", "github", "azure", "local"] as const;

export type System = (typeof SYSTEMS)[number];
