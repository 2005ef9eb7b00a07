/** What is bundled, locked and packed: known licenses, no install scripts, whole hashes, nothing superfluous. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALLOWED_LICENSES, findPackagePlace, listBundledPackages } from '../../scripts/bundled-packages.ts';
import { writeLicenses } from '../../scripts/licenses.ts';
import { listPackedFiles, packProblems } from '../../scripts/pack-check.ts';
import { releaseNotes } from '../../scripts/release-notes.ts';
import { buildBillOfMaterials } from '../../scripts/sbom.ts';
import { ROOT, readProjectFile } from './markdown.ts';

const packages = listBundledPackages();

describe('bundled packages', () => {
  test('are found in the bundles', () => {
    const names = packages.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['@actions/core', '@octokit/core', 'js-yaml', 'saxes']));
    expect(names).not.toContain('jest');
  });

  test.each(packages.map((bundled) => [bundled.name, bundled] as const))(
    'include %s with an allowed license, a hash, and no install script',
    (_, { license, integrity, installScripts }) => {
      expect(ALLOWED_LICENSES).toContain(license);
      expect(integrity).toMatch(/^sha512-/);
      expect(installScripts).toEqual([]);
    },
  );

  test.each([
    ['node_modules/saxes/saxes.js', 'node_modules/saxes'],
    ['node_modules/@octokit/core/dist-src/index.js', 'node_modules/@octokit/core'],
    ['node_modules/a/node_modules/@b/c/d.js', 'node_modules/a/node_modules/@b/c'],
    ['\0rolldown/runtime.js', 'node_modules/rolldown'],
    ['src/cli.ts', null],
  ])('include the module %j in %j', (id, place) => expect(findPackagePlace(id)).toBe(place));

  test('can be below the root of the project', () => {
    expect(findPackagePlace(join(ROOT, 'node_modules/saxes/saxes.js'))).toBe('node_modules/saxes');
  });
});

describe('dist/licenses.txt', () => {
  test('has the bundled packages', () => {
    expect(readProjectFile('dist/licenses.txt')).toBe(writeLicenses(packages));
  });

  test('names every package, with its license and a text', () => {
    const text = writeLicenses(packages);
    for (const { name, version, license } of packages) expect(text).toContain(`${name} ${version} (${license})\n\n`);
  });

  test('is not written for a package without a text or with another license', () => {
    const [first] = packages;
    if (first === undefined) throw new Error('no package');
    expect(() => writeLicenses([{ ...first, texts: [] }])).toThrow('no license text');
    expect(() => writeLicenses([{ ...first, license: 'GPL-3.0-only' }])).toThrow('not allowed');
  });
});

describe('the bill of materials', () => {
  const plain = buildBillOfMaterials(packages);
  const bill = JSON.parse(plain) as Bill;

  test('is CycloneDX 1.6 and names the product', () => {
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1 });
    expect(bill.metadata.component.purl).toMatch(/^pkg:npm\/healthvault-go-live-gate@\d+\.\d+\.\d+$/);
  });

  test('has every bundled package with license, hash and address, and the built files', () => {
    const libraries = bill.components.filter(({ type }) => type === 'library');
    expect(libraries).toHaveLength(packages.length);
    for (const { purl, hashes, licenses } of libraries) {
      expect(purl).toMatch(/^pkg:npm\/(?:%40[\w.-]+\/)?[\w.-]+@\d+\.\d+\.\d+/);
      expect(hashes).toEqual([{ alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) }]);
      expect(licenses).toEqual([{ license: { id: expect.any(String) } }]);
    }
    const built = bill.components.filter(({ type }) => type === 'file').map(({ name }) => name);
    expect(built).toEqual(expect.arrayContaining(['dist/cli.js', 'dist/index.js']));
  });

  test('has unique references, and every dependency is a component', () => {
    const references = [bill.metadata.component, ...bill.components].map((part) => part['bom-ref']);
    expect(new Set(references).size).toBe(references.length);
    for (const { ref, dependsOn } of bill.dependencies)
      expect(references).toEqual(expect.arrayContaining([ref, ...dependsOn]));
    const reached = new Set<string>();
    const walk = (reference: string): void => {
      if (reached.has(reference)) return;
      reached.add(reference);
      for (const next of bill.dependencies.find(({ ref }) => ref === reference)?.dependsOn ?? []) walk(next);
    };
    walk(bill.metadata.component['bom-ref']);
    expect(reached.size).toBe(1 + packages.length);
  });

  test('is the same from another process, to the byte', () => {
    const folder = mkdtempSync(join(tmpdir(), 'go-live-sbom-'));
    const path = join(folder, 'sbom.json');
    execFileSync(process.execPath, ['--no-warnings', join(ROOT, 'scripts/sbom.ts'), path]);
    const written = readFileSync(path, 'utf8');
    rmSync(folder, { recursive: true });
    expect(written).toBe(plain);
  });

  test('has a time and a serial number only if they are given', () => {
    expect(plain).not.toMatch(/timestamp|serialNumber/);
    const given = { timestamp: '2026-12-01T09:00:00Z', serial: '3e671687-395b-41f5-a30f-a58921a69b79' };
    expect(JSON.parse(buildBillOfMaterials(packages, given))).toMatchObject({
      serialNumber: `urn:uuid:${given.serial}`,
      metadata: { timestamp: given.timestamp },
    });
  });
});

interface Component {
  readonly type: string;
  readonly 'bom-ref': string;
  readonly name: string;
  readonly purl: string;
  readonly hashes: unknown;
  readonly licenses: unknown;
}

interface Bill {
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

describe('package-lock.json', () => {
  const lock = JSON.parse(readProjectFile('package-lock.json')) as {
    packages: Record<
      string,
      { integrity?: string; resolved?: string; license?: string; dev?: boolean; hasInstallScript?: boolean }
    >;
  };
  const locked = Object.entries(lock.packages).filter(([place]) => place !== '');
  const places = (wrong: (entry: (typeof locked)[number][1]) => boolean) =>
    locked.filter(([, entry]) => wrong(entry)).map(([place]) => place);

  test('has a complete hash for every package, and no address', () => {
    expect(locked.length).toBeGreaterThan(700);
    expect(places(({ integrity }) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ''))).toEqual([]);
    expect(places(({ resolved }) => resolved !== undefined)).toEqual([]);
  });

  test('has only packages with an allowed license', () => {
    expect(places(({ license }) => !allows(TREE_LICENCES, license ?? 'none'))).toEqual([]);
    expect(allows(TREE_LICENCES, 'GPL-3.0-only')).toBe(false);
    expect(allows(TREE_LICENCES, '(GPL-3.0-only OR MIT)')).toBe(true);
    expect(allows(TREE_LICENCES, 'MIT AND GPL-3.0-only')).toBe(false);
  });

  test('runs no install script of a bundled package, and of the tools only those in package.json', () => {
    const scripts = places(({ hasInstallScript }) => hasInstallScript === true);
    const own = JSON.parse(readProjectFile('package.json')) as { allowScripts: Record<string, boolean> };
    expect(scripts).toEqual(Object.keys(own.allowScripts).map((name) => `node_modules/${name}`));
    expect(scripts.filter((place) => lock.packages[place]?.dev !== true)).toEqual([]);
    expect(scripts.filter((place) => packages.some((bundled) => bundled.place === place))).toEqual([]);
    // Node comes as a package that puts its binary in place when it is installed.
    expect(own.allowScripts).toEqual({ '@parcel/watcher': false, node: true });
  });
});

/** Further licenses that tools for building and testing may have; none of it is passed on. */
const TREE_LICENCES = [...ALLOWED_LICENSES, 'BlueOak-1.0.0', 'CC-BY-4.0', 'CC0-1.0', 'MPL-2.0', 'PSF-2.0'];

