/** Turns the commits that a story describes into edits of the embedded GitHub's files. */
import type { GitTree } from '../embedded-github/objects.ts';
import type { CommitOptions, FileEdit, FileEdits, Person } from '../embedded-github/records.ts';
import { messages } from './messages.ts';
import { toList } from './read-story.ts';
import type { Story, StoryCommit, StoryEdit, StoryFiles } from './story.ts';

/** Reads a file or folder that is beside the story. */
export interface StoryFolder {
  readFile(path: string): Promise<Uint8Array>;
  readFolder(path: string): Promise<readonly string[]>;
}

/** Reads the files of one story. */
export class StoryFileReader {
  readonly #story: Story;
  readonly #folder: StoryFolder;

  constructor(story: Story, folder: StoryFolder) {
    this.#story = story;
    this.#folder = folder;
  }

  /** The files of the repository at first. */
  async readRepository(): Promise<FileEdits> {
    const { folder, files } = this.#story.repository;
    const edits: Record<string, FileEdit> = {};
    for (const path of folder === undefined ? [] : await this.#folder.readFolder(folder))
      edits[path] = await this.#folder.readFile(`${folder}/${path}`);
    return { ...edits, ...(await this.readFiles(files)) };
  }

  /** A commit for the embedded GitHub. Replacements are made in the files of `tree`. */
  async readCommit(commit: StoryCommit, tree: GitTree): Promise<CommitOptions> {
    const { author, committer, 'co-authors': coAuthors } = commit;
    const files: Record<string, FileEdit> = { ...(await this.readFiles(commit.files)) };
    for (const edit of commit.edit)
      files[edit.file] = this.#replace(edit, files[edit.file] ?? tree.get(edit.file)?.bytes ?? '');
    return {
      files,
      message: commit.message,
      date: commit.date,
      renames: commit.renames,
      by: author === undefined ? undefined : parsePerson(author),
      committer: committer === undefined ? undefined : parsePerson(committer),
      coAuthors: coAuthors === undefined ? undefined : toList(coAuthors),
    };
  }

  /** New contents by path. */
  async readFiles(files: StoryFiles): Promise<FileEdits> {
    const edits: Record<string, FileEdit> = {};
    for (const [path, file] of Object.entries(files)) {
      if (file === null || typeof file === 'string') edits[path] = file;
      else if (file.link !== undefined) edits[path] = { bytes: Buffer.from(file.link), mode: '120000' };
      else if (file.base64 !== undefined) edits[path] = Buffer.from(file.base64, 'base64');
      else edits[path] = await this.#readFile(file.file ?? '');
    }
    return edits;
  }

  async #readFile(path: string): Promise<Uint8Array> {
    try {
      return await this.#folder.readFile(path);
    } catch {
      throw this.#story.createError(messages.noFile({ path }));
    }
  }

  #replace(edit: StoryEdit, content: Exclude<FileEdit, null>): string {
    const bytes = typeof content === 'object' && 'mode' in content ? content.bytes : content;
    const text = typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('utf8');
    if (!text.includes(edit.from)) throw this.#story.createError(messages.notInFile({ path: edit.file }), edit);
    return text.replace(edit.from, () => edit.to);
  }
}

/** A login, or a name with an address: `Nobody <nobody@example.org>`. */
function parsePerson(text: string): Person {
  const [, name, email] = /^(.*?)\s*<([^<>]+)>$/.exec(text) ?? [];
  return name === undefined || email === undefined ? text : { name, email };
}
