/**
 * Writes the software bill of materials of `dist` as CycloneDX 1.6 JSON (https://cyclonedx.org/docs/1.6/json/) to the path
 * given: `sbom.ts <path> [--timestamp <ISO time>] [--serial <uuid>]`. Without the two options the same sources make the same bytes.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type BundledPackage, listBundledPackages } from './bundled-packages.ts';

const ROOT = new URL('..', import.meta.url);

interface OwnPackage {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
}

/** Package URL, https://github.com/package-url/purl-spec: the scope's @ is escaped. */
function buildPackageUrl(name: string, version: string): string {
  return `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;
}

/** The lock file's `sha512-<base64>` as CycloneDX writes it, in hexadecimal. */
function decodeIntegrity(integrity: string): readonly { readonly alg: string; readonly content: string }[] {
  const [, base64] = /^sha512-(.+)$/.exec(integrity) ?? [];
  return base64 === undefined ? [] : [{ alg: 'SHA-512', content: Buffer.from(base64, 'base64').toString('hex') }];
}

function buildComponent(bundled: BundledPackage): object {
  const { name, version, license, integrity } = bundled;
  const [, group, plain] = /^(@[^/]+)\/(.+)$/.exec(name) ?? [];
  return {
    type: 'library',
    'bom-ref': buildPackageUrl(name, version),
    ...(group === undefined ? {} : { group }),
    name: plain ?? name,
    version,
    scope: 'required',
    hashes: decodeIntegrity(integrity),
    licenses: [{ license: { id: license } }],
    purl: buildPackageUrl(name, version),
  };
}

/** A built file with its hash: what a user can compare on disk. */
function describeBuiltFile(name: string): object {
  const content = createHash('sha256')
    .update(readFileSync(new URL(`dist/${name}`, ROOT)))
    .digest('hex');
  return { type: 'file', 'bom-ref': `dist/${name}`, name: `dist/${name}`, hashes: [{ alg: 'SHA-256', content }] };
}

/** The bill of materials as it is written; `timestamp` and `serial` only where they are given. */
export function buildBillOfMaterials(
  packages: readonly BundledPackage[],
  given: { readonly timestamp?: string; readonly serial?: string } = {},
): string {
  const own = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as OwnPackage;
  const files = readdirSync(new URL('dist/', ROOT))
    .filter((name) => name.endsWith('.js'))
    .sort();
  const reference = buildPackageUrl(own.name, own.version);
  const references = new Map(packages.map(({ name, version }) => [name, buildPackageUrl(name, version)]));
  const listReferences = (names: readonly string[]): readonly string[] =>
    names.flatMap((name) => references.get(name) ?? []);
  const needed = new Set(packages.flatMap(({ dependencies }) => dependencies));
  const direct = packages.map(({ name }) => name).filter((name) => !needed.has(name));
  const bill = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    ...(given.serial === undefined ? {} : { serialNumber: `urn:uuid:${given.serial}` }),
    version: 1,
    metadata: {
      ...(given.timestamp === undefined ? {} : { timestamp: given.timestamp }),
      component: {
        type: 'application',
        'bom-ref': reference,
        name: own.name,
        version: own.version,
        description: own.description,
        licenses: [{ license: { id: own.license } }],
        purl: reference,
      },
    },
    components: [...packages.map(buildComponent), ...files.map(describeBuiltFile)],
    dependencies: [
      { ref: reference, dependsOn: listReferences(direct) },
      ...packages.map(({ name, version, dependencies }) => ({
        ref: buildPackageUrl(name, version),
        dependsOn: listReferences(dependencies),
      })),
    ],
  };
  return `${JSON.stringify(bill, null, 2)}\n`;
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { timestamp: { type: 'string' }, serial: { type: 'string' } },
  });
  const [path] = positionals;
  if (path === undefined) throw new Error('say where to write: npm run sbom -- <path>');
  writeFileSync(path, buildBillOfMaterials(listBundledPackages(), values));
}
