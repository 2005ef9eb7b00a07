/** What the readers understand of one file, in the short form that `docs/formats.md` shows. */
import { formats } from '../../src/formats/formats.ts';
import type { ConfigDocument, Setting } from '../../src/model/document.ts';
import { findThingTypeName } from '../../src/model/thing-types.ts';
import { readContext, toBytes } from '../support/read-context.ts';

/** One line for each document and setting. @throws Error when no reader takes the file. */
export function describeReading(path: string, text: string): string {
  const context = readContext({ [path]: text });
  for (const format of formats.filter(({ matchesPath }) => matchesPath(path, context))) {
    const result = format.read({ path, bytes: toBytes(text) }, context);
    if (result.kind === 'documents') return result.documents.map(writeDocument).join('');
    if (result.kind !== 'not-configuration') throw new Error(`${path}: ${JSON.stringify(result)}`);
  }
  throw new Error(`no reader takes ${path}`);
}

function writeDocument(document: ConfigDocument): string {
  const { format, part, environment, settings } = document;
  const head = `${format}${part === null ? '' : `, part ${part}`} (${environment})`;
  const lines = settings.map((setting) => `  ${nameSetting(setting)}: ${showSetting(setting)}`);
  return `${[head, ...(lines.length === 0 ? ['  not read: a person says what a change means'] : lines)].join('\n')}\n`;
}

function nameSetting({ id, culture }: Setting): string {
  return culture === undefined ? id : `${id}@${culture}`;
}

function showSetting({ value }: Setting): string {
  switch (value.kind) {
    case 'text':
    case 'content':
      return value.shown;
    case 'unresolved':
      return `unresolved, ${value.shown}`;
    case 'secret':
      return `secret, ${value.what}`;
    case 'set':
      return value.items.length === 0 ? 'none' : value.items.map(({ shown }) => shown).join(', ');
    case 'access':
      return value.rules.length === 0
        ? 'none'
        : value.rules
            .map(({ requirement, permissions, targets }) => {
              const types = targets.flatMap((target) => target.types).map((id) => findThingTypeName(id) ?? id);
              return `${requirement}, ${permissions.join(' ')} on ${types.length === 0 ? 'all data' : types.join(', ')}`;
            })
            .join('; ');
  }
}
