/**
 * The gate's own files: policy, CODEOWNERS, and workflows, actions and scripts that run the gate or can act as it. They
 * are compared key by key, so comments and the order of keys are not changes. A file that cannot be parsed is still
 * governance and is compared by its bytes.
 */
import { computeSha256 } from '../../model/digest.ts';
import type { Setting } from '../../model/document.ts';
import { CODE_OWNERS_PATHS } from '../../model/paths.ts';
import { isPolicyPath } from '../../model/policy.ts';
import type { SourceFile } from '../../model/source.ts';
import { decodeText } from '../../syntax/text.ts';
import { canonicalJson } from '../../syntax/yaml/yaml.ts';
import { completeDocument } from '../client/client-document.ts';
import type { Format, PathContext, ReadContext } from '../format.ts';
import { sharesGateAccess } from './gate-access.ts';
import { type ActionsFile, parseActionsFile, runsGate } from './gate-calls.ts';
import { isScript, listScriptLines } from './gate-scripts.ts';
import { listPolicyKeys, listWorkflowKeys } from './keys.ts';

/** All of its paths count, because removing one makes the next effective. */
const CODE_OWNERS: ReadonlySet<string> = new Set(CODE_OWNERS_PATHS);
const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/i;
const ACTION = /(?:^|\/)action\.ya?ml$/i;

export const governance: Format = {
  id: 'governance',
  matchesPath: (path, context) =>
    CODE_OWNERS.has(path) || isNamed(path, context) || WORKFLOW.test(path) || ACTION.test(path) || isScript(path),
  read(file, context) {
    const { path, bytes } = file;
    if (CODE_OWNERS.has(path) && !isNamed(path, context)) {
      const decoded = decodeText(bytes, 'plain');
      if ('problem' in decoded) return buildDocument(file, [buildWhole(file)]);
      const rules = listOwnerRules(decoded.text, path);
      return buildDocument(
        file,
        [rules],
        computeSha256(JSON.stringify(rules.value.items.map(({ meaning }) => meaning))),
      );
    }
    if (isScript(path)) {
      const lines = listScriptLines(file);
      if (lines.length === 0) return { kind: 'not-configuration' };
      const meanings = lines.map(({ id, value }) => [
        id,
        value.kind === 'set' ? value.items.map(({ meaning }) => meaning) : value,
      ]);
      return buildDocument(file, lines, computeSha256(JSON.stringify(meanings)));
    }
    const actions = parseActionsFile(bytes);
    if (!isNamed(path, context) && !concernsGate(path, actions, context)) return { kind: 'not-configuration' };
    const { root } = actions;
    if (root === null || root.kind !== 'map') return buildDocument(file, [buildWhole(file)]);
    const list = isPolicyPath(path, context.gateFiles.policy) ? listPolicyKeys : listWorkflowKeys;
    return buildDocument(file, list(root, path), computeSha256(canonicalJson(root)));
  },
};

function isNamed(path: string, { gateFiles }: PathContext): boolean {
  return isPolicyPath(path, gateFiles.policy) || path === gateFiles.workflow;
}

/** Only a workflow has secrets and environments. An action gets them from one. */
function concernsGate(path: string, file: ActionsFile, context: ReadContext): boolean {
  return runsGate(file, context) || (WORKFLOW.test(path) && sharesGateAccess(path, file, context));
}

function buildDocument({ path: file, bytes }: SourceFile, settings: readonly Setting[], digest = computeSha256(bytes)) {
  const facts = { file, format: 'governance', role: 'governance', environment: 'none', settings, digest } as const;
  return { kind: 'documents', documents: [completeDocument(facts)] } as const;
}

function buildWhole({ path: file, bytes }: SourceFile): Setting {
  const value = { kind: 'content', meaning: computeSha256(bytes), shown: file } as const;
  return { id: 'policy', value, at: { file, line: 1, column: 1 } };
}

/** Rules in their order (the last match wins), without comments and superfluous spaces. */
function listOwnerRules(text: string, file: string) {
  const items = text.split(/\r\n|\r|\n/).flatMap((line, index) => {
    const rule = line
      .replace(/(^|\s)#.*/s, '')
      .trim()
      .replace(/\s+/g, ' ');
    return rule === '' ? [] : [{ meaning: rule, shown: rule, at: { file, line: index + 1, column: 1 } }];
  });
  return { id: 'policy.owners', value: { kind: 'set', items }, at: { file, line: 1, column: 1 } } as const;
}
