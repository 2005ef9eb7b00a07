/** What the gate's promise about approvals rests on, each with an edit that removes it. */

/** One guard, and how to remove it. */
export interface Guard {
  readonly name: string;
  readonly file: string;
  /** The text that is replaced; it must be there exactly once. */
  readonly from: string;
  readonly to: string;
  /** Where the model cannot see it: the tests that notice that it is missing, by file and by part of a name. */
  readonly foundBy?: { readonly file: string; readonly test: string };
}

export const GUARDS: readonly Guard[] = [
  {
    name: 'A label counts only for what was on the pull request when it was added',
    file: 'src/plan/approvals.ts',
    from: 'if (isUnproven(at, pullRequest.unproven)) return',
    to: 'if (false) return',
  },
  {
    name: 'Heads between two evaluations are unproven',
    file: 'src/github/evaluations/continuity.ts',
    from: 'return [...findOtherHeads(evaluation, facts), ...findOtherBases(evaluation, facts)];',
    to: 'return findOtherBases(evaluation, facts);',
  },
  {
    name: 'Bases between two evaluations are unproven',
    file: 'src/github/evaluations/continuity.ts',
    from: 'return [...findOtherHeads(evaluation, facts), ...findOtherBases(evaluation, facts)];',
    to: 'return findOtherHeads(evaluation, facts);',
  },
  {
    name: 'An evaluation is for one base branch',
    file: 'src/github/evaluations/evaluation-history.ts',
    from: 'newest.base === facts.baseBranch && leadsToHead',
    to: 'leadsToHead',
  },
  {
    name: 'The required status is for protected bases only',
    file: 'src/gate/protected-bases.ts',
    from: 'return isProtected ? options.statusContext',
    to: 'return isProtected || true ? options.statusContext',
  },
  {
    name: 'A head in pull requests to two protected bases passes for both or for neither',
    file: 'src/gate/evaluate-pull-request.ts',
    from: 'if (otherBase === baseBranch) continue;',
    to: 'if (otherBase !== null) continue;',
  },
  {
    name: 'The account that pushed is an author',
    file: 'src/plan/approvers.ts',
    from: 'pullRequest.pushers.includes(account.id)',
    to: 'false',
  },
  {
    name: 'Pushes without a run have an author',
    file: 'src/github/evaluations/pushers.ts',
    from: 'const unseen = isSeen ? [] :',
    to: 'const unseen = isSeen || true ? [] :',
  },
  {
    name: 'A co-author is an author',
    file: 'src/github/pull-request-graphql.ts',
    from: 'return [...authors.nodes, committer].filter',
    to: 'return [...authors.nodes.slice(0, 1), committer].filter',
  },
  {
    name: 'A co-author without an account ends no run',
    file: 'src/github/pull-request-rest.ts',
    from: 'account === null || NO_REPLY.test(address)',
    to: 'account === null',
    foundBy: { file: '__tests__/github/answers.test.ts', test: 'a co-author who is an assistant' },
  },
  {
    name: 'A merge of the base that brings nothing makes no user an author',
    file: 'src/plan/authorship.ts',
    from: 'if (merge === null || lastChanges !== changes)',
    to: 'if (merge === null || lastChanges !== null)',
    foundBy: { file: '__tests__/gate/unproven-approvals.test.ts', test: 'not by merging the base' },
  },
  {
    name: 'An author of one of two pull requests with one head cannot approve the other one',
    file: 'src/gate/evaluate-pull-request.ts',
    from: "(report.verdict === 'passed' && report.labels.required.length === 0)",
    to: "report.verdict === 'passed'",
  },
  {
    name: 'What is approved in one of two pull requests with one head is approved in the other one',
    file: 'src/gate/evaluate-pull-request.ts',
    from: 'if (!isApproved(approved)) continue;',
    to: 'if (approved !== null) continue;',
    foundBy: { file: '__tests__/stories/stories.test.ts', test: 'same-head-twice.yml' },
  },
  {
    name: 'When one of two pull requests with one head is closed, the other one is evaluated',
    file: 'src/gate/evaluate-pull-request.ts',
    from: 'eventFacts.closes ? listOnePerBase(result.untouched) : []',
    to: 'eventFacts.closes ? listOnePerBase(result.untouched).slice(0, 0) : []',
  },
  {
    name: 'A verdict is kept only if a new one would be the same',
    file: 'src/gate/keep-verdict.ts',
    from: 'return isSame && isDone ?',
    to: 'return isDone || isSame ?',
  },
  {
    name: 'A verdict that several pull requests share is not kept',
    file: 'src/gate/keep-verdict.ts',
    from: '|| !open || withSameHead.length > 0)',
    to: '|| !open || withSameHead.length > 99)',
    foundBy: { file: '__tests__/gate/unchanged-verdicts.test.ts', test: 'another pull request with the same commits' },
  },
  {
    name: 'Statuses of all accounts count',
    file: 'src/github/commit-status.ts',
    from: '(await listStatuses(connection, headSha)).filter((status) => isContext(status, context))',
    to: '(await listStatuses(connection, headSha)).filter((status) => isContext(status, context) && status.creator?.id === identity.id)',
  },
  {
    name: 'Statuses in another case count',
    file: 'src/github/commit-status.ts',
    from: 'return status.context.toLowerCase() === context.toLowerCase();',
    to: 'return status.context === context;',
    foundBy: { file: '__tests__/gate/approvals.test.ts', test: 'in another case ends in an error' },
  },
  {
    name: 'Statuses of other accounts prove nothing',
    file: 'src/github/evaluations/evaluation-history.ts',
    from: 'status.creator?.id !== identity.id || status.creator.bot !== identity.bot',
    to: 'false',
  },
  {
    name: "A list of commits without the head is not the pull request's",
    file: 'src/gate/facts.ts',
    from: 'if (pullRequest !== null && !isSettled(pullRequest, ahead))',
    to: 'if (pullRequest !== null && ahead === -1)',
  },
  {
    name: 'A number of files from an earlier head is not used',
    file: 'src/github/changed-files.ts',
    from: '  const commits = comparison?.total_commits ?? null;\n',
    to: '  const commits = comparison?.total_commits ?? null;\n  if (pullRequest?.changedFiles === 0) return { mergeBase: base, commits, files: [] };\n',
  },
  {
    name: 'The comparison is with the present base',
    file: 'src/github/pull-request-graphql.ts',
    from: 'const baseSha = pullRequest.baseRef?.target?.oid ?? pullRequest.baseRefOid;',
    to: 'const baseSha = pullRequest.baseRefOid;',
  },
  {
    name: 'Labels are read again before the verdict',
    file: 'src/gate/publish.ts',
    from: 'if (!isSameLabels(current.labels, pullRequest.labels, known))',
    to: 'if (isSameLabels(current.labels, [], known) && false)',
    foundBy: { file: '__tests__/gate/races.test.ts', test: 'an approval that is removed during the run' },
  },
  {
    name: 'The base branch is read again before the verdict',
    file: 'src/gate/publish.ts',
    from: 'if (current.baseBranch !== pullRequest.baseBranch)',
    to: "if (current.baseBranch === '')",
    foundBy: { file: '__tests__/gate/races.test.ts', test: 'a base branch that changes during the run' },
  },
  {
    name: "A run starts again after another run's verdict",
    file: 'src/gate/publish.ts',
    from: 'if (last?.targetUrl !== runUrl) {',
    to: 'if (last?.targetUrl === undefined) {',
    foundBy: { file: '__tests__/gate/races.test.ts', test: 'an older run never writes success' },
  },
  {
    name: 'A success that took long to write is checked again',
    file: 'src/gate/publish.ts',
    from: 'performance.now() - checkedAt > LATE_MS',
    to: 'performance.now() - checkedAt > LATE_MS * 1e6',
    foundBy: { file: '__tests__/gate/races.test.ts', test: 'took long to write' },
  },
  {
    name: "The marker of the gate's comment counts at its start only",
    file: 'src/github/comment.ts',
    from: '(id === recorded || body.startsWith(marker))',
    to: '(id === recorded || body.includes(marker))',
  },
  {
    name: 'A tick that may belong to a deleted revision is not attributed',
    file: 'src/github/comment.ts',
    from: '&& states[first - 1] !== null',
    to: '',
    foundBy: { file: '__tests__/gate/ticks.test.ts', test: 'a deleted revision may have set' },
  },
  {
    name: 'Revisions on later pages are read',
    file: 'src/github/comment.ts',
    from: 'if (edits?.pageInfo.hasNextPage) revisions',
    to: 'if (edits?.pageInfo.hasNextPage && false) revisions',
    foundBy: { file: '__tests__/gate/ticks.test.ts', test: 'more revisions than one page' },
  },
  {
    name: 'A tick counts only for what was on the pull request when it was set',
    file: 'src/plan/checklist.ts',
    from: 'lastEvaluation?.fingerprint === facts.fingerprint &&',
    to: 'lastEvaluation !== null &&',
    foundBy: { file: '__tests__/plan/evidence-and-ticks.test.ts', test: 'is a claim for another version' },
  },
  {
    name: 'A label whose last event is a removal does not count',
    file: 'src/plan/approvals.ts',
    from: 'last?.removed === true ? undefined : last',
    to: 'last?.removed === true && false ? undefined : last',
  },
  {
    name: 'A label event ends a run only if the last verdict includes the other ones',
    file: 'src/gate/label-event.ts',
    from: 'event.at !== null && (event.at < read ||',
    to: 'event.at !== null && (event.at !== read ||',
  },
  {
    name: 'A label event ends a run only if neither head nor base has moved',
    file: 'src/gate/label-event.ts',
    from: 'return !isMoved &&',
    to: 'return',
    foundBy: { file: '__tests__/gate/label-events.test.ts', test: 'of another base' },
  },
  {
    name: 'An edit of a title starts no evaluation',
    file: 'src/github/event.ts',
    from: 'if (isForClosed(payload) || isEditWithoutEffect(payload)) return null;',
    to: 'if (isForClosed(payload)) return null;',
  },
  {
    name: 'An edit of any other comment starts no evaluation',
    file: 'src/github/event.ts',
    from: "if (!isEditOfOwnComment(payload) || findAt(payload, ['issue', 'state']) === 'closed') return null;",
    to: "if (at(payload, ['issue', 'state']) === 'closed') return null;",
  },
  {
    name: 'Nothing is written on a closed pull request',
    file: 'src/gate/evaluate-pull-request.ts',
    from: 'if (!pullRequest.open) return',
    to: 'if (pullRequest.number === 0) return',
  },
  {
    name: 'A locked conversation ends no run',
    file: 'src/gate/publish.ts',
    from: 'if (!isRefused || !pullRequest.locked) throw error;',
    to: 'if (isRefused || !pullRequest.locked) throw error;',
  },
  {
    name: 'A comparison that GitHub refuses ends no run',
    file: 'src/github/changed-files.ts',
    from: 'new Set([404, 422, 500, 502, 503, 504])',
    to: 'new Set([422])',
  },
  {
    name: 'A merge group changes nothing beyond its members',
    file: 'src/gate/evaluate-merge-group.ts',
    from: 'if (what.length === 0) return',
    to: 'if (what.length < 100) return',
  },
  {
    name: 'A number in the text of a commit in a merge queue is a hint',
    file: 'src/github/merge-group.ts',
    from: 'queued.length > 0 || unresolved.length === 0 ? queued : named',
    to: 'unresolved.length === 0 ? queued : named.slice(1)',
    foundBy: { file: '__tests__/stories/stories.test.ts', test: 'merge-queue-number-in-message.yml' },
  },
  {
    name: 'Nothing below a symbolic link of a folder is read',
    file: 'src/git/folder.ts',
    from: 'findEntry(join(root, folder))?.isSymbolicLink() === true',
    to: 'false',
    foundBy: { file: '__tests__/git/revisions.test.ts', test: 'nothing below a symbolic link' },
  },
  {
    name: 'A runner without a summary ends no run',
    file: 'src/action.ts',
    from: 'if (env.GITHUB_STEP_SUMMARY) await',
    to: 'if (env) await',
    foundBy: { file: '__tests__/gate/events.test.ts', test: 'is left out without a file for it' },
  },
  {
    name: 'The summary of many pull requests stays within the limit',
    file: 'src/gate/log.ts',
    from: 'if (bytes + size > MAX_SUMMARY_BYTES) continue;',
    to: '',
    foundBy: { file: '__tests__/gate/events.test.ts', test: 'not longer than GitHub accepts' },
  },
];
