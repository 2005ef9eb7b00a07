/** The meaning of a change to an application id: a first application, another one, or a removed one. */
import type { Trait } from '../model/change.ts';
import type { SettingValue } from '../model/document.ts';
import { EMPTY_GUID, parseGuid } from '../model/guid.ts';

/** The trait of a change to an application id. An absent, empty or all-zero id and plain words name no application. */
export function findApplicationIdTraits(before: SettingValue | null, after: SettingValue | null): readonly Trait[] {
  const [was, is] = [isApplication(before), isApplication(after)];
  if (was && is) return ['other-application'];
  if (is) return ['first-application'];
  return was ? ['application-gone'] : [];
}

function isApplication(value: SettingValue | null): boolean {
  if (value?.kind !== 'text') return false;
  const guid = parseGuid(value.meaning);
  return guid !== null && guid !== EMPTY_GUID;
}
