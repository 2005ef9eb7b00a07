/** Private keys and passwords in Python settings: as literals, within expressions, and behind the names used in these. */
import type { Setting } from '../../model/document.ts';
import type { PythonCode } from '../../syntax/python/names.ts';
import { type PythonLiteral, type PythonToken, readPythonLiteral } from '../../syntax/python/tokens.ts';
import { findPrivateKeys } from '../secrets/key-text.ts';
import { buildSecret, joinEmbeddedPasswords, removeCredentials } from '../secrets/secrets.ts';
import type { DjangoKind } from './keys.ts';
import { findLiterals, looksLikeKey } from './literals.ts';
import { words } from './messages.ts';

/** A value to search for secrets. */
export interface SecretSearch {
  readonly file: string;
  /** The assigned key, for people. */
  readonly key: string;
  /** In a private key's value, any literal is a secret. In a public key's value, only the form of a private key is. */
  readonly kind?: DjangoKind;
  readonly statement: PythonCode;
  /** The words of the value. */
  readonly value: readonly PythonToken[];
  /** Whether a value of this name within the value is a secret. */
  isSecretName(name: string): boolean;
  /** The statements that give a name its value. */
  listAssignments(name: string): readonly PythonCode[];
}

/** All secrets in a value. */
export function findSecretsInPython(search: SecretSearch): readonly Setting[] {
  return findSecretLiterals(search, search.kind === 'private-key', new Set()).flatMap(
    ({ statement, token, text }): readonly Setting[] => {
      const { key, kind, file } = search;
      const isKey = looksLikeKey(text) || (kind === 'private-key' && /KEY/.test(key));
      const value = buildSecret(text, isKey ? words.privateKey(key) : words.secret(key));
      return value === null ? [] : [{ id: 'secret', value, at: { file, ...statement.toPosition(token.at) } }];
    },
  );
}

interface SecretLiteral {
  readonly statement: PythonCode;
  readonly token: PythonToken;
  readonly text: string;
}

/** Most statements that are searched for one value. */
const MAX_STATEMENTS = 100;

function findSecretLiterals(search: SecretSearch, isSecret: boolean, seen: Set<number>): readonly SecretLiteral[] {
  const { kind, statement, value, isSecretName, listAssignments } = search;
  if (seen.size > MAX_STATEMENTS) return [];
  seen.add(statement.index);
  const [first] = value;
  const whole = readPythonLiteral(value);
  if (whole !== null && first !== undefined) {
    const text = toLiteralText(whole);
    const found = isSecret ? (isEmpty(whole) ? null : text) : findSecretPart(text, kind);
    return found === null ? [] : [{ statement, token: first, text: found }];
  }
  return findLiterals(value, isSecretName).flatMap((literal): readonly SecretLiteral[] => {
    const { token, isLookup } = literal;
    const counts = !isLookup && (isSecret || literal.isSecret);
    if (token.kind === 'name') {
      const behind = counts ? listAssignments(token.text).filter(({ index }) => !seen.has(index)) : [];
      return behind.flatMap((one) => findSecretLiterals({ ...search, statement: one, value: one.value }, true, seen));
    }
    const found = counts && !isTrivial(token) ? token.text : findSecretPart(token.text, kind);
    return found === null ? [] : [{ statement, token, text: found }];
  });
}

/** Secrets under any name: a key, or the password in an address. */
function findSecretPart(text: string, kind: DjangoKind | undefined): string | null {
  if (kind === 'public-key') return findPrivateKeys(text).length > 0 ? text : null;
  return looksLikeKey(text) ? text : (joinEmbeddedPasswords(text) ?? LOGIN.exec(text)?.[1] ?? null);
}

/** Name and password before a host without its scheme, as settings of Django write hosts. */
const LOGIN = /^[^\s/@:]*:([^\s/@]+)@(?=[\w-]+\.[\w-])/;

/** An address to show, with its scheme or without. */
export function removeLogin(text: string): string {
  return removeCredentials(text).replace(LOGIN, '');
}

/** The literal in its compared form. `None` counts as absent. */
export function toLiteralText(literal: PythonLiteral): string {
  if (literal.kind === 'text') return literal.text;
  if (literal.kind === 'number') return literal.digits;
  return literal.word === 'None' ? '' : literal.word;
}

function isEmpty(literal: PythonLiteral): boolean {
  return literal.kind === 'word' || toLiteralText(literal).trim() === '' || isZero(literal);
}

function isZero(literal: PythonLiteral): boolean {
  return literal.kind === 'number' && /^-?0[xXoO]?0*$/.test(literal.digits);
}

/** Whether a token is only a number's base, a separator, a line around a key, or a text's format. */
function isTrivial({ kind, text }: PythonToken): boolean {
  if (kind === 'number') return text.length <= 4;
  const rest = text.replace(/-----(?:BEGIN|END) [A-Z ]+-----|%(?:\(\w+\))?[\d.]*[sdrifx]|\{[\w.]*\}/g, '');
  return rest.replace(/[^\p{L}\p{N}]/gu, '').length < 3;
}
