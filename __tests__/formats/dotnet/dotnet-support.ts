/** .NET configurations for tests, and what their reader makes of them. */
import { dotnetConfig } from '../../../src/formats/dotnet/config.ts';
import type { ConfigDocument, ReadResult, SettingValue } from '../../../src/model/document.ts';
import { readWith } from '../../support/read-context.ts';

/** A revision's files by path. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

export const XDT = 'xmlns:xdt="http://schemas.microsoft.com/XML-Document-Transform"';
export const APP_ID = '05a059c9-c309-46af-9b86-b06d42510550';
export const APP = add('ApplicationId', APP_ID);
export const LIVE = add('ShellUrl', 'https://account.healthvault.com/');
export const MRA = add('WCPage_IsMRA', 'true');
export const THEME = add('Theme', 'green');

export function add(key: string, value: string): string {
  return `<add key="${key}" value="${value}"/>`;
}

export function config(body: string, attributes = '', before = ''): string {
  return `<configuration>${before}<appSettings ${attributes}>${body}</appSettings></configuration>`;
}

export function transform(body: string): string {
  return `<configuration ${XDT}><appSettings>${body}</appSettings></configuration>`;
}

export function read(path: string, files: Files): ReadResult {
  return readWith(dotnetConfig, path, files[path] ?? '', files);
}

/** The documents of a file; fails where it has none. */
export function documents(path: string, files: Files): readonly ConfigDocument[] {
  const result = read(path, files);
  if (result.kind !== 'documents') throw new Error(JSON.stringify(result));
  return result.documents;
}

/** The part of a document that cannot be determined, null where there is none. */
export function findUnresolved(document: ConfigDocument | undefined) {
  const value: SettingValue | undefined = document?.settings.find(({ id }) => id === 'document')?.value;
  return value?.kind === 'unresolved' ? value : null;
}

/** The names of a result's documents, null for the file as it is. */
export function listParts(found: readonly ConfigDocument[]): readonly (string | null)[] {
  return found.map(({ part }) => part);
}
