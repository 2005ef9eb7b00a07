/** libxml2's opinion of XML files, many at a time: which are well-formed, and what each says in canonical form. */
import { validateXML } from 'xmllint-wasm';

type Files = Readonly<Record<string, Uint8Array>>;

/** Names that no file content can contain by chance. */
const MARK = 'healthvault-go-live-judge';

/** Files for one start of libxml2; a start costs far more than a file. */
const BATCH = 400;

async function run(files: Files, argumentsOf: (names: readonly string[]) => string[]): Promise<RunResult> {
  const names = Object.keys(files);
  const result = validateXML({
    xml: names.map((fileName) => ({ fileName, contents: files[fileName] ?? new Uint8Array() })),
    normalization: 'c14n',
    initialMemoryPages: 2048,
    maxMemoryPages: 8192,
    modifyArguments: () => argumentsOf(names),
  });
  return await result.then(
    ({ normalized, rawOutput }) => ({ out: normalized, error: rawOutput }),
    (failure: unknown) => ({ out: '', error: failure instanceof Error ? failure.message : String(failure) }),
  );
}

interface RunResult {
  readonly out: string;
  readonly error: string;
}

function batches(files: Files): readonly Files[] {
  const entries = Object.entries(files);
  return Array.from({ length: Math.ceil(entries.length / BATCH) }, (_, index) =>
    Object.fromEntries(entries.slice(index * BATCH, (index + 1) * BATCH)),
  );
}

/** What libxml2 thinks of a file. */
export interface Opinion {
  /** Its first objection to well-formedness, or null. */
  readonly objection: string | null;
  /** False for a file whose namespace addresses have no canonical form (relative or malformed ones). */
  readonly canonical: boolean;
}

/** Name -> opinion of every file. Prefixes without a declaration are not an objection: they are resolved nowhere here. */
export async function opinions(files: Files): Promise<ReadonlyMap<string, Opinion>> {
  const found = new Map<string, Opinion>(
    Object.keys(files).map((name) => [name, { objection: null, canonical: true }]),
  );
  for (const batch of batches(files)) {
    const { error } = await run(batch, (names) => ['--noout', '--nonet', ...names]);
    for (const line of error.split('\n')) {
      const [, name = '', at, kind, message = ''] =
        /^(\S+?):(\d+): ([\w/]+ (?:error|warning)) : (.*)$/.exec(line) ?? [];
      const known = found.get(name);
      if (known === undefined) continue;
      const objects = kind === 'namespace error' ? message.endsWith('redefined') : kind?.endsWith(' error') === true;
      if (objects && known.objection === null) found.set(name, { ...known, objection: `line ${at}: ${message}` });
      const unfit = kind?.startsWith('namespace') === true && !message.endsWith('is not defined');
      if (unfit) found.set(name, { ...(found.get(name) ?? known), canonical: false });
    }
  }
  return found;
}

/** Name -> canonical form (C14N 1.0 with comments) of well-formed files; those that have none are left out. */
export async function canonicalForms(files: Files): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const batch of batches(files)) for (const [name, text] of await canonicalBatch(batch)) found.set(name, text);
  return found;
}

async function canonicalBatch(batch: Files): Promise<readonly (readonly [string, string])[]> {
  const names = Object.keys(batch);
  const marks = names.map((_, index) => [`mark-${index}.xml`, new TextEncoder().encode(`<${MARK} n="${index}"/>`)]);
  const order = names.flatMap((name, index) => [`mark-${index}.xml`, name]);
  const { out } = await run({ ...Object.fromEntries(marks), ...batch }, () => ['--c14n', '--nonet', ...order]);
  if (out === '' && names.length > 1) {
    // One file without a canonical form takes the answers of all with it: halves, until it is alone.
    const half = names.length >> 1;
    const part = (some: readonly string[]): Files =>
      Object.fromEntries(some.map((name) => [name, batch[name] ?? new Uint8Array()]));
    return [...(await canonicalBatch(part(names.slice(0, half)))), ...(await canonicalBatch(part(names.slice(half))))];
  }
  const pieces = out.split(new RegExp(`<${MARK} n="(\\d+)"></${MARK}>`));
  return names.flatMap((name, index) => {
    const text = (pieces[2 * index + 2] ?? '').trim();
    return text === '' ? [] : [[name, text] as const];
  });
}
