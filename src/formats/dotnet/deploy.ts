/** Web Deploy's `Parameters.xml` and `SetParameters.xml`: values that go into a configuration when it is deployed. */
import { mentionsHost, mentionsIdOrHost } from '../client/unlisted-key.ts';
import { listDotnetKeys } from './keys.ts';
import type { AppSetting } from './values.ts';
import { findPlainAttribute, type PlacedElement } from './xdt/tree.ts';

/** Whether the root is that of either file. */
export function isWebDeploy(root: PlacedElement): boolean {
  return root.local === 'parameters';
}

/**
 * The values that may go into HealthVault's settings. The parameter's name or match contains a key. Without a key, the
 * value has an id or host of HealthVault, or it goes by position into a HealthVault configuration beside it.
 */
export function readWebDeployValues(root: PlacedElement, hasConfiguration: () => boolean): readonly AppSetting[] {
  return root.children
    .filter(({ local }) => local === 'parameter' || local === 'setParameter')
    .flatMap((parameter) => {
      const value = findPlainAttribute(parameter, 'value') ?? findPlainAttribute(parameter, 'defaultValue');
      const text = value?.value ?? '';
      const name = findPlainAttribute(parameter, 'name')?.value ?? '';
      const matches = parameter.children.map((entry) => findPlainAttribute(entry, 'match')?.value ?? '');
      const keys = new Set([name, ...matches].flatMap(listDotnetKeys));
      const at = value?.valueAt ?? parameter.at;
      if (keys.size > 0) return [...keys].map((key) => ({ key, value: text, at }));
      const isOpen = [text, ...matches].some(mentionsHost) || (mayReplaceAny(text, matches) && hasConfiguration());
      return isOpen ? [{ key: name, value: text, at }] : [];
    });
}

/** Whether no name identifies the target of a value: it goes by position, into all matches, or replaces a text. */
function mayReplaceAny(text: string, matches: readonly string[]): boolean {
  if (matches.length === 0) return mentionsIdOrHost(text);
  return matches.some((match) => {
    if (!/[/@]/.test(match)) return mentionsIdOrHost(match) || mentionsIdOrHost(text); // a text that is replaced
    return /appSettings|\badd\b|\*|\/\//.test(match) && !/@(?:key|name)\s*=\s*['"]/.test(match);
  });
}
