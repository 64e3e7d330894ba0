/** The queries and mutations that are emulated; any other is said to be missing, and counts as a violation. */

import type { LinearDocument as L } from "@linear/sdk";
import type { GraphQLResolveInfo } from "graphql";
import { given } from "./compare.ts";
import { forbidden, invalid, notFound, NotEmulated, refused } from "./linear-problem.ts";
import { matchesComment, matchesIssue, matchesTeam } from "./filters.ts";
import {
  attachmentNode,
  commentNode,
  issueConnection,
  issueNode,
  issueOrProblem,
  labelConnection,
  labelNode,
  organizationNode,
  statusConnection,
  statusNode,
  teamNode,
  userNode,
  type ListArgs,
} from "./linear-nodes.ts";
import type { AttachmentState, CommentState, IssueState, UserState } from "./linear-state.ts";
import { NOW, type LinearWorld } from "./linear-world.ts";
import type { IssueEdit, LinearWrites, NewIssue } from "./linear-writes.ts";
import { connection } from "./paging.ts";
import type { StrikeField } from "./refusals.ts";
import type { View } from "./view.ts";

export interface Call {
  readonly world: LinearWorld;
  readonly writes: LinearWrites;
  /** Sees the present. */
  readonly view: View;
  readonly user: UserState;
  readonly scopes: ReadonlySet<string>;
  readonly sameBatchParents: boolean;
  /** [F] one live test found that issueArchive knows no identifiers. */
  readonly archiveByKey: boolean;
  readonly strike: StrikeField;
}

type Fields = Readonly<Record<string, unknown>>;

/** graphql asks this object for the fields of Query and of Mutation alike. */
export function roots(call: Call): Fields {
  return new Proxy(
    { ...queries(call), ...struck(mutations(call), call.strike) },
    {
      get(target: Fields, name) {
        if (typeof name === "string" && !(name in target) && name !== "then") throw new NotEmulated(`the root field ${name}`);
        return typeof name === "string" ? target[name] : undefined;
      },
    },
  );
}

type Resolver = (args: never) => unknown;

function struck(fields: Readonly<Record<string, Resolver>>, strike: StrikeField): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, resolve]) => [
      name,
      (args: never, _context: unknown, info: GraphQLResolveInfo) => {
        strike(String(info.path.key), args);
        return resolve(args);
      },
    ]),
  );
}

function queries({ view, world, user }: Call): Fields {
  /** Whoever names the issues reads them; everything else is a list, and lists lag behind. */
  const views = (filter: unknown): View => view.at(world.horizon(namesIssues(filter) ? "read" : "list"));
  return {
    viewer: () => userNode(user, view),
    organization: () => organizationNode(view),
    team: ({ id }: L.QueryTeamArgs) => {
      const team = view.team(id);
      if (!team) throw notFound("Team");
      return teamNode(team, view);
    },
    teams: (args: L.QueryTeamsArgs) =>
      connection(
        view.teams().filter((team) => matchesTeam(team, args.filter)),
        args,
        (team) => teamNode(team, view),
      ),
    workflowState: ({ id }: L.QueryWorkflowStateArgs) => statusNode(world.status(id).status, view),
    workflowStates: (args: { readonly filter?: unknown }) =>
      statusConnection(
        view.teams().flatMap(({ states }) => states),
        args,
        view,
      ),
    issueLabel: ({ id }: L.QueryIssueLabelArgs) => labelNode(world.label(id), view),
    issueLabels: (args: { readonly filter?: unknown }) =>
      labelConnection(
        [...world.labels.values()].filter(({ teamId }) => teamId === null || view.team(teamId) !== null),
        args,
        view,
      ),
    issue: ({ id }: L.QueryIssueArgs) => {
      const reading = view.at(world.horizon("read"));
      return issueNode(issueOrProblem(id, reading), reading);
    },
    issues: (args: L.QueryIssuesArgs) => {
      if (args.sort) throw new NotEmulated("the argument issues(sort:)");
      const reading = views(args.filter);
      return issueConnection(named(args.filter, reading) ?? reading.issues(), given(args), reading);
    },
    searchIssues: ({ term, ...args }: L.QuerySearchIssuesArgs) => {
      const reading = view.at(world.horizon("list"));
      const found = issueConnection(
        reading.issues().filter((issue) => matchesIssue(issue, { searchableContent: { contains: term } }, reading)),
        given(args),
        reading,
      );
      return { ...found, totalCount: found.nodes.length, archivePayload: {} };
    },
    attachmentsForURL: ({ url, ...args }: L.QueryAttachmentsForUrlArgs) => {
      const reading = view.at(world.horizon("list"));
      const found = reading
        .issues()
        .flatMap((issue) => issue.attachments.filter((one) => one.url === url).map((attachment) => ({ id: attachment.id, issue, attachment })));
      return connection(found.reverse(), args, (one) => attachmentNode(one.attachment, one.issue, reading));
    },
    attachment: ({ id }: L.QueryAttachmentArgs) => {
      const [issue, attachment] = attachmentById(id, view);
      return attachmentNode(attachment, issue, view);
    },
    comment: ({ id }: L.QueryCommentArgs) => {
      const [issue, comment] = commentById(id, view);
      return commentNode(comment, issue, view);
    },
    comments: (args: ListArgs) => {
      const reading = view.at(world.horizon("list"));
      const found = reading
        .issues()
        .flatMap((issue) => issue.comments.filter((one) => matchesComment(one, args.filter, reading)).map((comment) => ({ id: comment.id, issue, comment })));
      return connection(found.reverse(), args, (one) => commentNode(one.comment, one.issue, reading));
    },
  };
}

