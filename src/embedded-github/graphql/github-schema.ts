/**
 * The part of GitHub's GraphQL schema that a gate asks for. A test proves that GitHub's own schema has every type, field
 * and argument of it.
 */
export const GITHUB_SCHEMA = `
scalar BigInt
scalar DateTime
scalar GitObjectID
scalar URI

type Query {
  repository(owner: String!, name: String!): Repository
  viewer: User!
}

type Mutation {
  addComment(input: AddCommentInput!): AddCommentPayload
  updateIssueComment(input: UpdateIssueCommentInput!): UpdateIssueCommentPayload
}

input AddCommentInput {
  body: String!
  subjectId: ID!
}

type AddCommentPayload {
  commentEdge: IssueCommentEdge
}

type IssueCommentEdge {
  node: IssueComment
}

input UpdateIssueCommentInput {
  body: String!
  id: ID!
}

type UpdateIssueCommentPayload {
  issueComment: IssueComment
}

type Repository {
  id: ID!
  name: String!
  nameWithOwner: String!
  owner: RepositoryOwner!
  defaultBranchRef: Ref
  mergeQueue(branch: String): MergeQueue
  object(expression: String, oid: GitObjectID): GitObject
  pullRequest(number: Int!): PullRequest
  pullRequests(
    after: String, before: String, first: Int, last: Int, states: [PullRequestState!]
  ): PullRequestConnection!
}

type MergeQueue {
  entries(after: String, before: String, first: Int, last: Int): MergeQueueEntryConnection
}

type MergeQueueEntry {
  position: Int!
  pullRequest: PullRequest
}

interface RepositoryOwner {
  login: String!
}

type Ref {
  name: String!
  target: GitObject
}

interface GitObject {
  oid: GitObjectID!
}

type Commit implements GitObject {
  oid: GitObjectID!
  associatedPullRequests(after: String, before: String, first: Int, last: Int): PullRequestConnection
  authors(after: String, before: String, first: Int, last: Int): GitActorConnection!
  committer: GitActor
  file(path: String!): TreeEntry
  parents(after: String, before: String, first: Int, last: Int): CommitConnection!
  status: Status
}

type Tree implements GitObject {
  oid: GitObjectID!
  entries: [TreeEntry!]
}

type TreeEntry {
  mode: Int!
  name: String!
  object: GitObject
  oid: GitObjectID!
  path: String
  type: String!
}

type Blob implements GitObject {
  oid: GitObjectID!
  byteSize: Int!
  isBinary: Boolean
  isTruncated: Boolean!
  text: String
}

interface Actor {
  login: String!
}

type User implements Actor & RepositoryOwner {
  id: ID!
  databaseId: Int
  login: String!
}

type Bot implements Actor {
  id: ID!
  databaseId: Int
  login: String!
}

type GitActor {
  email: String
  name: String
  user: User
}

type Status {
  contexts: [StatusContext!]!
  state: StatusState!
}

type StatusContext {
  context: String!
  createdAt: DateTime!
  creator: Actor
  description: String
  state: StatusState!
  targetUrl: URI
}

type PullRequest {
  author: Actor
  baseRef: Ref
  baseRefName: String!
  baseRefOid: GitObjectID!
  body: String!
  changedFiles: Int!
  comments(after: String, before: String, first: Int, last: Int): IssueCommentConnection!
  commits(after: String, before: String, first: Int, last: Int): PullRequestCommitConnection!
  files(after: String, before: String, first: Int, last: Int): PullRequestChangedFileConnection
  headRefName: String!
  headRefOid: GitObjectID!
  headRepository: Repository
  id: ID!
  labels(after: String, before: String, first: Int, last: Int): LabelConnection
  locked: Boolean!
  number: Int!
  reviews(
    after: String, before: String, first: Int, last: Int, states: [PullRequestReviewState!]
  ): PullRequestReviewConnection
  state: PullRequestState!
  timelineItems(
    after: String, before: String, first: Int, last: Int, itemTypes: [PullRequestTimelineItemsItemType!]
  ): PullRequestTimelineItemsConnection!
  title: String!
}

type PullRequestChangedFile {
  additions: Int!
  changeType: PatchStatus!
  deletions: Int!
  path: String!
}

type PullRequestCommit {
  commit: Commit!
}

type Label {
  name: String!
}

type IssueComment {
  author: Actor
  body: String!
  fullDatabaseId: BigInt
  id: ID!
  isMinimized: Boolean!
  pullRequest: PullRequest
  url: URI!
  userContentEdits(after: String, before: String, first: Int, last: Int): UserContentEditConnection
}

type PullRequestReview {
  author: Actor
  commit: Commit
  state: PullRequestReviewState!
  submittedAt: DateTime
}

type UserContentEdit {
  deletedAt: DateTime
  diff: String
  editedAt: DateTime!
  editor: Actor
}

type LabeledEvent {
  actor: Actor
  createdAt: DateTime!
  label: Label!
}

type UnlabeledEvent {
  actor: Actor
  createdAt: DateTime!
  label: Label!
}

type HeadRefForcePushedEvent {
  actor: Actor
  afterCommit: Commit
  beforeCommit: Commit
  createdAt: DateTime!
}

type ReviewRequestedEvent {
  actor: Actor
  createdAt: DateTime!
  requestedReviewer: RequestedReviewer
}

union RequestedReviewer = Bot | Team | User

type Team {
  combinedSlug: String!
}

type BaseRefChangedEvent {
  actor: Actor
  createdAt: DateTime!
  currentRefName: String!
  previousRefName: String!
}

union PullRequestTimelineItems = BaseRefChangedEvent | HeadRefForcePushedEvent | LabeledEvent | UnlabeledEvent | ReviewRequestedEvent

type PageInfo {
  endCursor: String
  hasNextPage: Boolean!
  hasPreviousPage: Boolean!
  startCursor: String
}

type CommitConnection { nodes: [Commit] pageInfo: PageInfo! totalCount: Int! }
type GitActorConnection { nodes: [GitActor] pageInfo: PageInfo! totalCount: Int! }
type IssueCommentConnection { nodes: [IssueComment] pageInfo: PageInfo! totalCount: Int! }
type LabelConnection { nodes: [Label] pageInfo: PageInfo! totalCount: Int! }
type MergeQueueEntryConnection { nodes: [MergeQueueEntry] pageInfo: PageInfo! totalCount: Int! }
type PullRequestChangedFileConnection { nodes: [PullRequestChangedFile] pageInfo: PageInfo! totalCount: Int! }
type PullRequestCommitConnection { nodes: [PullRequestCommit] pageInfo: PageInfo! totalCount: Int! }
type PullRequestConnection { nodes: [PullRequest] pageInfo: PageInfo! totalCount: Int! }
type PullRequestReviewConnection { nodes: [PullRequestReview] pageInfo: PageInfo! totalCount: Int! }
type PullRequestTimelineItemsConnection { nodes: [PullRequestTimelineItems] pageInfo: PageInfo! totalCount: Int! }
type UserContentEditConnection { nodes: [UserContentEdit] pageInfo: PageInfo! totalCount: Int! }

enum PatchStatus { ADDED CHANGED COPIED DELETED MODIFIED RENAMED }
enum PullRequestReviewState { APPROVED CHANGES_REQUESTED COMMENTED DISMISSED PENDING }
enum PullRequestState { CLOSED MERGED OPEN }
enum PullRequestTimelineItemsItemType { BASE_REF_CHANGED_EVENT HEAD_REF_FORCE_PUSHED_EVENT LABELED_EVENT UNLABELED_EVENT REVIEW_REQUESTED_EVENT }
enum StatusState { ERROR EXPECTED FAILURE PENDING SUCCESS }
`;
