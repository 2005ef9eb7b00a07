/** Workflows that can act as the gate, because they name an environment or a secret of the gate's own workflow. */
import { joinPath } from '../../model/paths.ts';
import { entry, type YamlNode } from '../../syntax/yaml/yaml.ts';
import { type ActionsFile, type CallContext, listScalars, parseActionsFile, runsGate } from './gate-calls.ts';

const FOLDER = '.github/workflows';

/** Environments and secrets by their names in lower case. `*` stands for any name if an expression decides. */
interface Access {
  readonly environments: ReadonlySet<string>;
  readonly secrets: ReadonlySet<string>;
}

/** Every job has this one. */
const JOB_TOKEN = 'github_token';

/** Whether a workflow names an environment or a secret that a workflow which runs the gate names as well. */
export function sharesGateAccess(path: string, file: ActionsFile, context: CallContext): boolean {
  const own = readAccess(file);
  if (own.environments.size + own.secrets.size === 0) return false;
  const { tree, gateFiles } = context;
  const others = tree
    .listFolder(FOLDER)
    .filter((name) => /\.ya?ml$/i.test(name))
    .map((name) => joinPath(FOLDER, name))
    .filter((other) => other !== path);
  // All are requested before any is read, so that they arrive together.
  const contents = others.map((other) => ({ other, bytes: tree.readFile(other)?.bytes }));
  return contents.some(({ other, bytes }) => {
    if (bytes === undefined) return false;
    const parsed = parseActionsFile(bytes);
    if (other !== gateFiles.workflow && !runsGate(parsed, context)) return false;
    const gate = readAccess(parsed);
    return overlaps(own.environments, gate.environments) || overlaps(own.secrets, gate.secrets);
  });
}

function overlaps(own: ReadonlySet<string>, gate: ReadonlySet<string>): boolean {
  return [...gate].some((name) => name !== '*' && (own.has(name) || own.has('*')));
}

function readAccess({ root, text }: ActionsFile): Access {
  const texts = root === null ? [text] : listScalars(root).map((scalar) => scalar.text);
  return {
    environments: new Set(listEnvironments(root)),
    secrets: new Set([...listSecrets(texts), ...listInherited(root)]),
  };
}

function listJobs(root: YamlNode | null): readonly YamlNode[] {
  const jobs = entry(root, 'jobs');
  return jobs?.kind === 'map' ? jobs.entries.map(({ value }) => value) : [];
}

function listEnvironments(root: YamlNode | null): readonly string[] {
  return listJobs(root).flatMap((job) => {
    const written = entry(job, 'environment');
    const name = written?.kind === 'map' ? entry(written, 'name') : written;
    if (name?.kind !== 'scalar') return [];
    return [name.text.includes('${{') ? '*' : name.text.trim().toLowerCase()];
  });
}

/** A job that calls a workflow hands all secrets on. */
function listInherited(root: YamlNode | null): readonly string[] {
  return listJobs(root).some((job) => {
    const secrets = entry(job, 'secrets');
    return secrets?.kind === 'scalar' && secrets.text.trim() === 'inherit';
  })
    ? ['*']
    : [];
}

const NAMED_SECRET = /\bsecrets\s*(?:\.\s*([\w-]+)|\[\s*(['"])([\w-]+)\2\s*\])/gi;

function listSecrets(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => {
    const names = [...text.matchAll(NAMED_SECRET)].map(([, plain, , quoted]) => (plain ?? quoted ?? '').toLowerCase());
    const isDynamic = /\$\{\{[^}]*\bsecrets\b/i.test(text.replace(NAMED_SECRET, ''));
    return [...names.filter((name) => name !== JOB_TOKEN), ...(isDynamic ? ['*'] : [])];
  });
}
