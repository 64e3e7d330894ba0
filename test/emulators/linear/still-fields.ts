/** Fields that the schema promises and the SDK asks for, which never move here: nothing that Canon does depends on them. */

type Still = Readonly<Record<string, unknown>>;

function all(value: unknown, names: string): Still {
  return Object.fromEntries(names.split(" ").map((name) => [name, value]));
}

export const ISSUE_STILL: Still = {
  ...all(0, "boardOrder customerTicketCount prioritySortOrder sortOrder"),
  inheritsSharedAccess: true,
  reactionData: {},
  reactions: [],
  sharedAccess: { ...all([], "disallowedIssueFields sharedWithUsers"), ...all(false, "isShared viewerHasOnlySharedAccess"), sharedWithCount: 0 },
};

export const USER_STILL: Still = {
  ...all(true, "active canAccessAnyPublicTeam isAssignable isMentionable"),
  ...all(false, "admin app guest owner supportsAgentSessions hasGitHubCodeAccess"),
  avatarBackgroundColor: "#5e6ad2",
  createdIssueCount: 0,
  inviteHash: "",
};

export const TEAM_STILL: Still = {
  ...all(
    false,
    "aiDiscussionSummariesEnabled aiThreadSummariesEnabled cycleIssueAutoAssignCompleted cycleIssueAutoAssignStarted cycleLockToActive cyclesEnabled groupIssueHistory inheritIssueEstimation inheritWorkflowStatuses initiativesEnabled issueEstimationAllowZero issueEstimationExtended issueOrderingNoPriorityFirst issueSortOrderDefaultToBottom private scimManaged slackIssueComments slackIssueStatuses slackNewIssue viewerCanJoin viewerCanLeave",
  ),
  ...all(0, "autoArchivePeriod cycleCooldownTime cycleDuration cycleStartDay defaultIssueEstimate ledInitiativeCount upcomingCycleCount"),
  ...all("", "cycleCalenderUrl inviteHash"),
  issueEstimationType: "notUsed",
  securitySettings: {},
  setIssueSortOrderOnStateChange: "default",
  timezone: "Etc/UTC",
  visibility: "public",
};

export const ORGANIZATION_STILL: Still = {
  ...all(
    false,
    "aiDiscussionSummariesEnabled aiThreadSummariesEnabled customersEnabled feedEnabled gitLinkbackDescriptionsEnabled gitLinkbackMessagesEnabled gitPublicLinkbackMessagesEnabled hideNonPrimaryOrganizations hipaaComplianceEnabled pullRequestTourEnabled releasesEnabled roadmapEnabled samlEnabled scimEnabled suggestedBranchNameEnabled",
  ),
  ...all([], "allowedAuthServices previousUrlKeys projectStatuses"),
  ...all({}, "authSettings customersConfiguration securitySettings"),
  ...all(0, "createdIssueCount customerCount fiscalYearStartMonth initiativeUpdateRemindersHour periodUploadVolume projectUpdateRemindersHour"),
  initiativeUpdateRemindersDay: "Friday",
  projectUpdateRemindersDay: "Friday",
  projectUpdatesReminderFrequency: "never",
  pullRequestIssueMode: "attachment",
  releaseChannel: "public",
  slaDayCount: "all",
  slackProjectChannelPrefix: "proj-",
  userCount: 2,
};
