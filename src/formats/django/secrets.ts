/** Private keys and passwords in Python settings: as literals, within expressions, and behind the names used in these. */
import sentences from '../../../data/messages/formats-files.json' with { type: 'json' };
import type { Setting } from '../../model/document.ts';
import { fill } from '../../model/messages.ts';
import type { Cryptography } from '../../model/source.ts';
import type { PythonCode } from '../../syntax/python/names.ts';
import { type PythonLiteral, type PythonToken, pythonLiteral } from '../../syntax/python/tokens.ts';
import { keysIn } from '../secrets/key-text.ts';
import { passwordInAddress, secretValue, withoutCredentials } from '../secrets/secrets.ts';
import { looksLikeKey, placedLiterals } from './literals.ts';

/** Where secrets are looked for. */
export interface SecretSearch {
  /** The key that is given the value, for people. */
  readonly key: string;
  readonly statement: PythonCode;
  /** The words of the value. */
  readonly value: readonly PythonToken[];
  /** True where the whole value is a secret: whatever literal it is made of is one. */
  readonly isSecret: boolean;
  /** True where the value is long digits by rights: only what has the form of a private key is one. */
  readonly isPublic: boolean;
  /** Whether what stands behind such a name in it is one. */
  isSecretName(name: string): boolean;
  /** The statements that give a name its value. */
  bindersOf(name: string): readonly PythonCode[];
  readonly file: string;
  readonly cryptography: Cryptography;
}

/** All secrets in a value. */
export function secretsIn(search: SecretSearch): readonly Setting[] {
  return literalsIn(search, new Set()).flatMap(({ statement, token, text }): readonly Setting[] => {
    const { key, file, cryptography } = search;
    const isKey = looksLikeKey(text) || (search.isSecret && /KEY/.test(key));
    const what = fill(sentences[isKey ? 'python-private-key' : 'python-secret'], { key });
    const value = secretValue(text, what, cryptography);
    return value === null ? [] : [{ id: 'secret', value, at: { file, ...statement.position(token.at) } }];
  });
}

interface SecretLiteral {
  readonly statement: PythonCode;
  readonly token: PythonToken;
  readonly text: string;
}

/** So many statements are looked through for one value. */
const MOST_STATEMENTS = 100;

function literalsIn(search: SecretSearch, seen: Set<number>): readonly SecretLiteral[] {
  const { statement, value, isSecret, isSecretName, bindersOf } = search;
  if (seen.size > MOST_STATEMENTS) return [];
  seen.add(statement.index);
  const first = value[0];
  const whole = pythonLiteral(value);
  if (whole !== null && first !== undefined) {
    const text = literalText(whole);
    const found = isSecret ? (isNothing(whole) ? null : text) : secretPart(text, search);
    return found === null ? [] : [{ statement, token: first, text: found }];
  }
  return placedLiterals(value, isSecretName).flatMap((literal): readonly SecretLiteral[] => {
    const { token, isLookup } = literal;
    const counts = !isLookup && (isSecret || literal.isSecret);
    if (token.kind === 'name') {
      if (!counts) return [];
      const binders = bindersOf(token.text).filter(
        ({ index, plain }) => plain.includes(token.text) && !seen.has(index),
      );
      return binders.flatMap((one) => {
        return literalsIn({ ...search, statement: one, value: one.value, isSecret: true }, seen);
      });
    }
    const found = counts && !isTrivial(token) ? token.text : secretPart(token.text, search);
    return found === null ? [] : [{ statement, token, text: found }];
  });
}

/** What is a secret whatever it is called: a key, or the password in an address. */
function secretPart(text: string, { isPublic }: SecretSearch): string | null {
  if (isPublic) return keysIn(text).length > 0 ? text : null;
  return looksLikeKey(text) ? text : (passwordInAddress(text) ?? LOGIN.exec(text)?.[1] ?? null);
}

/** Name and password before a host without its scheme, as settings of Django write hosts. */
const LOGIN = /^[^\s/@:]*:([^\s/@]+)@(?=[\w-]+\.[\w-])/;

/** An address to show, with its scheme or without. */
export function withoutLogin(text: string): string {
  return withoutCredentials(text).replace(LOGIN, '');
}

/** Written as it is compared; `None` is nothing. */
export function literalText(literal: PythonLiteral): string {
  if (literal.kind === 'text') return literal.text;
  if (literal.kind === 'number') return literal.digits;
  return literal.word === 'None' ? '' : literal.word;
}

function isNothing(literal: PythonLiteral): boolean {
  return literal.kind === 'word' || literalText(literal).trim() === '' || isZero(literal);
}

function isZero(literal: PythonLiteral): boolean {
  return literal.kind === 'number' && /^-?0[xXoO]?0*$/.test(literal.digits);
}

/** Within an expression: the base of a number, a separator, the lines around a key, what a text is formed with. */
function isTrivial({ kind, text }: PythonToken): boolean {
  if (kind === 'number') return text.length <= 4;
  const rest = text.replace(/-----(?:BEGIN|END) [A-Z ]+-----|%(?:\(\w+\))?[\d.]*[sdrifx]|\{[\w.]*\}/g, '');
  return rest.replace(/[^\p{L}\p{N}]/gu, '').length < 3;
}
