/**
 * The gate's own files: policy, workflows that run the gate, CODEOWNERS. Compared by meaning, so that comments and order
 * of keys are no change; one that cannot be parsed is compared by its bytes and still governance.
 */
import sentences from '../../data/messages/formats-yaml.json' with { type: 'json' };
import type { SettingValue } from '../model/document.ts';
import { fill } from '../model/messages.ts';
import type { Position, SourceFile } from '../model/source.ts';
import { decodeText } from '../syntax/text.ts';
import { canonicalJson, entry, parseYaml, type YamlNode } from '../syntax/yaml/yaml.ts';
import { completeDocument } from './client/client-document.ts';
import type { ClaimContext, Format, ReadContext } from './format.ts';

/** The places where GitHub looks for it, best first; all count, since removing one lets the next take over. */
const CODE_OWNERS: ReadonlySet<string> = new Set(['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS']);
const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/i;
/** The action's name wherever it was forked to. */
const ACTION_NAME = 'healthvault-go-live-gate';

export const governance: Format = {
  id: 'governance',
  claims: (path, context) => CODE_OWNERS.has(path) || isNamed(path, context) || WORKFLOW.test(path),
  read(file, context) {
    const isOwners = CODE_OWNERS.has(file.path) && !isNamed(file.path, context);
    const decoded = decodeText(file.bytes, 'plain');
    const text = 'problem' in decoded ? null : decoded.text;
    const tree = isOwners || text === null ? null : parseYaml(text, { mergeKeys: true });
    const root = tree !== null && 'root' in tree ? tree.root : null;
    if (!isOwners && !isNamed(file.path, context) && !runsGate(root, text ?? latin(file), context)) {
      return { kind: 'not-configuration' };
    }
    const value = isOwners && text !== null ? ownersValue(text, context) : yamlValue(file, root, context);
    return { kind: 'documents', documents: [documentOf(file.path, value, root?.at ?? { line: 1, column: 1 })] };
  },
};

function isNamed(path: string, { gateFiles }: ClaimContext): boolean {
  return path === gateFiles.policy || path === gateFiles.workflow;
}

/** A step, or a job by a reusable workflow, that uses the action. What cannot be parsed is judged by its text. */
function runsGate(root: YamlNode | null, text: string, { gateFiles }: ReadContext): boolean {
  const action = gateFiles.action?.toLowerCase() ?? null;
  if (root === null) {
    const lower = text.toLowerCase();
    return lower.includes(ACTION_NAME) || (action !== null && lower.includes(action));
  }
  return usesIn(root).some((uses) => {
    const name = uses.trim().toLowerCase().split('@', 1)[0] ?? '';
    const [owner = '', repository = ''] = name.split('/');
    return repository === ACTION_NAME || `${owner}/${repository}` === action;
  });
}

function usesIn(root: YamlNode): readonly string[] {
  const jobs = entry(root, 'jobs');
  return (jobs?.kind === 'map' ? jobs.entries : []).flatMap(({ value: job }) => {
    const steps = entry(job, 'steps');
    return [job, ...(steps?.kind === 'list' ? steps.items : [])].flatMap((node) => {
      const uses = entry(node, 'uses');
      return uses?.kind === 'scalar' ? [uses.text] : [];
    });
  });
}

function latin(file: SourceFile): string {
  return new TextDecoder('latin1').decode(file.bytes);
}

function yamlValue(file: SourceFile, root: YamlNode | null, { cryptography }: ReadContext): SettingValue {
  if (root === null) return { kind: 'content', meaning: cryptography.sha256(file.bytes), shown: file.path };
  const rules = entry(root, 'rules');
  const count = rules?.kind === 'map' ? rules.entries.length : rules?.kind === 'list' ? rules.items.length : null;
  const meaning = cryptography.sha256(new TextEncoder().encode(canonicalJson(root)));
  return { kind: 'content', meaning, shown: count === null ? file.path : countOf(count) };
}

/** Rules in their order (the last match wins), without comments and superfluous blanks. */
function ownersValue(text: string, { cryptography }: ReadContext): SettingValue {
  const rules = text.split(/\r\n|\r|\n/).flatMap((line) => {
    const rule = line
      .replace(/(^|\s)#.*/s, '')
      .trim()
      .replace(/\s+/g, ' ');
    return rule === '' ? [] : [rule];
  });
  const meaning = cryptography.sha256(new TextEncoder().encode(JSON.stringify(rules)));
  return { kind: 'content', meaning, shown: countOf(rules.length) };
}

function countOf(rules: number): string {
  return rules === 1 ? sentences['shown-rule'] : fill(sentences['shown-rules'], { count: rules });
}

function documentOf(file: string, value: SettingValue, at: Position) {
  const settings = [{ id: 'policy', value, at: { file, line: at.line, column: at.column } }];
  return completeDocument({ file, format: 'governance', role: 'governance', environment: 'none', settings });
}
