/** One input through every reader, the policy loader, and the whole review with all its outputs. */

import type { ReadContext } from '../../../src/formats/format.ts';
import { formats } from '../../../src/formats/formats.ts';
import { plain } from '../../../src/formats/plain/plain.ts';
import { readBuiltInPolicies } from '../../../src/gate/built-in-policies.ts';
import type { PlainDocument, Policy } from '../../../src/model/policy.ts';
import { readPolicy } from '../../../src/policy/load.ts';
import { loadRenderer, type OutputContext, outputFormats } from '../../../src/render/formats.ts';
import { compareFiles } from '../../../src/review/compare-files.ts';
import { review } from '../../../src/review/review.ts';
import { createMemoryTree } from '../../support/memory-tree.ts';
import type { FuzzInput } from './inputs.ts';
import { leaks } from './secret.ts';

const presets = await readBuiltInPolicies();

const gateFiles = { policy: '.github/go-live.yml', workflow: '.github/workflows/gate.yml', action: null };

const renderers = await Promise.all(outputFormats.map(loadRenderer));

const output: OutputContext = {
  markdown: {
    marker: '',
    repository: 'https://github.com/fabrikam/health',
    base: null,
    head: null,
    documentation: null,
    version: '0.0.0',
    pullRequest: null,
    report: null,
  },
  text: { width: 100, color: false },
};

/** The built-in policy, with plain documents so that their reader has something to claim. */
function policyOfTrials(): Policy {
  const policy = presets.get('healthvault');
  if (policy === undefined) throw new Error('the built-in policy is missing');
  const settings: PlainDocument['settings'] = {
    name: { pointer: '/name', type: 'text' },
    methods: { pointer: '/rules/*/methods', type: 'set', grants: true },
    'any.*': { pointer: '/*', type: 'any' },
    whole: { pointer: '', type: 'content' },
  };
  const documents: readonly PlainDocument[] = [
    { files: ['*.json'], format: 'json', requires: [], settings },
    { files: ['application.yml'], format: 'yaml', requires: ['/name'], settings },
  ];
  return { ...policy, documents };
}

const policy = policyOfTrials();

/** What is wrong with what came of an input; null when nothing is. */
export function complaintAbout(input: FuzzInput): string | null {
  return (
    complaintOf('readers', () => readAll(input)) ??
    complaintOf('policy', () => readAsPolicy(input)) ??
    complaintOf('review', () => reviewAndRender(input))
  );
}

/** Runs a part and looks at all that it says. */
function complaintOf(part: string, run: () => readonly string[]): string | null {
  try {
    const said = run().find(leaks);
    return said === undefined ? null : `${part}: reveals the secret: ${said.slice(0, 400)}`;
  } catch (error) {
    return `${part}: throws ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
}

/** Every reader, also those that would never be asked for the path; what those that would show of it. */
function readAll({ path, head }: FuzzInput): readonly string[] {
  const tree = createMemoryTree('head', head);
  const context: ReadContext = { tree, gateFiles, plainDocuments: policy.documents };
  const bytes = head[path] ?? new Uint8Array();
  return [...formats, plain].flatMap((format) => {
    const result = format.read({ path, bytes }, context);
    if (!format.matchesPath(path, context)) return [];
    if (result.kind === 'unreadable') return [result.problem.message];
    if (result.kind !== 'documents') return [];
    return result.documents.flatMap(({ settings, lints }) => [
      ...lints.map(({ message }) => message),
      ...settings.flatMap(({ value }) => ('shown' in value ? [value.shown] : [])),
    ]);
  });
}

/** A policy has no place for a secret, and a wrong key is quoted: only that there is an answer counts here. */
function readAsPolicy({ path, head }: FuzzInput): readonly string[] {
  const text = Buffer.from(head[path] ?? []).toString('utf8');
  const result = readPolicy(text, path, presets);
  if ('problems' in result && result.problems.length === 0) throw new Error('a policy is refused without a reason');
  return [];
}

function reviewAndRender({ path, base, head }: FuzzInput): readonly string[] {
  const status = base[path] === undefined ? 'added' : 'modified';
  const compared = compareFiles({
    declared: plain,
    changedFiles: [{ path, status }],
    base: createMemoryTree('base', base),
    head: createMemoryTree('head', head),
    policy,
    gateFiles,
  });
  const { report } = review({
    ...compared,
    policy,
    policySource: { source: 'built-in', digest: '' },
    changedPaths: [path],
    removedPaths: [],
    pullRequest: null,
    commandLineLabels: [],
    now: '2026-11-02T18:00:00Z',
    mode: 'enforce',
    commits: { base: null, head: null },
  });
  return renderers.map((render) => render(report, output));
}
