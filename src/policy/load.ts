/** Turns a policy file into a policy: syntax, then the schema, then checks of the whole. No policy is partly accepted. */
import type { Policy } from '../model/policy.ts';
import { parseYaml, plainValue } from '../syntax/yaml/yaml.ts';
import { buildPolicy } from './build.ts';
import { checkPolicy } from './check.ts';
import { messages } from './messages.ts';
import type { PolicyFile } from './policy-file.generated.ts';
import { type PolicyProblem, ProblemList } from './problems.ts';
import { checkSchema, keepValidParts } from './schema-problems.ts';
import { findWarnings, type Surroundings } from './warnings/warnings.ts';

export type { PolicyProblem } from './problems.ts';

/** Longest policy that is read, in characters. The built-in one has some 40,000. */
export const MAX_POLICY_CHARS = 1_000_000;

/** A file of a repository on GitHub at a full commit. */
export interface SharedFile {
  readonly owner: string;
  readonly repo: string;
  readonly path: string;
  readonly commit: string;
}

/** Warnings about valid but dangerous parts of a policy. */
export type FindWarnings = (surroundings: Surroundings) => readonly PolicyProblem[];

/** A policy with its warnings, or the problems of the file. */
export type PolicyResult =
  | { readonly policy: Policy; readonly findWarnings: FindWarnings }
  | { readonly problems: readonly PolicyProblem[] };

/**
 * Reads a policy in YAML or JSON.
 * @param presets the built-in policies by name, for `extends`.
 * Never throws; the problems are in the order of the file and never empty.
 */
export function readPolicy(text: string, file: string, presets: ReadonlyMap<string, Policy>): PolicyResult {
  const start = { file, line: 1, column: 1 };
  if (text.length > MAX_POLICY_CHARS) {
    const tooLarge = messages.tooLarge({ found: text.length, limit: MAX_POLICY_CHARS });
    return { problems: [{ ...tooLarge, place: start }] };
  }
  const parsed = parseYaml(text);
  if ('problem' in parsed) {
    const { message, at } = parsed.problem;
    return { problems: [{ ...messages.syntax({ reason: message }), place: { ...start, ...at } }] };
  }
  const { root } = parsed;
  const problems = new ProblemList(file, root);
  if (root.kind !== 'map') {
    const found = root.kind === 'list' ? 'a list' : root.value === null ? 'nothing' : 'a single value';
    problems.add(messages.notAMap({ found }), []);
    return { problems: problems.list() };
  }
  const data = plainValue(root);
  checkSchema(root, data, problems);
  const valid = keepValidParts(root, data);
  if (valid === null) return { problems: problems.list() };
  problems.ignoreWords(valid.leftOut);
  const written = valid.data as PolicyFile;
  const byName: ReadonlyMap<string | undefined, Policy> = presets;
  const preset = byName.get(written.extends) ?? null;
  if (written.extends !== undefined && preset === null) {
    const [word, known] = [written.extends, [...presets.keys()]];
    if (parseSharedName(word) !== null) problems.add(messages.sharedUnread({ found: word }), ['extends']);
    else if (word.includes('/')) problems.add(messages.sharedUnpinned({ found: word }), ['extends']);
    else
      problems.add(messages.unknownPreset({ found: word, expected: known.join(', ') }), ['extends'], { word, known });
    return { problems: problems.list() };
  }
  const policy = buildPolicy(written, preset, problems);
  checkPolicy(policy, written, preset, problems);
  const found = problems.list();
  if (found.length > 0) return { problems: found };
  const listWarnings: FindWarnings = (surroundings) => {
    const warnings = new ProblemList(file, root);
    findWarnings({ policy, file: written, preset, ...surroundings }, warnings);
    return warnings.list();
  };
  return { policy, findWarnings: listWarnings };
}

/** The value of `extends`; null if it is missing or unreadable. */
export function findExtendedName(text: string): string | null {
  if (text.length > MAX_POLICY_CHARS) return null;
  const parsed = parseYaml(text);
  const root = 'problem' in parsed ? null : parsed.root;
  const value = root?.kind === 'map' ? root.entries.find(({ key }) => key === 'extends')?.value : undefined;
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : null;
}

/** Reads `owner/repository/path@commit`; null for any other text. Branches and tags move, so only full commits are read. */
export function parseSharedName(name: string): SharedFile | null {
  const [, owner, repo, path, commit] =
    /^([A-Za-z0-9][\w-]{0,99})\/([\w.-]{1,100})\/([^@\\]{1,500})@([0-9a-f]{64}|[0-9a-f]{40})$/.exec(name) ?? [];
  if (owner === undefined || repo === undefined || path === undefined || commit === undefined) return null;
  const hasInvalidPart = [repo, ...path.split('/')].some((part) => /^\.{0,2}$/.test(part) || /\p{Cc}/u.test(part));
  return hasInvalidPart ? null : { owner, repo, path, commit };
}
