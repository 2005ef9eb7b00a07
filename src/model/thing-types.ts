/** HealthVault's published data types, by id and by name (list of March 2018: `data/thing-types.json`). */
import table from '../../data/thing-types.json' with { type: 'json' };

/** A published data type. Ten names exist in several versions; `latest` is the newest of its name. */
export interface ThingType {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly latest: boolean;
}

const byId = new Map<string, ThingType>(table.map((type) => [type.id, type]));
const versionsByName = new Map<string, ThingType[]>();
for (const type of table) {
  const name = type.name.toLowerCase();
  versionsByName.set(name, [...(versionsByName.get(name) ?? []), type]);
}

/** The name to show for a type id, with its version if the name has several; null for an unpublished id. */
export function findThingTypeName(id: string): string | null {
  const type = byId.get(id.toLowerCase());
  if (type === undefined) return null;
  const versions = versionsByName.get(type.name.toLowerCase()) ?? [];
  return versions.length > 1 ? `${type.name} v${type.version}` : type.name;
}

/** The type with a name, in any case: the latest of the name, or the version in `name v2`; else null. */
export function findThingType(name: string): ThingType | null {
  const text = name.trim().toLowerCase().replace(/\s+/g, ' ');
  const plain = versionsByName.get(text);
  if (plain !== undefined) return plain.find((type) => type.latest) ?? plain.at(-1) ?? null;
  const versioned = /^(.*) v(\d+)$/.exec(text);
  const versions = versioned === null ? undefined : versionsByName.get(versioned[1] ?? '');
  return versions?.find((type) => type.version === Number(versioned?.[2])) ?? null;
}

/** All published names, for "did you mean". */
export function listThingTypeNames(): readonly string[] {
  return table.map((type) => type.name);
}
