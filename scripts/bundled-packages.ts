/** The packages whose code is inside `dist`, found from the bundler's own list of modules. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Licenses that what is bundled may have (SPDX ids): all may be passed on inside a work under the MIT license. */
export const ALLOWED_LICENSES: readonly string[] = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'];

/** A package as it lies in `node_modules`. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX expression of its `package.json`. */
  readonly license: string;
  /** Texts of its license and notice files, in the order of their names; empty where the package ships none. */
  readonly texts: readonly string[];
  /** Place in the lock file, `node_modules/<name>` or nested. */
  readonly place: string;
  /** Hash of the package by the lock file, `sha512-<base64>`. */
  readonly integrity: string;
  /** Names of the packages that it depends on. */
  readonly dependencies: readonly string[];
  /** Scripts that npm runs while it installs the package from the registry. */
  readonly installScripts: readonly string[];
}

interface PackageFile {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

interface LockFile {
  readonly packages: Readonly<Record<string, { readonly integrity?: string }>>;
}

/** Module ids of everything in the bundles, straight from the bundler. */
function listBundledModules(): readonly string[] {
  const printed = execFileSync(process.execPath, ['--no-warnings', join(ROOT, 'scripts/build.ts'), '--modules'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(printed) as readonly string[];
}

/** Folder of the package that a module belongs to, from the project's root; null for the project's own modules. */
export function findPackagePlace(moduleId: string): string | null {
  if (moduleId.startsWith('\0rolldown/')) return 'node_modules/rolldown'; // the bundler's few lines of runtime
  const relative = moduleId.startsWith(ROOT) ? moduleId.slice(ROOT.length) : moduleId;
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(relative)?.[0] ?? null;
}

function readPackage(place: string, lock: LockFile): BundledPackage {
  const folder = join(ROOT, place);
  const file = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageFile;
  const texts = readdirSync(folder)
    .filter((name) => /^(licen[cs]e|copying|notice)([.-].*)?$/i.test(name))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim());
  return {
    name: file.name,
    version: file.version,
    license: file.license ?? 'UNKNOWN',
    texts,
    place,
    integrity: lock.packages[place]?.integrity ?? '',
    dependencies: Object.keys(file.dependencies ?? {}).sort(),
    installScripts: ['preinstall', 'install', 'postinstall'].filter((name) => file.scripts?.[name] !== undefined),
  };
}

/** Every package in the bundles, by name, then version. @throws Error when nothing was found: then the search is wrong. */
export function listBundledPackages(): readonly BundledPackage[] {
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as LockFile;
  const places = new Set(listBundledModules().flatMap((id) => findPackagePlace(id) ?? []));
  if (places.size === 0) throw new Error('no bundled package was found');
  const identifyPackage = ({ name, version }: BundledPackage): string => `${name}@${version}`;
  return [...places]
    .map((place) => readPackage(place, lock))
    .sort((one, other) =>
      identifyPackage(one) < identifyPackage(other) ? -1 : identifyPackage(one) > identifyPackage(other) ? 1 : 0,
    );
}
