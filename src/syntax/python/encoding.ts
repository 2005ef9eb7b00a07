/** The encoding of a Python file, which a comment in one of its first two lines may declare (PEP 263). */
import { messages } from '../messages.ts';
import { type Decoded, decodeText } from '../text.ts';

/** Encodings that keep ASCII bytes, so the shown text is the text that Python reads. */
const UTF_8 = /^utf[-_]?8(?:[-_]sig)?$/;
const SINGLE_BYTE: Readonly<Record<string, string>> = {
  ascii: 'windows-1252',
  'us-ascii': 'windows-1252',
  'latin-1': 'windows-1252',
  latin1: 'windows-1252',
  'iso-8859-1': 'windows-1252',
  'iso8859-1': 'windows-1252',
  'iso-8859-15': 'iso-8859-15',
  'latin-9': 'iso-8859-15',
  cp1252: 'windows-1252',
  'windows-1252': 'windows-1252',
  cp1250: 'windows-1250',
  'windows-1250': 'windows-1250',
  cp1251: 'windows-1251',
  'windows-1251': 'windows-1251',
};

const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const NO_CODE = /^[ \t\f]*(?:#.*)?$/;

/** Decodes a Python file as the interpreter does. An encoding that may turn text into code is a problem. */
export function decodePython(bytes: Uint8Array): Decoded {
  const start = new TextDecoder('windows-1252').decode(bytes.subarray(0, 2000)).replace(/^\u00ef\u00bb\u00bf/, '');
  const [first = '', second = ''] = start.split(/\r\n|\r|\n/, 2);
  const declared = COOKIE.exec(first) ?? (NO_CODE.test(first) ? COOKIE.exec(second) : null);
  const encoding = declared?.[1]?.toLowerCase().replaceAll('_', '-');
  if (encoding === undefined || UTF_8.test(encoding)) return decodeText(bytes, 'plain');
  const label = Object.hasOwn(SINGLE_BYTE, encoding) ? SINGLE_BYTE[encoding] : undefined;
  if (label === undefined)
    return { problem: { ...messages.pythonEncoding({ encoding: encoding.slice(0, 40) }), at: null } };
  return { text: new TextDecoder(label).decode(bytes) };
}
