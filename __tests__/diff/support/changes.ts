/** Whole changes as tests expect them: what is not said of one is null or empty. */
import type { Change, ChangedDocument } from '../../../src/model/change.ts';
import type { Place } from '../../../src/model/source.ts';
import { at } from './documents.ts';

type Said = Pick<Change, 'setting' | 'kind' | 'effect'> & Partial<Change>;

/** Writes whole changes of one document: `of({ setting, kind, effect, ... })`. */
export function changesOf(document: Partial<ChangedDocument> = {}, file = 'app.yml'): (said: Said) => Change {
  const about: ChangedDocument = {
    format: 'application-manifest',
    role: 'registered',
    environment: 'production',
    part: null,
    state: 'existing',
    ...document,
  };
  return (said) => ({ file, before: null, after: null, location: null, traits: [], document: about, ...said });
}

/** Where a change is at head. */
export function here(line: number): Pick<Change, 'location'> {
  return { location: { side: 'head', line, column: 3 } };
}

/** Where something was that is gone. */
export function gone(line: number): Pick<Change, 'location'> {
  return { location: { side: 'base', line, column: 3 } };
}

/** Where the former value was. */
export function was(line: number, file = 'app.yml'): { readonly baseLocation: Place } {
  return { baseLocation: at(line, file) };
}
