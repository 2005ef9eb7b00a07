/**
 * Texts outside of `appSettings`: HealthVault's settings in typed settings, custom sections and endpoints, and
 * passwords in connection strings and anywhere else.
 */
import { hasHealthVaultName, mentionsHost, mentionsIdOrHost, resemblesSettingName } from '../client/unlisted-key.ts';
import { isSection } from './sections.ts';
import type { AppSetting } from './values.ts';
import { findPlainAttribute, type PlacedElement } from './xdt/tree.ts';

/** A text outside of the sections, with the names on the path to it. */
export interface TextOutsideSettings extends AppSetting {
  readonly path: readonly string[];
}

/** Every attribute and text of a configuration outside of its `appSettings` sections. */
export function listTextsOutsideSettings(
  element: PlacedElement,
  outer: readonly string[] = [],
): readonly TextOutsideSettings[] {
  if (isSection(element)) return [];
  const { attributes, children, text, local, at } = element;
  const named = findPlainAttribute(element, 'key') ?? findPlainAttribute(element, 'name');
  const path = [...outer, named?.value ?? local];
  const own = attributes
    .filter((attribute) => attribute.prefix === '' && attribute.name !== 'xmlns' && attribute !== named)
    .map(({ name, value, valueAt }) => describeText([...path, name], value, valueAt));
  const content = text.trim() === '' ? [] : [describeText(path, text.trim(), at)];
  return [...own, ...content, ...children.flatMap((child) => listTextsOutsideSettings(child, path))];
}

/** `<add key="x" value="..."/>` and `<setting name="x"><value>...` are called x, everything else by its own name. */
function describeText(path: readonly string[], value: string, at: AppSetting['at']): TextOutsideSettings {
  const names = path.filter((name, index) => index === 0 || name !== 'value');
  return { path, key: names.at(-1) ?? '', value, at };
}

/** A class of typed settings (`HVClient.Properties.Settings`) has the name of its project and can contain any setting. */
function isSettingsName(name: string): boolean {
  return hasHealthVaultName(name) && !/\.(?:Properties\.)?\w*Settings$/.test(name);
}

/** A text may be HealthVault's setting if it contains a host, or has its name and looks like a setting. */
export function isMention({ path, key, value }: TextOutsideSettings): boolean {
  if (mentionsHost(value)) return true;
  return path.some(isSettingsName) && (mentionsIdOrHost(value) || (resemblesSettingName(key) && value !== ''));
}