function mutations(call: Call): Readonly<Record<string, Resolver>> {
  const { world, writes, user } = call;
  const now = (): View => call.view.at(NOW);
  const allow = (): void => {
    if (!call.scopes.has("write")) throw forbidden("Invalid scope: `write` required");
  };
  const sees = (ref: string): IssueState | null => now().issue(ref);
  /** [F] writes do not find what is archived. */
  const writable = (ref: string): IssueState => {
    const issue = issueOrProblem(ref, now());
    if (issue.archivedAt !== null) throw notFound("Issue");
    return issue;
  };
  const team = (id: string): void => {
    if (!call.view.team(id)) throw notFound("Team");
  };
  const done = (fields: Fields): Fields => ({ success: true, lastSyncId: world.lastSyncId, ...fields });
  const created = (inputs: readonly NewIssue[]): readonly Fields[] => {
    for (const { teamId } of inputs) team(teamId);
    return writes.create(inputs, user, sees, call.sameBatchParents).map((issue) => issueNode(issue, now()));
  };
  const updated = (ref: string, edit: IssueEdit): IssueState => {
    if (edit.teamId) team(edit.teamId);
    return writes.update(writable(ref), edit, user, sees);
  };
  const archived = (id: string, edit: IssueEdit, byKey: boolean): Fields => {
    const issue = issueOrProblem(id, now());
    if (!byKey && issue.id !== id) throw notFound("Issue");
    return done({ entity: issueNode(writes.update(issue, edit, user, sees), now()) });
  };
  return {
    issueCreate: ({ input }: L.MutationIssueCreateArgs) => {
      allow();
      emulated("IssueCreateInput", input, CREATES);
      return done({ issue: created([input])[0] });
    },
    issueBatchCreate: ({ input: { issues } }: L.MutationIssueBatchCreateArgs) => {
      allow();
      if (issues.length > 50) throw invalid("issues must contain no more than 50 elements");
      for (const input of issues) emulated("IssueCreateInput", input, CREATES);
      return done({ issues: created(issues) });
    },
    issueUpdate: ({ id, input }: L.MutationIssueUpdateArgs) => {
      allow();
      emulated("IssueUpdateInput", input, UPDATES);
      return done({ issue: issueNode(updated(id, input), now()) });
    },
    issueBatchUpdate: ({ ids, input }: L.MutationIssueBatchUpdateArgs) => {
      allow();
      if (ids.length > 50) throw invalid("ids must contain no more than 50 elements");
      emulated("IssueUpdateInput", input, UPDATES);
      const issues = ids.map((id) => writable(String(id)));
      return done({ issues: issues.map((issue) => issueNode(updated(issue.id, input), now())) });
    },
    issueArchive: ({ id, trash }: L.MutationIssueArchiveArgs) => {
      allow();
      return archived(id, { archived: true, trashed: trash === true }, call.archiveByKey);
    },
    issueUnarchive: ({ id }: L.MutationIssueUnarchiveArgs) => {
      allow();
      return archived(id, { archived: false, trashed: false }, call.archiveByKey);
    },
    issueDelete: ({ id, permanentlyDelete }: L.MutationIssueDeleteArgs) => {
      allow();
      if (permanentlyDelete === true) throw forbidden("Only admins delete permanently.");
      return archived(id, { archived: true, trashed: true }, true);
    },
    issueAddLabel: ({ id, labelId }: L.MutationIssueAddLabelArgs) => {
      allow();
      return done({ issue: issueNode(updated(id, { addedLabelIds: [labelId] }), now()) });
    },
    issueRemoveLabel: ({ id, labelId }: L.MutationIssueRemoveLabelArgs) => {
      allow();
      return done({ issue: issueNode(updated(id, { removedLabelIds: [labelId] }), now()) });
    },
    issueLabelCreate: ({ input }: L.MutationIssueLabelCreateArgs) => {
      allow();
      if (input.teamId) team(input.teamId);
      return done({ issueLabel: labelNode(writes.label(input), now()) });
    },
    attachmentCreate: ({ input }: L.MutationAttachmentCreateArgs) => {
      allow();
      const { issue, attachment } = writes.attach(writable(input.issueId), { ...input, metadata: input.metadata ? given(input.metadata) : null }, user);
      return done({ attachment: attachmentNode(attachment, issue, now()) });
    },
    attachmentUpdate: ({ id, input }: L.MutationAttachmentUpdateArgs) => {
      allow();
      const [issue, attachment] = attachmentById(id, now());
      const change = {
        title: input.title,
        subtitle: input.subtitle ?? attachment.subtitle,
        metadata: input.metadata ? given(input.metadata) : attachment.metadata,
      };
      return done({ attachment: attachmentNode(writes.replaceAttachment(writable(issue.id), attachment, change), issue, now()) });
    },
    attachmentDelete: ({ id }: L.MutationAttachmentDeleteArgs) => {
      allow();
      const [issue, attachment] = attachmentById(id, now());
      writes.replaceAttachment(issue, attachment, null);
      return done({ entityId: id });
    },
    commentCreate: ({ input }: L.MutationCommentCreateArgs) => {
      allow();
      if (!input.issueId) throw new NotEmulated("a comment on anything but an issue");
      if (!input.body) throw invalid("body should not be empty");
      const comment = writes.comment(writable(input.issueId), { id: input.id, body: input.body }, user);
      return done({ comment: commentNode(comment, issueOrProblem(input.issueId, now()), now()) });
    },
    commentUpdate: ({ id, input }: L.MutationCommentUpdateArgs) => {
      allow();
      emulated("CommentUpdateInput", input, new Set(["body"]));
      const [issue, comment] = commentById(id, now());
      const next = writes.changeComment(writable(issue.id), comment, input.body ?? "", user);
      return done({ comment: commentNode(next, issueOrProblem(issue.id, now()), now()) });
    },
  };
}

