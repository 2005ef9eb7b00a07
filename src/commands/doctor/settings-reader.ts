/** Reads settings with a token that can lack permissions. An unreadable setting is noted and is not the same as an empty one. */
import { ask, type GitHubClient, isHidden } from '../../github/client.ts';
import type { Connection } from '../open-connection.ts';
import { listRemoteFolder, readRemoteFile } from '../remote-files.ts';
import { settings } from './messages.ts';
import type { Unread } from './trap.ts';

/** Reads a repository's settings. An invalid token or a failing server is an error, because nothing is known then. */
export class SettingsReader {
  readonly connection: Connection;
  readonly unread: Unread[] = [];

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** The answer to a request, or null if the token lacks permission. @throws PlatformError */
  async ask<T>(
    id: Unread['id'],
    request: (rest: GitHubClient['rest'], repository: Connection['repository'], client: GitHubClient) => Promise<T>,
  ): Promise<T | null> {
    const { client, repository } = this.connection;
    return this.#read(id, () => ask('settings', () => request(client.rest, repository, client)));
  }

  /** The text of a file, or null if it is missing or the token lacks permission. @throws PlatformError */
  async readFile(path: string, branch: string): Promise<string | null> {
    return this.#read('workflows', () => readRemoteFile(this.connection, path, branch));
  }

  /** The paths of the files directly in a folder; none if the token lacks permission. @throws PlatformError */
  async listFolder(path: string, branch: string): Promise<readonly string[]> {
    return (await this.#read('workflows', () => listRemoteFolder(this.connection, path, branch))) ?? [];
  }

  /** Notes that a setting cannot be read. */
  note(id: Unread['id'], place = ''): void {
    const { what: setting, permission } = settings[id];
    const what = place === '' ? setting : `${setting} of ${place}`;
    if (!this.unread.some((one) => one.what === what)) this.unread.push({ id, what, permission });
  }

  async #read<T>(id: Unread['id'], call: () => Promise<T>): Promise<T | null> {
    try {
      return await call();
    } catch (error) {
      if (!isHidden(error)) throw error;
      this.note(id);
      return null;
    }
  }
}
