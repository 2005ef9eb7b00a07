/** What a token may not read: noted, so that it is never taken for "nothing there". */
import { httpStatus } from '../../github/client.ts';
import { settings } from './messages.ts';
import type { Unread } from './trap.ts';

/** Notes what cannot be read, and goes on. A dead token or a server that fails is an error: nothing could be told. */
export class Notes {
  readonly unread: Unread[] = [];

  /** The answer, or null where the token may not see it. */
  async read<T>(id: Unread['id'], call: () => Promise<T>): Promise<T | null> {
    try {
      return await call();
    } catch (error) {
      const status = httpStatus(error) ?? (error instanceof Error ? httpStatus(error.cause) : null);
      const limited = error instanceof Error && /rate limit/i.test(error.message);
      if ((status !== 403 && status !== 404) || limited) throw error;
      this.note(id);
      return null;
    }
  }

  note(id: Unread['id'], place = ''): void {
    const { what: setting, permission } = settings[id];
    const what = place === '' ? setting : `${setting} ${place}`;
    if (!this.unread.some((one) => one.what === what)) this.unread.push({ id, what, permission });
  }
}