/** Whether an SPDX expression can be satisfied by the list: one side of OR, all of AND. */
function allows(list: readonly string[], expression: string): boolean {
  const plain = expression.replace(/^\((.*)\)$/, '$1');
  if (/ OR /.test(plain)) return plain.split(' OR ').some((one) => allows(list, one));
  return plain.split(' AND ').every((one) => list.includes(one));
}

describe('npm pack', () => {
  test('includes the files of the command line and the action, and nothing else', () => {
    expect(packProblems(listPackedFiles())).toEqual([]);
  });

  test.each([
    ['src/cli.ts', 'not needed: src/cli.ts'],
    ['dist/cli.js.map', 'not needed: dist/cli.js.map'],
    ['examples/../.npmrc', 'not needed: examples/../.npmrc'],
  ])('is rejected with %s', (file, problem) => expect(packProblems([file])).toContain(problem));

  test('is rejected without a program', () => {
    expect(packProblems([])).toEqual(expect.arrayContaining(['missing: dist/cli.js', 'missing: action.yml']));
  });

  test('includes a program that needs no package at run time', () => {
    const own = JSON.parse(readProjectFile('package.json')) as Record<string, unknown>;
    expect(own).not.toHaveProperty('dependencies');
    expect(own.scripts).not.toHaveProperty('postinstall');
  });
});

describe('release notes', () => {
  const changelog =
    '# Changelog\n\n## Unreleased\n\n## 1.2.0 (2026-12-01)\n\n### Added\n\n- More.\n\n## [1.1.0]\n\n- Less.\n\n## 1.0.0\n';

  test.each([
    ['v1.2.0', '1.2.0', '### Added\n\n- More.\n'],
    ['v1.1.0', '1.1.0', '- Less.\n'],
  ])('are found for %s', (tag, version, notes) => expect(releaseNotes(tag, version, changelog)).toBe(notes));

  test.each([
    ['v1.2.1', '1.2.0', 'the tag is v1.2.1'],
    ['1.2.0', '1.2.0', 'the tag is 1.2.0'],
    ['v1.3.0', '1.3.0', 'no section for 1.3.0'],
    ['v1.0.0', '1.0.0', 'is empty'],
    ['v1x2x0', '1x2x0', 'no section'],
  ])('of %s with version %s are %s', (tag, version, problem) =>
    expect(() => releaseNotes(tag, version, changelog)).toThrow(problem),
  );
});
