/** Fails when the npm package would contain a file that neither the command line nor the action needs, or lacks one that they do. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Everything that the package can contain. Policies, schemas and examples are read from beside the program. */
const ALLOWED: readonly RegExp[] = [
  /^(package\.json|action\.yml|commit\.txt|README\.md|SECURITY\.md|LICENSE)$/,
  /^dist\/[a-z0-9-]+\.js$/,
  /^dist\/(?:licenses\.txt|policies\.json)$/,
  /^docs\/troubleshooting\.md$/,
  /^policies\/[a-z-]+\.yml$/,
  /^schemas\/[a-z-]+\.schema\.json$/,
  /^examples(?:\/(?:\.github|\w[\w.-]*))+$/,
];

/** What must be there, or something breaks on the machine of a user. */
const NEEDED: readonly string[] = [
  'LICENSE',
  'README.md',
  'SECURITY.md',
  'action.yml',
  'dist/cli.js',
  'dist/index.js',
  'dist/licenses.txt',
  'dist/policies.json',
  'docs/troubleshooting.md',
  'package.json',
  'policies/healthvault.yml',
];

/** Paths of the files that `npm pack` takes, sorted. */
export function listPackedFiles(): readonly string[] {
  const printed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [packed] = JSON.parse(printed) as readonly { readonly files: readonly { readonly path: string }[] }[];
  return (packed?.files ?? []).map(({ path }) => path).sort();
}

/** Sentences, one for each file too many or too few; empty when all is well. */
export function packProblems(files: readonly string[]): readonly string[] {
  return [
    ...files.filter((file) => !ALLOWED.some((allowed) => allowed.test(file))).map((file) => `not needed: ${file}`),
    ...NEEDED.filter((file) => !files.includes(file)).map((file) => `missing: ${file}`),
  ];
}

if (import.meta.main) {
  const files = listPackedFiles();
  const problems = packProblems(files);
  console.log(problems.length === 0 ? `${files.length} files, each of them needed` : problems.join('\n'));
  process.exitCode = problems.length === 0 ? 0 : 1;
}
