/** Web Deploy's `Parameters.xml` and `SetParameters.xml`: values that go into a configuration when it is deployed. */
import { listDotnetKeys } from './keys.ts';
import type { AppSetting } from './values.ts';
import { type PlacedElement, plainAttribute } from './xdt/tree.ts';

/** Whether the root is that of either file. */
export function isWebDeploy(root: PlacedElement): boolean {
  return root.local === 'parameters';
}

/** The values for HealthVault's keys: the name of a parameter, or what it matches, contains the key. */
export function readWebDeployValues(root: PlacedElement): readonly AppSetting[] {
  return root.children
    .filter(({ local }) => local === 'parameter' || local === 'setParameter')
    .flatMap((parameter) => {
      const value = plainAttribute(parameter, 'value') ?? plainAttribute(parameter, 'defaultValue');
      const names = [
        plainAttribute(parameter, 'name'),
        ...parameter.children.map((entry) => plainAttribute(entry, 'match')),
      ];
      const keys = new Set(names.flatMap((name) => (name === null ? [] : listDotnetKeys(name.value))));
      return [...keys].map((key) => ({ key, value: value?.value ?? '', at: value?.valueAt ?? parameter.at }));
    });
}
