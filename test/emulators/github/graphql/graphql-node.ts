/** What the resolvers of GraphQL take and give. */

/** A function stands for a field with arguments, or one that is worked out only when asked for. */
export type Node = Readonly<Record<string, unknown>>;

export type Args = Readonly<Record<string, unknown>>;
