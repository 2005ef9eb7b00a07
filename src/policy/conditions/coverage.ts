/** Whether values include another one: match patterns of browser extensions, and their hosts. */
import type { CoverageKind } from '../../model/policy.ts';

/** The addresses that one pattern matches under one scheme. A null path or port: any. */
interface Reach {
  readonly scheme: string;
  readonly host: string;
  readonly port: string | null;
  readonly path: string;
}

/** Schemes that a star matches, and those of `<all_urls>`. */
const STAR_SCHEMES: readonly string[] = ['http', 'https', 'ws', 'wss'];
const ALL_SCHEMES: readonly string[] = [...STAR_SCHEMES, 'ftp', 'file'];

/** More patterns than these are not compared one by one: each new one would be compared with all of them. */
const MAX_PATTERNS = 1000;

/** Creates the test whether known values together include a value. A value that is not a pattern is only included by itself. */
export function compileCoverage(kind: CoverageKind, values: readonly string[]): (value: string) => boolean {
  const known = new Set(values);
  const granted = kind === 'value' || known.size > MAX_PATTERNS ? [] : [...known].flatMap(listReaches);
  const includes = kind === 'host' ? includesSite : includesReach;
  return (value) => {
    if (known.has(value) || granted.length === 0) return known.has(value);
    const wanted = listReaches(value);
    return wanted.length > 0 && wanted.every((one) => granted.some((wider) => includes(wider, one)));
  };
}

/** The reaches of a match pattern, one for each scheme; none for any other text. */
function listReaches(text: string): readonly Reach[] {
  if (text === '<all_urls>') return ALL_SCHEMES.map((scheme) => ({ scheme, host: '*', port: null, path: '/*' }));
  const [, scheme = '', host = '', port = null, path = '/'] =
    /^(\*|[a-z][a-z+.-]*):\/\/(\*|(?:\*\.)?[^/*:]*|\[[^\]/]*\])(?::(\*|\d+))?(\/.*)$/i.exec(text) ?? [];
  if (scheme === '' || (host === '' && scheme.toLowerCase() !== 'file')) return [];
  const schemes = scheme === '*' ? STAR_SCHEMES : [scheme.toLowerCase()];
  return schemes.map((one) => ({ scheme: one, host: host.toLowerCase(), port: port === '*' ? null : port, path }));
}

/** Chrome's warnings name hosts for any scheme. Local files are not hosts. */
function includesSite(wider: Reach, one: Reach): boolean {
  return (wider.scheme === 'file') === (one.scheme === 'file') && includesHost(wider, one);
}

function includesReach(wider: Reach, { scheme, host, port, path }: Reach): boolean {
  if (wider.scheme !== scheme || !includesHost(wider, { host })) return false;
  return (wider.port === null || wider.port === port) && includesPath(wider.path, path);
}

/** `*.a.example` includes `a.example` and every name below it. */
function includesHost(wider: Pick<Reach, 'host'>, { host }: Pick<Reach, 'host'>): boolean {
  if (wider.host === '*' || wider.host === host) return true;
  if (!wider.host.startsWith('*.')) return false;
  const domain = wider.host.slice(2);
  return host === domain || host.endsWith(`.${domain}`);
}

/** Stars other than a single one at the end are compared as they are written. */
function includesPath(wider: string, path: string): boolean {
  return wider === path || (wider.indexOf('*') === wider.length - 1 && path.startsWith(wider.slice(0, -1)));
}
