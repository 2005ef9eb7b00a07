/**
 * Scripts that run the gate for a workflow: those of `package.json`, and files of shells, `make` and `docker`. They are compared
 * line by line. A script that runs another one is followed from the workflow, but not from itself.
 */
import type { Setting } from '../../model/document.ts';
import type { SourceFile } from '../../model/source.ts';
import { decodeRoughly } from '../../syntax/text.ts';
import { words } from '../words.ts';
import { ACTION_NAME, namesGate, readPackageScripts, runsPackageScript } from './gate-calls.ts';
import { isShowable } from './showable.ts';

const PACKAGE = /(?:^|\/)package\.json$/i;
const SCRIPT = /(?:^|\/)(?:[^/]*dockerfile[^/]*|(?:gnu)?makefile|[^/]+\.(?:sh|bash|ps1|cmd|bat|mk))$/i;

/** Whether a file of this name may run the gate for a workflow. */
export function isScript(path: string): boolean {
  return PACKAGE.test(path) || SCRIPT.test(path);
}

/** The lines of a script that runs the gate. Empty for any other file. */
export function listScriptLines({ path, bytes }: SourceFile): readonly Setting[] {
  if (PACKAGE.test(path)) return listPackageScripts({ path, bytes });
  const text = decodeRoughly(bytes);
  if (!namesGate(text)) return [];
  const items = text.split(/\r\n|\r|\n/).flatMap((line, index) => {
    const meaning = line.trim();
    const at = { file: path, line: index + 1, column: 1 };
    return meaning === '' || /^#(?!!)/.test(meaning) ? [] : [{ meaning, shown: show(meaning), at }];
  });
  return [{ id: 'gate-workflow.script', value: { kind: 'set', items }, at: { file: path, line: 1, column: 1 } }];
}

/** The scripts that run the gate, by themselves or through each other, and its version. */
function listPackageScripts({ path, bytes }: SourceFile): readonly Setting[] {
  const scripts = readPackageScripts(bytes);
  const found = new Map([...scripts].filter(([, { text }]) => namesGate(text)));
  for (const name of found.keys()) {
    for (const [caller, script] of scripts) {
      if (runsPackageScript(script.text, name) || runsPackageScript(`npm run ${name}`, caller))
        found.set(caller, script);
    }
  }
  const versions = ['dependencies', 'devDependencies', 'overrides', 'resolutions'].flatMap((map) =>
    [...readPackageScripts(bytes, map)].flatMap(([name, version]) =>
      name.endsWith(ACTION_NAME) ? [[`${map}.${name}`, version] as const] : [],
    ),
  );
  const all = [...[...found].map(([name, script]) => [`script.${name}`, script] as const), ...versions];
  return all.map(([name, { text, at }]) => ({
    id: `gate-workflow.${name}`,
    value: { kind: 'text', meaning: text, shown: show(text) },
    at: { file: path, ...at },
  }));
}

function show(command: string): string {
  return isShowable('gate-workflow.script.run', command) ? command : words.notShown;
}
