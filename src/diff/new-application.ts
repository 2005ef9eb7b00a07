/** Certificate files that belong to an application which the same pull request introduces: its go-live covers them. */
import type { Change } from '../model/change.ts';
import { withTrait } from './pair.ts';

/** Marks certificate files that are new and that a new application registers or uses. A certificate of any other application stays as it is. */
export function markCertificatesOfNewApplications(changes: readonly Change[]): readonly Change[] {
  const added = changes.filter(({ kind }) => kind === 'added');
  const registered = new Set(added.filter(isRegisteredByNewApplication).flatMap(({ meaning }) => meaning?.after ?? []));
  const used = added.filter(isUsedByNewApplication).map(({ after }) => toRelativePath(after ?? ''));
  return changes.map((change) => {
    const { setting, kind, meaning, file } = change;
    if (setting !== 'certificate' || kind !== 'added') return change;
    const path = `/${file.toLowerCase()}`;
    const belongs = registered.has(meaning?.after ?? '') || used.some((one) => path.endsWith(`/${one}`));
    return belongs ? withTrait(change, 'of-new-application') : change;
  });
}

function isRegisteredByNewApplication({ setting, document }: Change): boolean {
  return setting === 'public-keys' && document.role === 'registered' && document.state === 'first';
}

function isUsedByNewApplication({ setting, traits }: Change): boolean {
  return setting === 'client.certificate' && traits.includes('of-new-application');
}

/** The configured path, relative to the folder of its application: `file: ~\App_Data\a.cer` is `app_data/a.cer`. */
function toRelativePath(shown: string): string {
  const path = shown.replace(/^file: /, '').replaceAll('\\', '/');
  return path.replace(/^(?:~|\.)\//, '').toLowerCase();
}
