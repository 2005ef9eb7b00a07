/**
 * Completes `package-lock.json` with the optional packages of other platforms that the registry at hand did not serve:
 * without them `npm ci` takes the lock file for out of date, and on those platforms nothing would be installed. Run it
 * after `npm install` where such packages are missing; npm keeps the entries from then on.
 */
import { readFile, writeFile } from 'node:fs/promises';

interface LockedPackage {
  readonly version?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const place = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(await readFile(place, 'utf8')) as { packages: Record<string, LockedPackage> };

/** What a platform package's name says: `@scope/binding-linux-x64-musl`. */
function platformOf(name: string): { os?: string[]; cpu?: string[]; libc?: string[] } {
  const words = (name.split('/').at(-1) ?? '').split('-');
  const os = words.find((word) => /^(android|darwin|freebsd|linux|openharmony|win32)$/.test(word));
  const cpu = words.find((word) => /^(arm|arm64|ia32|loong64|ppc64|riscv64|s390x|wasm32|x64)$/.test(word));
  const libc = /musl/.test(name) ? 'musl' : os === 'linux' && /gnu/.test(name) ? 'glibc' : undefined;
  return {
    ...(cpu === undefined ? {} : { cpu: [cpu] }),
    ...(os === undefined ? {} : { os: [os] }),
    ...(libc === undefined ? {} : { libc: [libc] }),
  };
}

let added = 0;
for (const [parent, { optionalDependencies = {} }] of Object.entries(lock.packages)) {
  if (parent === '') continue;
  for (const [name, range] of Object.entries(optionalDependencies)) {
    const known = lock.packages[`node_modules/${name}`] ?? lock.packages[`${parent}/node_modules/${name}`];
    const platform = platformOf(name);
    if (known !== undefined || !/^\d+\.\d+\.\d+/.test(range) || platform.cpu === undefined) continue;
    lock.packages[`node_modules/${name}`] = { version: range, ...platform, dev: true, optional: true } as LockedPackage;
    added += 1;
  }
}
const sorted = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
await writeFile(place, `${JSON.stringify({ ...lock, packages: sorted }, null, 2)}\n`);
console.log(`${added} platform packages added`);
