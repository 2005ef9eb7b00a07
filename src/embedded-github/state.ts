/** The state of the embedded GitHub: one repository with its pull requests, labels, comments and statuses. */
import type { Identity } from './accounts.ts';
import { PullRequestRecords } from './pull-request-state.ts';
import type { Comment, Label, StateOptions, Status, StatusState } from './records.ts';

export type * from './records.ts';

/** The whole state. */
export class GitHubState extends PullRequestRecords {
  constructor(options: StateOptions = {}) {
    super(options);
    for (const label of options.labels ?? []) this.createLabel(label);
  }

  // Labels

  findLabel(name: string): Label | null {
    return this.labels.find((label) => label.name.toLowerCase() === name.toLowerCase()) ?? null;
  }

  createLabel(name: string, color = 'ededed', description: string | null = null): Label {
    const label: Label = { id: this.takeId(), name, color, description };
    this.labels.push(label);
    return label;
  }

  /** Adds a label, and creates it if it is missing. Nothing happens when it is present already. */
  addLabel(number: number, name: string, by: string, app: Identity['app'] = null): boolean {
    const pull = this.requirePull(number);
    const label = this.findLabel(name) ?? this.createLabel(name);
    if (pull.labels.includes(label.name)) return false;
    const at = this.clock.tick();
    pull.labels.push(label.name);
    pull.updatedAt = at;
    const actor = this.accounts.require(by).login;
    pull.timeline.push({ id: this.takeId(), event: 'labeled', actor, at, label: label.name, app });
    return true;
  }

  removeLabel(number: number, name: string, by: string, app: Identity['app'] = null): boolean {
    const pull = this.requirePull(number);
    const index = pull.labels.findIndex((label) => label.toLowerCase() === name.toLowerCase());
    const [label] = index < 0 ? [] : pull.labels.splice(index, 1);
    if (label === undefined) return false;
    const at = this.clock.tick();
    pull.updatedAt = at;
    const actor = this.accounts.require(by).login;
    pull.timeline.push({ id: this.takeId(), event: 'unlabeled', actor, at, label, app });
    return true;
  }

  /** Renames a label everywhere. Events keep the old name. */
  renameLabel(name: string, to: string): void {
    const label = this.findLabel(name);
    if (label === null) throw new RangeError(`there is no label ${name}`);
    this.clock.tick();
    for (const pull of this.pulls.values()) {
      const index = pull.labels.indexOf(label.name);
      if (index >= 0) pull.labels[index] = to;
    }
    label.name = to;
  }

  /** Deletes a label, also from every pull request. No event reports that. */
  deleteLabel(name: string): void {
    const label = this.findLabel(name);
    if (label === null) throw new RangeError(`there is no label ${name}`);
    this.clock.tick();
    this.labels.splice(this.labels.indexOf(label), 1);
    for (const pull of this.pulls.values()) {
      const index = pull.labels.indexOf(label.name);
      if (index >= 0) pull.labels.splice(index, 1);
    }
  }

  // Comments

  addComment(number: number, by: string, body: string, app: Identity['app'] = null): Comment {
    const pull = this.requirePull(number);
    const at = this.clock.tick();
    const author = this.accounts.require(by).login;
    const comment: Comment = {
      id: this.takeId(),
      issue: number,
      author,
      body,
      createdAt: at,
      updatedAt: at,
      edits: [],
      app,
    };
    this.comments.push(comment);
    pull.timeline.push({ id: this.takeId(), event: 'commented', actor: author, at, comment: comment.id });
    pull.updatedAt = at;
    return comment;
  }

  editComment(id: number, by: string, body: string): Comment {
    const comment = this.comments.find((one) => one.id === id);
    if (comment === undefined) throw new RangeError(`there is no comment ${id}`);
    const at = this.clock.tick();
    if (comment.body !== body) {
      if (comment.edits.length === 0)
        comment.edits.push({ at: comment.createdAt, editor: comment.author, body: comment.body, deletedAt: null });
      comment.edits.unshift({ at, editor: this.accounts.require(by).login, body, deletedAt: null });
      comment.body = body;
    }
    comment.updatedAt = at;
    return comment;
  }

  /** Deletes a revision from a comment's history, 0 being the newest. GitHub allows it for all but the newest. */
  deleteRevision(id: number, index: number): void {
    const revision = this.comments.find((one) => one.id === id)?.edits[index];
    if (revision === undefined || index === 0) throw new RangeError(`comment ${id} has no revision ${index} to delete`);
    revision.deletedAt = this.clock.tick();
  }

  deleteComment(id: number): boolean {
    const index = this.comments.findIndex((one) => one.id === id);
    if (index < 0) return false;
    this.clock.tick();
    this.comments.splice(index, 1);
    for (const pull of this.pulls.values()) {
      const kept = pull.timeline.filter((event) => event.event !== 'commented' || event.comment !== id);
      pull.timeline.length = 0;
      pull.timeline.push(...kept);
    }
    return true;
  }

  listComments(number: number): readonly Comment[] {
    return this.comments.filter((comment) => comment.issue === number);
  }

  // Statuses

  addStatus(
    sha: string,
    by: string,
    status: {
      readonly state: StatusState;
      readonly context?: string;
      readonly description?: string | null;
      readonly targetUrl?: string | null;
    },
  ): Status {
    const added: Status = {
      id: this.takeId(),
      sha,
      state: status.state,
      context: status.context ?? 'default',
      description: status.description ?? null,
      targetUrl: status.targetUrl ?? null,
      creator: this.accounts.require(by).login,
      createdAt: this.clock.tick(),
    };
    this.statuses.push(added);
    return added;
  }

  /** All statuses of a commit, newest first. */
  listStatuses(sha: string): readonly Status[] {
    return this.statuses.filter((status) => status.sha === sha).reverse();
  }

  /** The newest status of a context, which is the one that counts. */
  findStatus(sha: string, context: string): Status | null {
    return this.listStatuses(sha).find((status) => status.context === context) ?? null;
  }
}
