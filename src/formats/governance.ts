/**
 * The gate's own files: policy, workflows that run the gate, CODEOWNERS. Compared by meaning, so that comments and order
 * of keys are not changes; one that cannot be parsed is compared by its bytes and still governance.
 */
import { sha256 } from '../model/digest.ts';
import type { SettingValue } from '../model/document.ts';
import type { SourceFile } from '../model/source.ts';
import { decodeRoughly, decodeText } from '../syntax/text.ts';
import { canonicalJson, entry, parseYaml, type YamlNode } from '../syntax/yaml/yaml.ts';
import { completeDocument } from './client/client-document.ts';
import type { Format, PathContext, ReadContext } from './format.ts';
import { words } from './words.ts';

/** The places where GitHub looks for it, best first; all count, because removing one makes the next effective. */
const CODE_OWNERS: ReadonlySet<string> = new Set(['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS']);
const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/i;
/** The action's name wherever it was forked to. */
const ACTION_NAME = 'healthvault-go-live-gate';

export const governance: Format = {
  id: 'governance',
  matchesPath: (path, context) => CODE_OWNERS.has(path) || isNamed(path, context) || WORKFLOW.test(path),
  read(file, context) {
    const isOwners = CODE_OWNERS.has(file.path) && !isNamed(file.path, context);
    const decoded = decodeText(file.bytes, 'plain');
    const text = 'problem' in decoded ? null : decoded.text;
    const tree = isOwners || text === null ? null : parseYaml(text, { mergeKeys: true });
    const root = tree !== null && 'root' in tree ? tree.root : null;
    if (!isOwners && !isNamed(file.path, context) && !runsGate(root, text ?? decodeRoughly(file.bytes), context)) {
      return { kind: 'not-configuration' };
    }
    const value = isOwners && text !== null ? readOwners(text) : readYaml(file, root);
    const at = { file: file.path, line: root?.at.line ?? 1, column: root?.at.column ?? 1 };
    const settings = [{ id: 'policy', value, at }];
    const facts = { file: file.path, format: 'governance', role: 'governance', environment: 'none', settings } as const;
    return { kind: 'documents', documents: [completeDocument(facts)] };
  },
};

function isNamed(path: string, { gateFiles }: PathContext): boolean {
  return path === gateFiles.policy || path === gateFiles.workflow;
}

/** A step, or a job by a reusable workflow, that uses the action. What cannot be parsed is searched as text. */
function runsGate(root: YamlNode | null, text: string, { gateFiles }: ReadContext): boolean {
  const action = gateFiles.action?.toLowerCase() ?? null;
  if (root === null) {
    const lower = text.toLowerCase();
    return lower.includes(ACTION_NAME) || (action !== null && lower.includes(action));
  }
  return listUses(root).some((uses) => {
    const name = uses.trim().toLowerCase().split('@', 1)[0] ?? '';
    const [owner = '', repository = ''] = name.split('/');
    return repository === ACTION_NAME || `${owner}/${repository}` === action;
  });
}

function listUses(root: YamlNode): readonly string[] {
  const jobs = entry(root, 'jobs');
  return (jobs?.kind === 'map' ? jobs.entries : []).flatMap(({ value: job }) => {
    const steps = entry(job, 'steps');
    return [job, ...(steps?.kind === 'list' ? steps.items : [])].flatMap((node) => {
      const uses = entry(node, 'uses');
      return uses?.kind === 'scalar' ? [uses.text] : [];
    });
  });
}

function readYaml(file: SourceFile, root: YamlNode | null): SettingValue {
  if (root === null) return { kind: 'content', meaning: sha256(file.bytes), shown: file.path };
  const rules = entry(root, 'rules');
  const count = rules?.kind === 'map' ? rules.entries.length : rules?.kind === 'list' ? rules.items.length : null;
  const shown = count === null ? file.path : words.rules(count);
  return { kind: 'content', meaning: sha256(canonicalJson(root)), shown };
}

/** Rules in their order (the last match wins), without comments and superfluous spaces. */
function readOwners(text: string): SettingValue {
  const rules = text.split(/\r\n|\r|\n/).flatMap((line) => {
    const rule = line
      .replace(/(^|\s)#.*/s, '')
      .trim()
      .replace(/\s+/g, ' ');
    return rule === '' ? [] : [rule];
  });
  return { kind: 'content', meaning: sha256(JSON.stringify(rules)), shown: words.rules(rules.length) };
}