/** What a write may set here; anything else would be dropped silently, so it is a violation instead. */
const CREATES = new Set(["id", "teamId", "title", "description", "stateId", "parentId", "labelIds", "priority"]);
const UPDATES = new Set(["title", "description", "stateId", "parentId", "labelIds", "addedLabelIds", "removedLabelIds", "priority", "teamId", "trashed"]);

function emulated(type: string, input: object, known: ReadonlySet<string>): void {
  const [other] = Object.entries(input).find(([name, value]) => value !== undefined && !known.has(name)) ?? [];
  if (other !== undefined) throw new NotEmulated(`the field ${type}.${other}`);
  if ("labelIds" in input && "addedLabelIds" in input && input.labelIds && input.addedLabelIds) throw refused("labelIds and addedLabelIds exclude each other.");
}

function commentById(id: string | null | undefined, view: View): readonly [IssueState, CommentState] {
  for (const issue of view.issues()) for (const comment of issue.comments) if (comment.id === id) return [issue, comment];
  throw notFound("Comment");
}

function attachmentById(id: string, view: View): readonly [IssueState, AttachmentState] {
  for (const issue of view.issues()) for (const attachment of issue.attachments) if (attachment.id === id) return [issue, attachment];
  throw notFound("Attachment");
}

function namesIssues(filter: unknown): boolean {
  const { id, number, and } = given(filter);
  return [id, number].some((one) => "eq" in given(one) || "in" in given(one)) || (Array.isArray(and) && and.some(namesIssues));
}

/** The issues that a filter names by id, oldest first, without a walk over all others. */
function named(filter: unknown, view: View): readonly IssueState[] | null {
  const { in: ids } = given(given(filter)["id"]);
  if (!Array.isArray(ids)) return null;
  const issues = [...new Set(ids)].flatMap((id) => view.issue(String(id)) ?? []).filter(({ id }) => ids.includes(id));
  return issues.sort((a, b) => a.createdAt.localeCompare(b.createdAt));
}
