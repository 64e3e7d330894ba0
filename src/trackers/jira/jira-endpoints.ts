/** The endpoint functions of jira.js that Canon asks. Named one by one: of the library, which offers no smaller part, the bundle then holds only these. */

export {
  addComment,
  bulkFetchIssues,
  createIssues,
  createOrUpdateRemoteIssueLink,
  doTransition,
  editIssue,
  getAllStatuses,
  getBulkChangelogs,
  getComments,
  getCommentsByIds,
  getCreateIssueMetaIssueTypeId,
  getCurrentUser,
  getIssue,
  getMyPermissions,
  getProject,
  getTransitions,
  searchAndReconsileIssuesUsingJqlPost,
  searchProjects,
  setIssueProperty,
  updateComment,
} from "jira.js/cloud";
