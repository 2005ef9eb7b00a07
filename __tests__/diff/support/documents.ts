/** Small documents and rules for the tests of this room. */
import type { AccessRule, ConfigDocument, Setting, SettingValue } from '../../../src/model/document.ts';
import type { Place } from '../../../src/model/source.ts';

export const WEIGHT = '3d34d87e-7fc1-4153-800f-f56592cb0d17';
export const PRESSURE = 'ca3c57f4-f4c1-4e15-be67-0a3caf5414ed';
export const CUSTOM = '11111111-2222-3333-4444-555555555555';
export const APPLICATION = '9ca84d74-1473-471d-940f-2699cb7198df';
export const OTHER_APPLICATION = '34998e3c-ba6e-49da-bd57-55c0817491e0';

export function at(line: number, file = 'app.yml'): Place {
  return { file, line, column: 3 };
}

export function text(id: string, meaning: string, more: Partial<Setting> = {}): Setting {
  return { id, value: { kind: 'text', meaning, shown: meaning }, at: at(1), ...more };
}

export function set(id: string, meanings: readonly string[], line = 1): Setting {
  const items = meanings.map((meaning, index) => ({ meaning, shown: meaning, at: at(line + index) }));
  return { id, value: { kind: 'set', items }, at: at(line) };
}

export function of(id: string, value: SettingValue, line = 1): Setting {
  return { id, value, at: at(line) };
}

export function rule(facts: Partial<AccessRule> = {}): AccessRule {
  return {
    name: null,
    requirement: 'required',
    permissions: ['Read'],
    targets: [{ types: [WEIGHT], dates: [] }],
    exceptions: [],
    reasons: {},
    displayFlags: 0,
    at: at(10),
    typePlaces: {},
    ...facts,
  };
}

/** A rule whose targets are these types for all dates; none: all data. */
export function on(types: readonly string[], facts: Partial<AccessRule> = {}): AccessRule {
  return rule({ targets: types.length === 0 ? [] : [{ types, dates: [] }], ...facts });
}

export function access(channel: 'online' | 'offline', rules: readonly AccessRule[]): Setting {
  return { id: `access.${channel}`, value: { kind: 'access', rules }, at: at(5) };
}

export function document(settings: readonly Setting[], facts: Partial<ConfigDocument> = {}): ConfigDocument {
  return {
    file: 'app.yml',
    part: null,
    format: 'application-manifest',
    role: 'registered',
    completeness: 'complete',
    environment: 'production',
    settings,
    defaults: {},
    notExpressible: [],
    lints: [],
    digest: null,
    ...facts,
  };
}
